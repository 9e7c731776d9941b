import type { Backend, Unavailable } from './engine.js';

// What the platform has is described here rather than named: whoever compiles against these types
// need not have the DOM's or Node's.

/** A `URL`. */
export interface UrlLike {
  readonly href: string;
  readonly pathname: string;
}

/** A `Response`. */
export interface ResponseLike {
  readonly ok: boolean;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A `WebAssembly.Module`. */
export interface CompiledModule {
  readonly [Symbol.toStringTag]?: 'WebAssembly.Module';
}

/**
 * Where to take `firn.wasm` from: an address (a string is one from the page; in Node, a path or an
 * address), an answer to a request, its bytes, or compiled.
 */
export type WasmSource =
  | string
  | UrlLike
  | ResponseLike
  | Uint8Array<ArrayBuffer>
  | ArrayBuffer
  | CompiledModule;

export interface LoadOptions {
  /**
   * `auto` (default): `native` in Node when the addon is there and fits the machine, else `wasm`.
   * An addon that is broken is an error, not a reason to go on. `native` and `wasm` force one.
   */
  readonly backend?: 'auto' | Backend | undefined;
  /**
   * What is loaded before the promise is resolved. `all` (default): everything. `page`: what a page shows
   * first, two thirds of the WebAssembly; the verbs of the rest throw `invalid_argument` until
   * `engine.complete()` has loaded it. A native engine has everything always.
   */
  readonly verbs?: 'all' | 'page' | undefined;
  /**
   * Take the WebAssembly from here instead of beside this module: for hosting of your own. It must
   * be the `firn.wasm` of this very version, with `verbs: 'page'` the `firn.page.wasm`. Does not go
   * with `backend: 'native'`.
   */
  readonly wasm?: WasmSource | undefined;
}

/** Why a backend did not load, and what may help. */
export interface Failure extends Unavailable {
  /** It is there and does not work: to go on without it would hide that. */
  readonly broken?: true;
  readonly solutions: readonly string[];
}

/** No backend could be loaded; the message lists every reason, and what may help. */
export class EngineLoadError extends Error {
  override readonly name = 'EngineLoadError';
  /** One per backend that was tried, in that order. */
  readonly reasons: readonly Unavailable[];

  /** @internal */
  constructor(failures: readonly Failure[]) {
    const solutions = [...new Set(failures.flatMap((failure) => failure.solutions))];
    super(
      [
        'Firn: no engine could be loaded.',
        ...failures.map(({ backend, reason }) => `- ${backend}: ${reason}`),
        'Possible solutions:',
        ...solutions.map((solution) => `- ${solution}`),
      ].join('\n'),
    );
    this.reasons = failures.map(reasonOf);
  }
}

export function reasonOf({ backend, reason }: Failure): Unavailable {
  return { backend, reason };
}
