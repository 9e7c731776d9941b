// @ts-check
/** --include and --exclude: a glob means what it means to git apply, whatever stands in it. */
import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { loadEngine } from '@firn/engine';
import { bin, folderFor, run } from './run-firn.mjs';
import { randomNumbers } from './trees.mjs';

const built = path.join(path.dirname(realpathSync(bin)), '../dist/tree/selection.js');
const { selectedFiles } = await import(pathToFileURL(built).href);
const { FIRN_SEED } = process.env;

const names = [
  ...['a', 'b', 'A', '0', '-', '!', '^', ']', '[', ':', '&', '~', '|', '{', '+', ' x', 'a-b'],
  ...['ab', 'b]', '[a]', 'a\\b', 'src/a.js', 'src/b.ts', 'src/deep/c.js', 'ü.txt', '日本.js'],
];
const header = (/** @type {string} */ name) =>
  `${JSON.stringify(`a/${name}`)} ${JSON.stringify(`b/${name}`)}`;
const diff = names
  .map((name) => `diff --git ${header(name)}\nnew file mode 100644\nindex 0000000..e69de29\n`)
  .join('');
const parsed = (await loadEngine()).parseDiff(diff);

/** What of the diff is meant to git. @param {string} cwd @param {string} glob */
function chosenByGit(cwd, glob) {
  const ran = run('git', ['apply', '--numstat', '-z', `--include=${glob}`], { cwd, input: diff });
  assert.deepEqual([ran.code, ran.err], [0, ''], glob);
  return ran.out
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^0\t0\t/, ''));
}

/** @param {string} glob @returns {string[]} */
function chosenByFirn(glob) {
  const files = selectedFiles(parsed, { globs: [{ includes: true, glob }], strip: 1 });
  return files.map((/** @type {{ newName: string }} */ { newName }) => newName.slice(2));
}

describe('a glob', () => {
  it('means what it means to git apply', (test) => {
    const cwd = folderFor(test);
    for (const glob of [
      ...[
        '*',
        '?',
        '??',
        'a*',
        '*b',
        '**',
        '**/*.js',
        'src/*',
        'src/?.js',
        '[ab]',
        '[!ab]',
        '[^ab]',
      ],
      ...['[a-z]', '[z-a]', '[a-]', '[-a]', '[]]', '[!]]', '[]-a]', '[a', '[', '[]', '[!', '[\\]]'],
      ...[
        '[\\\\]',
        '\\\\',
        '\\',
        'a\\',
        '\\[a\\]',
        '[&]',
        '[~|]',
        '[{]',
        '{',
        '.',
        '[.]',
        '[a\\-b]',
      ],
      ...['[[:alpha:]]', '[[:digit:]a]', '[![:alnum:]]', '[[:punct:]]', '[[:space:]]*', '[[:no:]]'],
      ...['[[:alpha:]', '[[:alpha]', '[[:]]', '[[::]]', '[[a]', '[[:upper:]-z]', '[a-[:digit:]]'],
      ...[
        'ü.txt',
        '*.txt',
        '日本.js',
        '日*',
        '',
        ' *',
        'src',
        'src/',
        '*[!a]',
        '(a|b)',
        'a+',
        'a$',
      ],
    ]) {
      assert.deepEqual(chosenByFirn(glob), chosenByGit(cwd, glob), glob);
    }
  });

  it('means it with anything in it', (test) => {
    const cwd = folderFor(test);
    const seed = Number(FIRN_SEED ?? 1);
    const random = randomNumbers(seed);
    const pieces = [...'ab]][[!^-\\*?:', '[:', ':]', 'alpha', 'a-b'];
    for (let round = 0; round < 100; round += 1) {
      const glob = Array.from({ length: random(8) }, () => pieces[random(pieces.length)]).join('');
      const where = `FIRN_SEED=${seed}, round ${round}: ${JSON.stringify(glob)}`;
      assert.deepEqual(chosenByFirn(glob), chosenByGit(cwd, glob), where);
    }
  });
});
