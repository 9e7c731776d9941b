/** Which files of a diff are meant: `--include` and `--exclude`, as git apply has them. */
import type { Diff, FileDiff } from '@firn/engine';
import type { TreeOptions } from '../options.js';
import { patternOf } from './glob.js';
import { nameOrNothing } from './names.js';

/** The files of `diff` that are meant, in its order. */
export function selectedFiles(
  { files }: Diff,
  { globs = [], reverse, strip }: Pick<TreeOptions, 'globs' | 'reverse' | 'strip'>,
): readonly FileDiff[] {
  if (globs.length === 0) return files;
  const patterns = globs.map(({ glob, includes }) => ({ includes, pattern: patternOf(glob) }));
  const isAnyIncluded = globs.some(({ includes }) => includes);
  return files.filter(({ oldName, newName }) => {
    const name = (reverse ? (oldName ?? newName) : (newName ?? oldName)) ?? '';
    const path = nameOrNothing(name, strip);
    // The first that matches decides.
    const match = patterns.find(({ pattern }) => pattern.test(path));
    return match?.includes ?? !isAnyIncluded;
  });
}
