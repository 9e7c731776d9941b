import { closeSync, constants, openSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Engine, Snapshot } from '@firn/engine';
import { FirnSetError } from '../error.js';
import { noLimits } from '../limits.js';
import { quoted } from '../quoted.js';
import { unsafeReason } from '../safe-path.js';
import { isAbsent, readWhole, unsafe } from './read-below.js';

const { O_RDONLY, O_NONBLOCK = 0 } = constants;

/**
 * Freezes a file of the baseline, named by its path below `root`. A symbolic link is followed as long as
 * it stays below the root, as package managers have them in `node_modules`.
 *
 * Throws `set_unknown_file` when it is not there, `set_unsafe_path` when its path or a link leads out, or
 * when it is no regular file; Node's own error for what cannot be read. O(n).
 */
export function freezeBaseline(engine: Engine, root: string, file: string): Snapshot {
  const reason = unsafeReason(file);
  if (reason !== undefined) throw unsafe(file, reason);
  // A pipe is opened without waiting for who writes into it, and then refused.
  const fd = openSync(withoutLinks(root, file), O_RDONLY | O_NONBLOCK);
  try {
    return engine.freeze(readWhole(fd, file, noLimits.patchBytes));
  } finally {
    closeSync(fd);
  }
}

/** Where the file lies below `root`, which is named as the caller names it. */
function withoutLinks(root: string, file: string): string {
  try {
    const real = realpathSync.native(path.join(root, file));
    const below = pathBelow(realpathSync.native(root), real);
    if (below === undefined) throw unsafe(file, 'leads out of the root');
    return path.join(root, below);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    const message = `there is no file ${quoted(file)} in ${quoted(root)}`;
    throw new FirnSetError({ code: 'set_unknown_file', message, file });
  }
}

/**
 * The path of `file` below `root` as sets have it: relative, with `/`; undefined when it does not lie
 * below. Symbolic links are not looked at. `system`: whose paths they are; default this machine's.
 */
export function pathBelow(
  root: string,
  file: string,
  system: Pick<typeof path, 'relative' | 'isAbsolute' | 'sep'> = path,
): string | undefined {
  const relative = system.relative(root, file);
  const parts = relative.split(system.sep);
  if (relative === '' || parts[0] === '..' || system.isAbsolute(relative)) return undefined;
  return parts.join('/');
}
