import { describe, isBytes, requireSound } from './arguments.js';
import type { Backend } from './engine.js';
import { invalidArgument } from './error.js';
import type { LoadOptions } from './load.js';

/** `WasmSource`, once it is known to be one. */
export type Source = URL | Response | Uint8Array<ArrayBuffer> | ArrayBuffer | WebAssembly.Module;

/** The options, checked whichever backend will run. `resolve` makes an address of a string. */
export function loadArguments(
  options: LoadOptions,
  resolve: (address: string) => URL,
): { readonly backend: 'auto' | Backend; readonly wasm: Source | undefined } {
  if (typeof options !== 'object' || options === null) {
    throw invalidArgument(`loadEngine: options must be an object, not ${describe(options)}`);
  }
  const unknown = Object.keys(options).find((key) => key !== 'backend' && key !== 'wasm');
  if (unknown !== undefined) {
    throw invalidArgument(
      `loadEngine: unknown option ${describe(unknown)}; there are backend, wasm`,
    );
  }
  const { backend = 'auto', wasm } = options;
  if (backend !== 'auto' && backend !== 'native' && backend !== 'wasm') {
    throw invalidArgument(
      `loadEngine: backend must be one of auto, native, wasm, not ${describe(backend)}`,
    );
  }
  if (wasm === undefined) return { backend, wasm };
  if (backend === 'native') {
    throw invalidArgument(
      "loadEngine: wasm does not go with backend 'native', which has no use for it",
    );
  }
  return { backend, wasm: sourceOf(wasm, resolve) };
}

function sourceOf(source: unknown, resolve: (address: string) => URL): Source {
  if (typeof source === 'string') return addressOf(source, resolve);
  if (isBytes(source)) requireSound(source, 'loadEngine: wasm');
  if (isSource(source)) return source;
  throw invalidArgument(
    `loadEngine: wasm must be an address, a Response, bytes or a WebAssembly.Module, not ${describe(source)}`,
  );
}

function addressOf(text: string, resolve: (address: string) => URL): URL {
  try {
    if (text !== '') return resolve(text);
  } catch {
    // Said below.
  }
  throw invalidArgument(`loadEngine: wasm is no address: ${describe(text)}`);
}

function isSource(source: unknown): source is Source {
  // Response last: Node loads its whole HTTP client at the first mention of it.
  return (
    isBytes(source) ||
    source instanceof ArrayBuffer ||
    source instanceof WebAssembly.Module ||
    source instanceof URL ||
    source instanceof Response
  );
}
