/**
 * Firn in a browser, a worker, or anything that is not Node: WebAssembly, without a bundler or with
 * one.
 *
 *     import { loadEngine } from '@firn/engine';
 *     const firn = await loadEngine();
 *     const snapshot = firn.freeze('one\ntwo\n');
 *     const batch = firn.batch([{ op: 'delete', line: 1 }]);
 *     const patched = snapshot.apply(batch);
 *     patched.text(); // 'two\n'
 */
import type { EngineBinding } from './binding.js';
import { Engine } from './engine.js';
import { invalidArgument } from './error.js';
import {
  EngineLoadError,
  type Failure,
  type LoadOptions,
  reasonOf,
  type WasmSource,
} from './load.js';
import { loadArguments, sourceOf } from './load-arguments.js';
import { loadRest, loadWasm } from './load-wasm.js';
import { maker } from './owned.js';

export * from './api.js';

const noAddon: Failure = {
  backend: 'native',
  reason: 'only Node loads native addons',
  solutions: ["use WebAssembly: loadEngine({ backend: 'wasm' })"],
};

/**
 * Loads the engine: WebAssembly, from `firn.wasm` beside this module or from `options.wasm`. Rejects
 * with `EngineLoadError`, which lists every reason; with `invalid_argument` for wrong options.
 */
export async function loadEngine(options: LoadOptions = {}): Promise<Engine> {
  const { backend, verbs, wasm } = loadArguments(options, fromPage);
  if (backend === 'native') throw new EngineLoadError([noAddon]);
  const binding = await loadWasm(wasm ?? BESIDE[verbs](), fetch);
  if ('reason' in binding) throw new EngineLoadError([binding]);
  const unavailable = backend === 'auto' ? [reasonOf(noAddon)] : [];
  return new Engine(maker, binding, 'wasm', unavailable, { readFile: noFiles, complete });
}

// Each spelled as bundlers know it.
const BESIDE = {
  all: () => new URL('./firn.wasm', import.meta.url),
  page: () => new URL('./firn.page.wasm', import.meta.url),
  rest: () => new URL('./firn.rest.wasm', import.meta.url),
};

async function complete(binding: EngineBinding, rest: WasmSource | undefined): Promise<void> {
  const source = rest === undefined ? BESIDE.rest() : sourceOf(rest, fromPage, 'engine.complete');
  await loadRest(binding, source, fetch);
}

/** As fetch() understands an address. */
function fromPage(address: string): URL {
  return new URL(address, globalThis.location?.href ?? import.meta.url);
}

async function noFiles(): Promise<never> {
  throw invalidArgument(
    'engine.freezeFile: only Node reads files; here, freeze the bytes that fetch() or a File gives',
  );
}
