// @ts-check
// A published file and its next version: applied, compared and merged, as one would at a prompt.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { withOwnChanges } from '../js/versions.mjs';
import { run } from '../suites/suite.mjs';
import { firn } from './firn.mjs';

/** @import { Process } from './process.mjs' */

/** @typedef {{ name: string, older: string, newer: string }} Pair Paths. */

const DIFFERENT = [0, 1];
/** `git merge-file` exits with the number of conflicts. */
const ANY = Array.from({ length: 128 }, (_, status) => status);

/** @param {string} file @param {string} expected */
function requireContent(file, expected) {
  if (readFileSync(file, 'utf8') !== expected) throw new Error(`${file} is wrong`);
}

/** @param {string} folder @param {Pair} pair @returns {Record<string, Process>} */
function applying(folder, { name, older, newer }) {
  const diff = path.join(folder, 'change.diff');
  const labels = ['--label', 'a/target', '--label', 'b/target'];
  writeFileSync(diff, run('diff', ['-u', ...labels, older, newer], DIFFERENT));
  const expected = readFileSync(newer, 'utf8');
  /** @param {string} who @param {string} command @param {string[]} args */
  const by = (who, command, args) => {
    const cwd = path.join(folder, who);
    const target = path.join(cwd, 'target');
    mkdirSync(cwd);
    return {
      ...{ command, args, cwd },
      prepare: () => copyFileSync(older, target),
      requireRight: () => requireContent(target, expected),
    };
  };
  return {
    [`apply firn ${name}`]: by('firn', process.execPath, [
      firn,
      'apply',
      'target',
      '-p',
      diff,
      '-i',
    ]),
    [`apply git ${name}`]: by('git', 'git', ['apply', diff]),
    [`apply patch ${name}`]: by('patch', 'patch', ['-s', 'target', diff]),
  };
}

/** A diff is right when GNU patch makes the newer file of it. @param {string} folder @param {Pair} pair @returns {Record<string, Process>} */
function comparing(folder, { name, older, newer }) {
  const expected = readFileSync(newer, 'utf8');
  const target = path.join(folder, 'checked');
  const diff = path.join(folder, 'checked.diff');
  /** @param {string} command @param {string[]} args */
  const by = (command, args) => ({
    ...{ command, args: [...args, older, newer], cwd: folder, statuses: DIFFERENT },
    requireRight: (/** @type {string} */ stdout) => {
      copyFileSync(older, target);
      writeFileSync(diff, stdout);
      run('patch', ['-s', target, diff]);
      requireContent(target, expected);
    },
  });
  return {
    [`diff firn ${name}`]: by(process.execPath, [firn, 'diff']),
    [`diff git ${name}`]: by('git', ['diff', '--no-index']),
    [`diff diff ${name}`]: by('diff', ['-u']),
  };
}

/** @param {string} folder @param {Pair} pair @returns {Record<string, Process>} */
function merging(folder, { name, older, newer }) {
  const ours = path.join(folder, 'ours');
  writeFileSync(ours, withOwnChanges(readFileSync(older, 'utf8')));
  const labels = ['ours', 'base', 'theirs'].flatMap((label) => ['-L', label]);
  const theirs = ['merge-file', '-p', ...labels, ours, older, newer];
  const expected = run('git', theirs, ANY);
  /** @param {string} command @param {string[]} args */
  const by = (command, args) => ({
    ...{ command, args, cwd: folder, statuses: ANY },
    requireRight: (/** @type {string} */ stdout) => {
      if (stdout !== expected) throw new Error(`${command} merges ${name} in another way`);
    },
  });
  return {
    [`merge firn ${name}`]: by(process.execPath, [
      firn,
      'merge',
      '-q',
      ...labels,
      older,
      ours,
      newer,
    ]),
    [`merge git ${name}`]: by('git', theirs),
  };
}

/**
 * @param {string} folder An empty one, for this alone.
 * @param {Pair} pair
 */
export function oneFileProcesses(folder, pair) {
  return { ...applying(folder, pair), ...comparing(folder, pair), ...merging(folder, pair) };
}
