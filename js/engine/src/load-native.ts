import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { EngineBinding } from './binding.js';
import type { Failure } from './load.js';
import { platformPackageFor } from './platform-package.js';
import { packageVersion } from './version.js';

const require = createRequire(import.meta.url);
const machine = `${process.platform}-${process.arch}`;
const useWasm = "use WebAssembly: loadEngine({ backend: 'wasm' })";

/**
 * Loads the addon: the one that was built beside this module, else that of the platform's package.
 * None, or one that this machine's C library is too old for, is a reason and no error: both
 * backends give the same bytes, so `auto` goes on to WebAssembly and the engine says that it did.
 * One that is there and broken, or of another version, is `broken`: an installation to be mended.
 */
export function loadNative(): EngineBinding | Failure {
  const built = fileURLToPath(new URL('../dist/firn.node', import.meta.url));
  if (existsSync(built)) return load(built);
  const platform = platformPackageFor(process.platform, process.arch);
  const none = `there is no addon at ${built}`;
  if (platform === undefined) {
    return failure(`${none}, and no package has one for ${machine}`, [
      `build the addon for ${machine}`,
    ]);
  }
  const folder = folderOf(platform.name);
  if (folder !== undefined) return load(path.join(folder, 'firn.node'));
  const where = platform.libc === undefined ? machine : `${machine} with ${platform.libc}`;
  return failure(`${none}, and ${platform.name} is not installed`, [
    `for ${where}, install ${platform.name}@${packageVersion}; npm leaves it out under --omit=optional`,
    `build the addon for ${machine}`,
  ]);
}

function folderOf(name: string): string | undefined {
  try {
    return path.dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function load(addon: string): EngineBinding | Failure {
  try {
    const binding = require(addon) as EngineBinding;
    // A copy, so that each engine has its own identity, as each WebAssembly instance has.
    if (binding.version() === packageVersion) return { ...binding };
    return broken(`${addon} is of version ${binding.version()}, not ${packageVersion}`, [
      'install or build the addon and the package together',
    ]);
  } catch (cause) {
    const reason = `${addon} did not load on ${machine}: ${String(cause)}`;
    // "version `GLIBC_2.35' not found", "Error loading shared library ld-linux-x86-64.so.2".
    return /GLIBC|ld-linux/.test(reason)
      ? failure(reason, ['build the addon on this machine, for its C library'])
      : broken(reason, ['install the addon again, or build it on this machine']);
  }
}

function failure(reason: string, solutions: readonly string[]): Failure {
  return { backend: 'native', reason, solutions: [...solutions, useWasm] };
}

function broken(reason: string, solutions: readonly string[]): Failure {
  return { ...failure(reason, solutions), broken: true };
}
