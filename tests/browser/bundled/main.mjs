import { loadEngine } from '@firn/engine';

const firn = await loadEngine();
const batch = firn.batch([{ op: 'delete', line: 1 }]);
document.title = firn.freeze('one\ntwo\n').apply(batch).text();
