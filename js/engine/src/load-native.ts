import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { EngineBinding } from './binding.js';
import type { Failure } from './load.js';
import { packageVersion } from './version.js';

/**
 * Loads the addon beside this module. One that is missing, was built for another machine or is of
 * another version is a reason, not an error: both backends give the same bytes, so `auto` may go on
 * to WebAssembly, and the engine says that it did. Who forces `native` gets the reason thrown.
 */
export function loadNative(): EngineBinding | Failure {
  const path = fileURLToPath(new URL('./firn.node', import.meta.url));
  const machine = `${process.platform}-${process.arch}`;
  if (!existsSync(path)) {
    return failure(`there is no addon at ${path}`, `build the addon for ${machine}`);
  }
  const require = createRequire(import.meta.url);
  try {
    const binding = require(path) as EngineBinding;
    // A copy, so that each engine has its own identity, as each WebAssembly instance has.
    if (binding.version() === packageVersion) return { ...binding };
    return failure(
      `${path} is of version ${binding.version()}, not ${packageVersion}`,
      'install or build the addon and the package together',
    );
  } catch (cause) {
    return failure(
      `${path} did not load on ${machine}: ${String(cause)}`,
      `build the addon on this machine, or for its C library`,
    );
  }
}

function failure(reason: string, solution: string): Failure {
  return {
    backend: 'native',
    reason,
    solutions: [solution, "use WebAssembly: loadEngine({ backend: 'wasm' })"],
  };
}
