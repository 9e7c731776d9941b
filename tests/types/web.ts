/** The same, where the DOM's types are: what a page has is what `wasm` takes. */
import { loadEngine } from '@firn/engine';

export const engines = [
  loadEngine({ wasm: '/assets/firn.wasm' }),
  loadEngine({ wasm: new URL('/assets/firn.wasm', location.href) }),
  fetch('/assets/firn.wasm').then((wasm) => loadEngine({ wasm })),
  WebAssembly.compileStreaming(fetch('/assets/firn.wasm')).then((wasm) => loadEngine({ wasm })),
];
