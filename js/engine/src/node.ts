/**
 * Firn in Node: the native addon when it is there, else WebAssembly; and files.
 *
 *     import { loadEngine } from '@firn/engine';
 *     const firn = await loadEngine();
 *     using snapshot = firn.freeze('one\ntwo\n');
 *     using batch = firn.batch([{ op: 'delete', line: 1 }]);
 *     using patched = snapshot.apply(batch);
 *     patched.text(); // 'two\n'
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EngineBinding } from './binding.js';
import { Engine, type Host } from './engine.js';
import { EngineLoadError, type Failure, type LoadOptions, reasonOf } from './load.js';
import { loadArguments, type Source, sourceOf } from './load-arguments.js';
import { loadNative } from './load-native.js';
import { maker } from './owned.js';

export * from './api.js';
export {
  type AppliedToTree,
  type ApplyToTreeOptions,
  type CopiedTree,
  type CopyTreeOptions,
  Trees,
} from './trees.js';

/**
 * Loads the engine. `engine.backend` says which one it is, `engine.unavailable` what stood in the
 * way of a faster one. Rejects with `EngineLoadError`, which lists every reason; with
 * `invalid_argument` for wrong options.
 */
export async function loadEngine(options: LoadOptions = {}): Promise<Engine> {
  const { backend, verbs, wasm } = loadArguments(options, fromHere);
  const failures: Failure[] = [];
  if (backend !== 'wasm') {
    const native = loadNative();
    if (!('reason' in native)) return new Engine(maker, native, 'native', [], host);
    failures.push(native);
    if (native.broken) throw new EngineLoadError(failures);
  }
  if (backend !== 'native') {
    const binding = await wasmInNode(wasm ?? beside(verbs));
    if (!('reason' in binding)) {
      return new Engine(maker, binding, 'wasm', failures.map(reasonOf), host);
    }
    failures.push(binding);
  }
  throw new EngineLoadError(failures);
}

/** As Node's own functions understand a path, unless it is an address. */
function fromHere(address: string): URL {
  return URL.canParse(address) ? new URL(address) : pathToFileURL(path.resolve(address));
}

const FILES = { all: 'firn.wasm', page: 'firn.page.wasm', rest: 'firn.rest.wasm' };

const beside = (part: keyof typeof FILES) => new URL(`../dist/${FILES[part]}`, import.meta.url);

const get = (url: URL) => (url.protocol === 'file:' ? readFile(url) : fetch(url));

/** Loaded only when it is needed: a native engine never reads the WebAssembly. */
async function wasmInNode(source: Source): Promise<EngineBinding | Failure> {
  const { loadWasm } = await import('./load-wasm.js');
  return loadWasm(source, get);
}

const host: Host = {
  readFile,
  complete: async (binding, rest) => {
    const source =
      rest === undefined ? beside('rest') : sourceOf(rest, fromHere, 'engine.complete');
    if (binding.rest === undefined) return;
    const { loadRest } = await import('./load-wasm.js');
    await loadRest(binding, source, get);
  },
};
