// @ts-check
/** firn merge: the bytes of git merge-file, and as git's merge driver in a real repository. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { bin, firn, folderFor, run } from './run-firn.mjs';
import { edited, randomLines, randomNumbers } from './trees.mjs';

const base = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const files = {
  base,
  ours: base.replace('one', 'ONE').replace('seven', 'ours'),
  clean: base.replace('four', 'vier'),
  theirs: base.replace('seven', 'theirs'),
};

describe('firn merge', () => {
  it('makes what git merge-file makes', (test) => {
    let conflicts = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = randomNumbers(seed);
      const lines = Array.from({ length: 20 }, (_, line) => `${line} ${randomLines(random, 1)}`);
      const text = (/** @type {readonly string[]} */ all) =>
        all.map((line) => `${line}\n`).join('');
      const cwd = folderFor(test, {
        base: text(lines),
        ours: text(edited(random, lines)),
        theirs: text(edited(random, lines)),
      });
      for (const options of [
        [],
        ['--diff3'],
        ['--zdiff3'],
        ['--ours'],
        ['--theirs'],
        ['--union'],
      ]) {
        const git = run('git', ['merge-file', '-p', ...options, 'ours', 'base', 'theirs'], { cwd });
        const ran = firn(['merge', 'base', 'ours', 'theirs', ...options], { cwd });
        assert.equal(ran.out, git.out, `seed ${seed} ${options}`);
        assert.equal(ran.code, git.code === 0 ? 0 : 1);
        conflicts += ran.code ?? 0;
      }
    }
    assert.ok(conflicts > 0);
  });

  it('takes labels, styles and marker sizes', (test) => {
    const cwd = folderFor(test, files);
    const labels = ['-L', 'mine', '-L', 'before', '-L', 'yours'];
    const ran = firn(
      ['merge', 'base', 'ours', 'theirs', ...labels, '--style', 'diff3', '--marker-size', '9'],
      { cwd },
    );
    assert.equal(
      ran.out.slice(ran.out.indexOf('<')),
      '<<<<<<<<< mine\nours\n||||||||| before\nseven\n=========\ntheirs\n>>>>>>>>> yours\n',
    );
    assert.equal(ran.err, "firn: 1 conflict in 'ours':\n  lines 7-13\n");
    assert.equal(ran.code, 1);
    assert.equal(firn(['merge', 'base', 'ours', 'theirs', '-q'], { cwd }).err, '');
  });

  it('puts labels on one line: -L with two is refused, a path with two is quoted', (test) => {
    const cwd = folderFor(test, { ...files, 'two\nlines': files.ours });
    const refused = firn(['merge', 'base', 'ours', 'theirs', '-L', 'two\nlines'], { cwd });
    assert.equal(refused.code, 2);
    assert.match(refused.err, /^firn: option '-L, --label <NAME>' .* on one line\n/);
    const ran = firn(['merge', 'base', 'two\nlines', 'theirs'], { cwd });
    assert.match(ran.out, /^<<<<<<< "two\\nlines"$/m);
    assert.equal(ran.code, 1);
  });

  it('merges no binaries, as git merge-file, unless they are text', (test) => {
    const cwd = folderFor(test, {
      ...files,
      ours: `${files.ours}\0\n`,
      late: `${'x\n'.repeat(4000)}\0`,
    });
    for (const [names, isBinary] of /** @type {const} */ ([
      [['base', 'ours', 'base'], true],
      [['ours', 'base', 'base'], true],
      [['base', 'base', 'ours'], true],
      [['base', 'late', 'base'], false],
    ])) {
      const [base, ours, theirs] = names;
      const git = run('git', ['merge-file', '-p', ours, base, theirs], { cwd });
      const ran = firn(['merge', ...names], { cwd });
      assert.equal(ran.code, isBinary ? 2 : 0);
      assert.equal(git.code, isBinary ? 255 : 0);
      assert.equal(ran.out, git.out);
      if (isBinary)
        assert.equal(
          ran.err,
          "firn: cannot merge 'ours': it looks binary; --text merges it line by line\n",
        );
    }
    const asText = firn(['merge', 'base', 'ours', 'base', '--text'], { cwd });
    assert.deepEqual([asText.code, asText.out], [0, `${files.ours}\0\n`]);
  });

  it('writes over ours where it is told to', (test) => {
    const cwd = folderFor(test, files);
    const ran = firn(['merge', 'base', 'ours', 'clean', '-o', 'ours'], { cwd });
    assert.deepEqual([ran.code, ran.out, ran.err], [0, '', '']);
    assert.equal(readFileSync(path.join(cwd, 'ours'), 'utf8'), files.ours.replace('four', 'vier'));
  });

  it('refuses calls that contradict themselves', (test) => {
    const cwd = folderFor(test, files);
    for (const [args, message] of /** @type {const} */ ([
      [['--ours', '--union'], /exclude each other/],
      [['-p', '-o', 'x'], /exclude each other/],
      [['-L', '1', '-L', '2', '-L', '3', '-L', '4'], /three sides/],
      [['--diff3', '--zdiff3'], /exclude each other/],
      [['--marker-size', '0'], /'--marker-size <N>' .* from 1 to 1024\n/],
      [['--marker-size', '1025'], /'--marker-size <N>' .* from 1 to 1024\n/],
    ])) {
      const ran = firn(['merge', 'base', 'ours', 'theirs', ...args], { cwd });
      assert.match(ran.err, message);
      assert.equal(ran.code, 2);
    }
    const twice = firn(['merge', '-', 'ours', '-'], { cwd, input: files.base });
    assert.match(twice.err, /^firn: only one side can be standard input\n/);
    assert.deepEqual([twice.code, twice.out], [2, '']);
  });

  it("is git's merge driver, as its help says", (test) => {
    const cwd = folderFor(test);
    const { PATH } = process.env;
    const git = (/** @type {string[]} */ ...args) => {
      const user = [
        '-c',
        'user.name=f',
        '-c',
        'user.email=f@example.org',
        '-c',
        'commit.gpgsign=false',
      ];
      return run('git', [...user, ...args], {
        cwd,
        env: { PATH: `${path.dirname(bin)}:${PATH}` },
      });
    };
    const { out: help } = firn(['merge', '--help']);
    const [, driver = ''] = /merge\.firn\.driver "(.*)"/.exec(help) ?? [];
    assert.match(driver, /^firn merge %O %A %B -o %A /);
    git('init', '-q', '-b', 'main');
    // That it is this driver which merges shows in the size of the markers: only it is told of 9.
    git('config', 'merge.firn.driver', driver);
    writeFileSync(path.join(cwd, '.gitattributes'), '* merge=firn conflict-marker-size=9\n');
    const commit = (/** @type {string} */ text, /** @type {string} */ message) => {
      writeFileSync(path.join(cwd, 'f'), text);
      git('add', '-A');
      assert.equal(git('commit', '-q', '-m', message).code, 0);
    };
    commit(base, 'base');
    git('switch', '-q', '-c', 'clean');
    commit(files.clean, 'clean');
    git('switch', '-q', '-c', 'theirs', 'main');
    commit(files.theirs, 'theirs');
    git('switch', '-q', 'main');
    commit(files.ours, 'ours');
    const clean = git('merge', '-q', '--no-edit', 'clean');
    assert.equal(clean.code, 0, clean.err);
    assert.equal(readFileSync(path.join(cwd, 'f'), 'utf8'), files.ours.replace('four', 'vier'));
    const conflict = git('merge', '--no-edit', 'theirs');
    assert.equal(conflict.code, 1);
    assert.match(conflict.err + conflict.out, /firn: 1 conflict in 'f':/);
    const merged = readFileSync(path.join(cwd, 'f'), 'utf8');
    assert.match(merged, /\n<{9} ours\nours\n={9}\ntheirs\n>{9} theirs\n$/);
    assert.match(git('status', '--porcelain').out, /^UU f$/m);
  });
});
