// @ts-check
/** Where GNU patch and git do what a verb does, the corpus expects what they make of it. They are asked again, if they are here. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { readCorpus } from './corpus.mjs';
import { binaryIn } from './verbs-oracle.mjs';

/** @typedef {import('./run-verb.mjs').VerbCase} VerbCase */

const folder = mkdtempSync(path.join(tmpdir(), 'firn-peers-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string} binary */
const write = (name, binary) => writeFileSync(path.join(folder, name), binary, 'latin1');

/** A file that is not there is empty. @param {string} name */
function read(name) {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, 'latin1') : '';
}

/** @param {string} program @param {string[]} args @param {string} [cwd] */
function run(program, args, cwd = folder) {
  // No settings of whoever runs the tests, and no repository around the folder.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const options = { cwd, encoding: /** @type {const} */ ('latin1') };
  const { status, stdout } = spawnSync(program, args, { ...options, env });
  return { status, stdout };
}

const missing = (/** @type {string} */ program) =>
  run(program, ['--version']).status === 0 ? false : `${program} is not installed`;

/** The cases of one verb. @param {string} verb */
const casesOf = (verb) =>
  readCorpus().flatMap(({ cases }) =>
    cases.flatMap((test) => ('verb' in test && test.verb === verb ? [test] : [])),
  );

/** A case of which a program is known to do otherwise says so, and stays true. @param {VerbCase} test @param {() => void} compare */
function compareUnless({ unlike }, compare) {
  if (unlike === undefined) compare();
  else assert.throws(compare, assert.AssertionError, `it does the same now: ${unlike}`);
}

/** How GNU patch reads the options of `place`. @param {VerbCase} test */
function patchArguments({ options = {} }) {
  const { placement, maxFuzz = 2, reverse, whiteSpace } = options;
  const args = ['-f', '--no-backup-if-mismatch', '-r', '-'];
  args.push(`-F${placement === 'fuzzy' ? maxFuzz : 0}`);
  if (reverse) args.push('-R');
  if (whiteSpace === 'ignore-amount') args.push('-l');
  return [...args, 'text', 'diff'];
}

/** What GNU patch says of hunks that did not lie where they said. @param {string} output */
const reportedHunks = (output) =>
  [
    ...output.matchAll(
      /^Hunk #(\d+) succeeded at (\d+)(?: with fuzz (\d+))?(?: \(offset (-?\d+) line)?/gm,
    ),
  ].map(([, hunk, , fuzz = 0, offset = 0]) => ({
    hunk: Number(hunk) - 1,
    offset: Number(offset),
    fuzz: Number(fuzz),
  }));

describe('GNU patch', { skip: missing('patch') }, () => {
  // It takes the first file of a diff, believes its headers, and has no files without hunks.
  const cases = casesOf('place').filter(
    ({ file, recount, expect }) =>
      !file && !recount && expect.errors?.[0]?.code !== 'malformed_diff' && expect.rejects !== '',
  );
  for (const test of cases) {
    it(`places as the corpus says: ${test.name}`, () => {
      write('text', binaryIn(test, 'base'));
      write('diff', binaryIn(test, 'diff'));
      const { status, stdout } = run('patch', patchArguments(test));
      const { errors, rejected = [], hunks = [] } = test.expect;
      compareUnless(test, () => {
        assert.equal(status === 0, !errors && rejected.length === 0, stdout);
        if (errors) return;
        assert.equal(read('text'), binaryIn(test.expect, 'text'));
        for (const reported of reportedHunks(stdout)) {
          const placed = /** @type {{ hunk: number, offset: number, fuzz: number }[]} */ (hunks);
          const { hunk, offset, fuzz } = placed.find((each) => each.hunk === reported.hunk) ?? {};
          assert.deepEqual({ hunk, offset, fuzz }, reported);
        }
      });
      rmSync(path.join(folder, 'text'), { force: true });
    });
  }
});

/** How git merge-file reads the options of `merge`. @param {VerbCase} test */
function mergeArguments({ options = {} }) {
  const { style, favor = 'nobody', markerSize } = options;
  const { oursLabel = 'ours', baseLabel = 'base', theirsLabel = 'theirs' } = options;
  const args = ['merge-file', '-p'];
  if (style && style !== 'merge') args.push(`--${style}`);
  if (favor !== 'nobody') args.push(favor === 'both' ? '--union' : `--${favor}`);
  if (markerSize) args.push(`--marker-size=${markerSize}`);
  for (const label of [oursLabel, baseLabel, theirsLabel]) args.push('-L', label);
  return [...args, 'ours', 'base', 'theirs'];
}

/** The changes of a diff without context. @param {string} diff */
const changesIn = (diff) =>
  [...diff.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map((header) => {
    const [line = 0, count = 1, freshLine = 0, freshCount = 1] = header
      .slice(1)
      .map((number) => (number === undefined ? undefined : Number(number)));
    // An empty side names the line before it.
    const from = count === 0 ? line + 1 : line;
    const to = freshCount === 0 ? freshLine + 1 : freshLine;
    return {
      from: to,
      to: to + freshCount - 1,
      base: { from, to: from + count - 1 },
    };
  });

describe('git', { skip: missing('git') }, () => {
  for (const test of casesOf('merge')) {
    it(`merges as the corpus says: ${test.name}`, () => {
      for (const side of ['base', 'ours', 'theirs']) write(side, binaryIn(test, side));
      const { status, stdout } = run('git', mergeArguments(test));
      compareUnless(test, () => {
        assert.equal(stdout, binaryIn(test.expect, 'text'));
        const { favor = 'nobody' } = test.options ?? {};
        if (favor === 'nobody') assert.equal(status, test.expect.conflicts?.length);
      });
    });
  }

  for (const test of casesOf('diff').filter(({ options }) => !options?.slide)) {
    it(`finds the changes that the corpus says: ${test.name}`, () => {
      write('before', binaryIn(test, 'before'));
      write('after', binaryIn(test, 'after'));
      const { algorithm = 'histogram' } = test.options ?? {};
      const args = ['diff', '--no-index', '--text', '-U0', '--indent-heuristic'];
      const { stdout } = run('git', [...args, `--diff-algorithm=${algorithm}`, 'before', 'after']);
      const changes = test.expect.changes?.map(({ from, to, base }) => ({ from, to, base }));
      compareUnless(test, () => assert.deepEqual(changesIn(stdout), changes));
    });
  }

  for (const test of casesOf('read-diff').filter(({ recount }) => !recount)) {
    it(`reads, or refuses, as the corpus says: ${test.name}`, () => {
      write('diff', binaryIn(test, 'diff'));
      const { status, stdout } = run('git', ['apply', '--numstat', '-z', 'diff']);
      const { errors, files = [] } = test.expect;
      compareUnless(test, () => {
        assert.equal(status === 0, !errors);
        if (errors) return;
        const records = stdout.split('\0').slice(0, -1);
        const names = records.map((record) => record.replace(/^\d+\t\d+\t/, ''));
        const own = files.map((file) => {
          const { oldName, newName } = /** @type {Record<string, string>} */ (file);
          return (newName ?? oldName ?? '').replace(/^[^/]*\//, '');
        });
        assert.deepEqual(
          names,
          own.map((name) => Buffer.from(name).toString('latin1')),
        );
      });
    });
  }

  for (const test of casesOf('write-diff').filter(({ expect }) => expect.diff)) {
    it(`turns the first text into the second: ${test.name}`, () => {
      const { git = {}, oldName = 'a/f', newName = 'b/f' } = test.options ?? {};
      const { kind = 'modify', newMode } = git;
      const without = (/** @type {string} */ name) => name.replace(/^[ab]\//, '');
      const oldPath = git.oldPath ?? git.newPath ?? without(oldName);
      const newPath = git.newPath ?? git.oldPath ?? without(newName);
      const place = path.join(folder, 'applied');
      const inPlace = (/** @type {string} */ name) => path.join(place, name);
      mkdirSync(path.dirname(inPlace(oldPath)), { recursive: true });
      if (kind !== 'create') writeFileSync(inPlace(oldPath), binaryIn(test, 'before'), 'latin1');
      write('diff', binaryIn(test.expect, 'diff'));
      const { status } = run('git', ['apply', '../diff'], place);
      compareUnless(test, () => {
        assert.equal(status, 0);
        assert.equal(existsSync(inPlace(newPath)), kind !== 'remove');
        if (kind === 'remove') return;
        assert.equal(readFileSync(inPlace(newPath), 'latin1'), binaryIn(test, 'after'));
        const executable = (statSync(inPlace(newPath)).mode & 0o100) !== 0;
        assert.equal(executable, newMode === '100755');
        assert.equal(existsSync(inPlace(oldPath)), kind !== 'rename' || oldPath === newPath);
      });
      rmSync(place, { recursive: true });
    });
  }

  const named = casesOf('write-diff').filter(({ options }) => options?.functionNames);
  for (const test of named) {
    it(`names the same functions: ${test.name}`, () => {
      const { functionNames, context = 3, git } = test.options ?? {};
      const language =
        functionNames === 'by-name' ? git?.newPath?.split('.').at(-1) : functionNames;
      write('before', binaryIn(test, 'before'));
      write('after', binaryIn(test, 'after'));
      // Git knows the languages by an attribute; without one its plain rule holds.
      write('attributes', language === 'plain' ? '' : `* diff=${language}\n`);
      const settings = ['-c', 'core.attributesFile=attributes'];
      const args = ['diff', '--no-index', `-U${context}`, 'before', 'after'];
      const { stdout } = run('git', [...settings, ...args]);
      const headers = (/** @type {string} */ diff) => diff.match(/^@@ .*$/gm);
      assert.deepEqual(headers(binaryIn(test.expect, 'diff')), headers(stdout));
    });
  }
});
