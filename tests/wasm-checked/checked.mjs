// @ts-check
/** The module that `cmake --build --preset wasm-checked` makes. */
import path from 'node:path';

export const checkedModule = path.resolve(
  import.meta.dirname,
  '../../build/wasm-checked/wasm/firn.wasm',
);
