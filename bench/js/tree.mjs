// @ts-check
// A patch of 5,000 files, applied to a tree by firn and by git apply: whole processes, by the clock.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const FILES = 5_000;
const ROUNDS = 5;
const firn = fileURLToPath(new URL('../../js/cli/bin/firn.js', import.meta.url));

/** The lines of a file; as many as source files have. @param {number} file */
function linesOf(file) {
  const count = 40 + ((file * 7919) % 160);
  return Array.from({ length: count }, (_, line) => `  const value${line} = ${file * 31 + line};`);
}

/** @param {number} file */
const nameOf = (file) => `src/part${file % 100}/file${file}.js`;

/** One changed line in the middle of each file, with three lines of context. */
function diffOfAll() {
  return Array.from({ length: FILES }, (_, file) => {
    const lines = linesOf(file);
    const at = 3 + ((file * 104_729) % (lines.length - 7));
    const context = (/** @type {number} */ from) =>
      lines.slice(from, from + 3).map((line) => ` ${line}\n`);
    const change = [
      ...context(at - 3),
      `-${lines[at]}\n`,
      `+changed ${file}\n`,
      ...context(at + 1),
    ];
    const name = nameOf(file);
    const header = `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n`;
    return `${header}@@ -${at - 2},7 +${at - 2},7 @@\n${change.join('')}`;
  }).join('');
}

/** @param {string} folder */
function makeTree(folder) {
  for (let file = 0; file < FILES; file += 1) {
    const name = path.join(folder, nameOf(file));
    mkdirSync(path.dirname(name), { recursive: true });
    writeFileSync(name, `${linesOf(file).join('\n')}\n`);
  }
}

/** @param {string} command @param {string[]} args @param {string} cwd @returns {number} Nanoseconds. */
function timed(command, args, cwd) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  const end = process.hrtime.bigint();
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return Number(end - start);
}

/** @returns {Record<string, number[]>} Nanoseconds a round. */
export function treeRounds() {
  const folder = mkdtempSync(path.join(tmpdir(), 'firn-bench-'));
  try {
    const diff = path.join(folder, 'change.diff');
    writeFileSync(diff, diffOfAll());
    makeTree(path.join(folder, 'baseline'));
    /** @type {Record<string, number[]>} */
    const rounds = { 'tree firn': [], 'tree git': [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, command, args] of /** @type {const} */ ([
        ['tree firn', process.execPath, [firn, 'apply', '-p1', diff]],
        ['tree git', 'git', ['apply', diff]],
      ])) {
        const tree = path.join(folder, name);
        rmSync(tree, { recursive: true, force: true });
        cpSync(path.join(folder, 'baseline'), tree, { recursive: true });
        rounds[name]?.push(timed(command, [...args], tree));
      }
    }
    requireSame(path.join(folder, 'tree firn'), path.join(folder, 'tree git'));
    return rounds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} a @param {string} b */
function requireSame(a, b) {
  for (let file = 0; file < FILES; file += 1) {
    const [one, other] = [a, b].map((tree) => readFileSync(path.join(tree, nameOf(file)), 'utf8'));
    if (one !== other) throw new Error(`firn and git apply differ in ${nameOf(file)}`);
  }
}
