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
): {
  readonly backend: 'auto' | Backend;
  readonly verbs: 'all' | 'page';
  readonly wasm: Source | undefined;
} {
  if (typeof options !== 'object' || options === null) {
    throw invalidArgument(`loadEngine: options must be an object, not ${describe(options)}`);
  }
  const known = ['backend', 'verbs', 'wasm'];
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw invalidArgument(
      `loadEngine: unknown option ${describe(unknown)}; there are ${known.join(', ')}`,
    );
  }
  const { backend = 'auto', verbs = 'all', wasm } = options;
  if (backend !== 'auto' && backend !== 'native' && backend !== 'wasm') {
    throw invalidArgument(
      `loadEngine: backend must be one of auto, native, wasm, not ${describe(backend)}`,
    );
  }
  if (verbs !== 'all' && verbs !== 'page') {
    throw invalidArgument(`loadEngine: verbs must be one of all, page, not ${describe(verbs)}`);
  }
  if (wasm === undefined) return { backend, verbs, wasm };
  if (backend === 'native') {
    throw invalidArgument(
      "loadEngine: wasm does not go with backend 'native', which has no use for it",
    );
  }
  return { backend, verbs, wasm: sourceOf(wasm, resolve, 'loadEngine: wasm') };
}

/** Checks what may be a source; `what` names it in the message. */
export function sourceOf(source: unknown, resolve: (address: string) => URL, what: string): Source {
  if (typeof source === 'string') return addressOf(source, resolve, what);
  if (isBytes(source)) requireSound(source, what);
  if (isSource(source)) return source;
  throw invalidArgument(
    `${what} must be an address, a Response, bytes or a WebAssembly.Module, not ${describe(source)}`,
  );
}

function addressOf(text: string, resolve: (address: string) => URL, what: string): URL {
  try {
    if (text !== '') return resolve(text);
  } catch {
    // Said below.
  }
  throw invalidArgument(`${what} is no address: ${describe(text)}`);
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
