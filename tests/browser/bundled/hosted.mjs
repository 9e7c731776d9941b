import { loadEngine } from '@firn/engine';

// Relative to the page, as fetch() understands it.
const firn = await loadEngine({ wasm: 'assets/firn.wasm' });
document.title = firn.freeze('one\ntwo').line(2);
