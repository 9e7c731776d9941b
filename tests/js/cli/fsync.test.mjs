// @ts-check
/** firn apply -d DIR --fsync: in which order things reach the disk, so that a power failure leaves a tree that can be finished. */
import assert from 'node:assert/strict';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { bin, folderFor, run, works } from './run-firn.mjs';

const noStrace = !works('strace', ['-f', '-o', '/dev/null', 'true']) && 'needs strace';

const edit = (/** @type {string} */ name) => `--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-a\n+b\n`;
const diff = `${edit('f')}${edit('sub/g')}--- /dev/null\n+++ b/new/h\n@@ -0,0 +1 @@\n+n\n`;

/** @typedef {{ flushed: string } | { from: string, to: string }} Call Of the system; paths below the tree. */

/**
 * What the command flushes, and what it puts in place, in this order.
 * @param {import('node:test').TestContext} test @param {readonly string[]} options @returns {Call[]}
 */
function flushedBy(test, options) {
  const cwd = folderFor(test, { 'tree/f': 'a\n', 'tree/sub/g': 'a\n', 'c.diff': diff });
  const strace = ['-f', '-y', '-qq', '-o', 'trace.txt', '-e', 'trace=fsync,fdatasync,/^rename'];
  const ran = run('strace', [...strace, bin, 'apply', '-d', 'tree', '-p1', ...options, 'c.diff'], {
    cwd,
  });
  assert.equal(ran.code, 0, ran.err);
  const tree = path.join(realpathSync(cwd), 'tree');
  const trace = readFileSync(path.join(cwd, 'trace.txt'), 'utf8').split('\n');
  return trace.flatMap((line) => {
    const [, flushed] = /sync\(\d+<([^>]*)>/.exec(line) ?? [];
    const [from, to] = Array.from(line.matchAll(/"(.*?)"/g), ([, name = '']) => below(name));
    /** @type {Call[]} */
    const calls = [];
    if (flushed !== undefined) calls.push({ flushed: path.relative(tree, flushed) });
    else if (from !== undefined && to !== undefined) calls.push({ from, to });
    return calls;
  });
}

/** As calls name it, from where the command was started or from the root. @param {string} name */
const below = (name) => name.replace(/^.*?\btree\//, '');

describe('--fsync', { skip: noStrace }, () => {
  for (const backend of ['native', 'wasm']) {
    it(`flushes what is new before any of it is put in place, and each folder behind that: ${backend}`, (test) => {
      const calls = flushedBy(test, ['--fsync', '--backend', backend]);
      const first = calls.findIndex((call) => 'to' in call);
      const last = calls.findLastIndex((call) => 'to' in call);
      const flushed = (/** @type {typeof calls} */ some) =>
        some.flatMap((call) => ('flushed' in call ? [call.flushed] : [])).sort();
      const placed = calls.flatMap((call) => ('to' in call ? [call] : []));
      assert.deepEqual(placed.map(({ to }) => to).sort(), ['f', 'new/h', 'sub/g']);
      const written = placed.map(({ from }) => from);
      assert.deepEqual(flushed(calls.slice(0, first)), ['.firn-journal', ...written].sort());
      assert.deepEqual(flushed(calls.slice(last)), ['', 'new', 'sub']);
    });

    it(`is what does that: ${backend}`, (test) => {
      const calls = flushedBy(test, ['--backend', backend]);
      assert.deepEqual([calls.filter((call) => 'flushed' in call), calls.length], [[], 3]);
    });
  }
});
