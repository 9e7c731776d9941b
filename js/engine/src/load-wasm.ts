import { isBytes } from './arguments.js';
import type { EngineBinding } from './binding.js';
import { EngineLoadError, type Failure } from './load.js';
import type { Source } from './load-arguments.js';
import { packageVersion } from './version.js';
import { wasmBinding } from './wasm-binding.js';
import { WasmModule } from './wasm-module.js';

/** Gets what is at an address. */
type Get = (url: URL) => Promise<Response | Uint8Array<ArrayBuffer>>;

/** Compiles and starts the module. Never rejects: what went wrong is a reason among others. */
export async function loadWasm(source: Source, get: Get): Promise<EngineBinding | Failure> {
  try {
    const compiled = await compile(source instanceof URL ? await get(source) : source);
    const binding = wasmBinding(await WasmModule.start(compiled));
    const version = binding.version();
    if (version === packageVersion) return binding;
    throw new Error(`it is of version ${version}, not ${packageVersion}`);
  } catch (cause) {
    return {
      backend: 'wasm',
      reason: `${placeOf(source)} did not load: ${String(cause)}`,
      solutions: [
        'serve firn.wasm, of this very version, beside the module that loads it',
        'bundled: keep @firn/engine out of the bundle, or hand firn.wasm in with loadEngine({ wasm })',
        "under a Content Security Policy: script-src needs 'wasm-unsafe-eval', connect-src the address of firn.wasm",
      ],
    };
  }
}

/** Loads what `binding` lacks, if it does. Rejects with what went wrong. */
export async function loadRest(binding: EngineBinding, source: Source, get: Get): Promise<void> {
  if (binding.rest === undefined) return;
  try {
    await binding.rest.load(await compile(source instanceof URL ? await get(source) : source));
  } catch (cause) {
    throw new EngineLoadError([
      {
        backend: 'wasm',
        reason: `${placeOf(source)} did not load: ${String(cause)}`,
        solutions: ['serve firn.rest.wasm, of the very build of firn.page.wasm, beside it'],
      },
    ]);
  }
}

function placeOf(source: Source): string {
  if (source instanceof URL) return source.href;
  return source instanceof Response ? source.url || 'the response given' : 'the WebAssembly given';
}

async function compile(source: Exclude<Source, URL>): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (isBytes(source) || source instanceof ArrayBuffer) return WebAssembly.compile(source);
  if (!source.ok) throw new Error(`the answer was ${source.status} ${source.statusText}`);
  // Only this very type may be compiled while it arrives; plenty of servers send another.
  const type = source.headers.get('Content-Type')?.toLowerCase();
  if (type === 'application/wasm') return WebAssembly.compileStreaming(source);
  return WebAssembly.compile(await source.arrayBuffer());
}
