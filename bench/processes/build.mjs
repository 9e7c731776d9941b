// @ts-check
// A tree of 20,000 files, 500 of them patched, made anew by firn build, and by a copy that git apply patches.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from '../suites/suite.mjs';
import { firn } from './firn.mjs';
import { diffOfAll, makeTree, putAside, requirePatched } from './tree.mjs';

/** @import { Process } from './process.mjs' */

const FILES = 20_000;
const PATCHED = 500;

/**
 * @param {string} folder An empty one, for this alone.
 * @returns {Record<string, Process>} By name; each makes a tree of its own, new in each run.
 */
export function buildProcesses(folder) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  makeTree(at('baseline'), FILES);
  writeFileSync(at('change.diff'), diffOfAll(PATCHED));
  const patches = ['--root', at('baseline'), '--patches', at('patches')];
  run(process.execPath, [firn, 'init', 'set', '--patches', at('patches')]);
  run(process.execPath, [firn, 'add', ...patches, at('change.diff')]);
  /** @param {string} name @param {string} command @param {string[]} args */
  const making = (name, command, args) => ({
    ...{ command, args, cwd: folder },
    prepare: () => putAside(at(name)),
    requireRight: () => requirePatched(at(name), FILES, PATCHED),
  });
  const copyAndPatch = 'cp -r baseline copied && cd copied && git apply ../change.diff';
  return {
    'build firn': making('built', process.execPath, [
      ...[firn, 'build', ...patches, '--out', at('built')],
    ]),
    'build cp': making('copied', 'sh', ['-c', copyAndPatch]),
  };
}
