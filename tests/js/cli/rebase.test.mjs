// @ts-check
/** firn rebase: what becomes of each patch, and the batch for the new file. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { acting, firn, folderFor, json } from './run-firn.mjs';

const before = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n';
const batch = json({
  id: 'b-1',
  file: 'x.txt',
  patches: [
    { id: 'first', op: 'replace', line: 1, text: 'uno' },
    { id: 'second', op: 'replace', line: 5, text: 'cinque' },
    { op: 'delete', line: 8 },
  ],
});

/** @param {import('node:test').TestContext} test @param {string} now @param {Record<string, string>} [more] */
const folderWith = (test, now, more = {}) =>
  folderFor(test, { old: before, new: now, 'b.json': batch, ...more });

const call = ['rebase', 'b.json', '--from', 'old', '--to', 'new'];

describe('firn rebase', () => {
  it('carries the batch over, and says where its patches went', (test) => {
    const now = before.replace('three\n', 'three\n3.5\n').replace('eight\n', '');
    const cwd = folderWith(test, now);
    const ran = firn([...call, '-o', 'carried.json'], { cwd });
    assert.equal(
      ran.err,
      'clean     patches[0] ("first"): line 1\n' +
        'moved     patches[1] ("second"): line 5, now line 6\n' +
        'upstream  patches[2]: before line 9 of the new file has it already\n' +
        "firn: 'b.json': 1 clean, 1 moved, 1 upstream\n",
    );
    assert.deepEqual([ran.code, ran.out], [0, '']);
    const carried = JSON.parse(readFileSync(path.join(cwd, 'carried.json'), 'utf8'));
    assert.deepEqual([carried.id, carried.file], ['b-1', 'x.txt']);
    const applied = firn(['apply', 'new', '-p', 'carried.json'], { cwd });
    assert.equal(applied.out, now.replace('one', 'uno').replace('five', 'cinque'));
  });

  it('shows all three sides of a conflict, and writes nothing', (test) => {
    const cwd = folderWith(test, before.replace('five', '\u001b[31mfünf'));
    const ran = firn([...call, '-o', 'carried.json'], { cwd });
    assert.match(
      ran.err,
      /^conflict {2}patches\[1\] \("second"\): line 5, now line 5\n {4}the old file\n {4}\| five\n {4}the patch makes of it\n {4}\| cinque\n {4}the new file\n {4}\| \\u\{1b\}\[31mfünf\n/m,
    );
    assert.match(
      ran.err,
      /\nfirn: 'b\.json': 2 clean, 0 moved, 0 upstream, 1 conflict: nothing is written\n$/,
    );
    assert.doesNotMatch(ran.err, acting);
    assert.deepEqual([ran.code, existsSync(path.join(cwd, 'carried.json'))], [1, false]);
  });

  it('writes the others under best-effort', (test) => {
    const now = before.replace('five', 'fünf');
    const cwd = folderWith(test, now);
    const ran = firn([...call, '--policy', 'best-effort', '-o', 'carried.json'], { cwd });
    assert.equal(ran.code, 1);
    const applied = firn(['apply', 'new', '-p', 'carried.json'], { cwd });
    assert.equal(applied.out, now.replace('one', 'uno').replace('eight\n', ''));
  });

  it('carries a diff over', (test) => {
    const diff = '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-one\n+uno\n two\n';
    const cwd = folderWith(test, `zero\n${before}`, { 'c.diff': diff });
    const ran = firn(['rebase', 'c.diff', '--from', 'old', '--to', 'new', '-o', 'carried.json'], {
      cwd,
    });
    assert.deepEqual([ran.code, ran.out], [0, '']);
    const applied = firn(['apply', 'new', '-p', 'carried.json'], { cwd });
    assert.equal(applied.out, `zero\n${before.replace('one', 'uno')}`);
  });

  it('writes no batch of bytes that JSON cannot hold', (test) => {
    const latin1 = (/** @type {string} */ text) => Buffer.from(text, 'latin1');
    const old = latin1('x\ncaf\xe9\ny\n');
    const now = Buffer.concat([latin1('new\n'), old]);
    const change = latin1('--- a/old\n+++ b/old\n@@ -1,3 +1,3 @@\n x\n-caf\xe9\n+CAF\xc9\n y\n');
    const cwd = folderFor(test, { old, new: now, 'c.diff': change });
    const ran = firn(['rebase', 'c.diff', ...call.slice(2)], { cwd });
    assert.match(
      ran.err,
      /^firn: patches\[0\].* not UTF-8.*; the diff itself, applied .* keeps the bytes\n$/,
    );
    assert.deepEqual([ran.code, ran.out], [1, '']);
    const applied = firn(['apply', 'new', '-p', 'c.diff', '--placement', 'search'], { cwd });
    assert.deepEqual(applied.bytes, latin1('new\nx\nCAF\xc9\ny\n'));
  });

  it('refuses a batch that does not fit the old file', (test) => {
    const cwd = folderWith(test, before, { old: 'one\n' });
    const ran = firn(call, { cwd });
    assert.match(ran.err, /^error\[line_out_of_range\]/);
    assert.deepEqual([ran.code, ran.out], [1, '']);
  });
});
