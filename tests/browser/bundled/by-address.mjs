import { loadEngine } from '@firn/engine';
import wasm from '@firn/engine/firn.wasm?url';

const firn = await loadEngine({ wasm });
document.title = firn.freeze('one\ntwo').line(2);
