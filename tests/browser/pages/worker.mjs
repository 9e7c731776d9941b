// @ts-check
import { loadEngine } from '/engine/browser.js';

const engine = await loadEngine();
const snapshot = engine.freeze('one\ntwo\n');
const patched = snapshot.apply(engine.batch([{ op: 'delete', line: 1 }]));
postMessage({ backend: engine.backend, text: patched.text() });
