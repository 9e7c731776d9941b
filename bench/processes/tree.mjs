// @ts-check
// A patch of 5,000 files, applied to a tree by firn, by git apply and by GNU patch.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root, run } from '../suites/suite.mjs';
import { firn } from './firn.mjs';

/** @import { Process } from './process.mjs' */

const FILES = 5_000;

/** The lines of a file; as many as source files have. @param {number} file */
function linesOf(file) {
  const count = 40 + ((file * 7919) % 160);
  return Array.from({ length: count }, (_, line) => `  const value${line} = ${file * 31 + line};`);
}

/** @param {number} file */
const nameOf = (file) => `src/part${file % 100}/file${file}.js`;

/** The index of the line that is changed. @param {number} file @param {string[]} lines */
const changedLine = (file, lines) => 3 + ((file * 104_729) % (lines.length - 7));

/** @param {number} file */
const newLine = (file) => `changed ${file}`;

/** @param {number} file */
function patchedText(file) {
  const lines = linesOf(file);
  return `${lines.with(changedLine(file, lines), newLine(file)).join('\n')}\n`;
}

/** One changed line in the middle of each file, with three lines of context. @param {number} fileCount */
export function diffOfAll(fileCount) {
  return Array.from({ length: fileCount }, (_, file) => {
    const lines = linesOf(file);
    const at = changedLine(file, lines);
    const context = (/** @type {number} */ from) =>
      lines.slice(from, from + 3).map((line) => ` ${line}\n`);
    const change = [
      ...context(at - 3),
      `-${lines[at]}\n`,
      `+${newLine(file)}\n`,
      ...context(at + 1),
    ];
    const name = nameOf(file);
    const header = `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n`;
    return `${header}@@ -${at - 2},7 +${at - 2},7 @@\n${change.join('')}`;
  }).join('');
}

/** @param {string} folder @param {number} fileCount */
export function makeTree(folder, fileCount) {
  for (let file = 0; file < fileCount; file += 1) {
    const name = path.join(folder, nameOf(file));
    mkdirSync(path.dirname(name), { recursive: true });
    writeFileSync(name, `${linesOf(file).join('\n')}\n`);
  }
}

/** @param {string} tree @param {number} fileCount @param {number} [patchedCount] The first of them. */
export function requirePatched(tree, fileCount, patchedCount = fileCount) {
  for (let file = 0; file < fileCount; file += 1) {
    const name = path.join(tree, nameOf(file));
    const text = file < patchedCount ? patchedText(file) : `${linesOf(file).join('\n')}\n`;
    if (readFileSync(name, 'utf8') !== text) throw new Error(`${name} is wrong`);
  }
}

/**
 * Makes room for a new tree. Not by deleting the old one: where thousands of files have just been
 * deleted, ext4 without a journal takes ten times as long to make new ones, whoever makes them.
 * @param {string} tree
 */
export function putAside(tree) {
  if (!existsSync(tree)) return;
  let number = 1;
  while (existsSync(`${tree}-${number}`)) number += 1;
  renameSync(tree, `${tree}-${number}`);
}

/**
 * @param {string} folder An empty one, for this alone.
 * @returns {Record<string, Process>} By name; each has a tree of its own, new for each run.
 */
export function treeProcesses(folder) {
  const baseline = path.join(folder, 'baseline');
  makeTree(baseline, FILES);
  const diffOf = (/** @type {number} */ fileCount) => {
    const file = path.join(folder, `${fileCount}.diff`);
    writeFileSync(file, diffOfAll(fileCount));
    return file;
  };
  const floor = `node -e 0 && ${root}build/native/bench/processes/firn_bench_tree_floor src/*`;
  const all = diffOf(FILES);
  const half = diffOf(FILES / 2);
  /** @param {string} name @param {string} command @param {string[]} args @param {number} [fileCount] */
  const patching = (name, command, args, fileCount = FILES) => {
    const tree = path.join(folder, name);
    return {
      ...{ command, args, cwd: tree },
      prepare: () => {
        putAside(tree);
        run('cp', ['-r', baseline, tree]);
      },
      requireRight: () => requirePatched(tree, fileCount),
    };
  };
  return {
    'tree firn': patching('firn', process.execPath, [firn, 'apply', '-p1', all]),
    'tree half firn': patching('half', process.execPath, [firn, 'apply', '-p1', half], FILES / 2),
    'tree git': patching('git', 'git', ['apply', all]),
    'tree floor': {
      ...patching('floor', 'sh', ['-c', floor]),
      requireRight: () => requirePatched(path.join(folder, 'floor'), FILES, 0),
    },
    'tree patch': patching('patch', 'patch', ['-s', '-p1', '-i', all]),
  };
}
