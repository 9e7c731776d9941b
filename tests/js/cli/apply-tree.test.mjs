// @ts-check
/** firn apply -d DIR: all files or none, as git apply would have them, and nothing outside of DIR. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { firn, folderFor, run } from './run-firn.mjs';
import { edited, makeTree, randomLines, randomNumbers, readTree } from './trees.mjs';

/** What git says turns one tree into the other. @param {string} cwd @param {string} a @param {string} b @param {string[]} options */
function gitDiff(cwd, a, b, ...options) {
  const args = ['diff', '--no-index', '--no-color', ...options, a, b];
  const { out } = run('git', args, { cwd });
  return out
    .replaceAll(`a/${a}/`, 'a/')
    .replaceAll(`b/${b}/`, 'b/')
    .replaceAll(`a/${b}/`, 'a/')
    .replaceAll(`b/${a}/`, 'b/')
    .replaceAll(`from ${a}/`, 'from ')
    .replaceAll(`to ${b}/`, 'to ');
}

const long = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');

/** @type {import('./trees.mjs').Tree} */
const old = {
  'changed.js': 'one\ntwo\nthree\n',
  'deep/er/gone.js': 'gone\n',
  'deep/kept.js': 'kept\n',
  'renamed.js': `${long}\n`,
  'empty-gone': '',
  'script.sh': 'echo\n',
  'program*': 'run\n',
  'no-newline': 'a\nb',
  'crlf.txt': 'a\r\nb\r\n',
  'name with blanks': 'x\n',
  'was-file': `${long}\nwas a file\n`,
  'was-folder/inner': `${long}\nwas inner\n`,
  'ünï"code\t.txt': 'x\n',
  untouched: 'as it is\n',
};

/** @type {import('./trees.mjs').Tree} */
const renewed = {
  'changed.js': 'one\n2\nthree\nfour\n',
  'deep/kept.js': 'kept\n',
  'new/folder/made.js': 'made\n',
  'moved/renamed.js': `${long}\nand more\n`,
  'empty-new': '',
  'script.sh*': 'echo\n',
  program: 'run\n',
  'no-newline': 'a\nb\nc',
  'crlf.txt': 'a\r\nB\r\n',
  'name with blanks': 'y\n',
  'was-file/inner': 'now in a folder\n',
  'was-folder': 'now a file\n',
  'ünï"code\t.txt': 'y\n',
  untouched: 'as it is\n',
};

describe('firn apply -d DIR', () => {
  it('makes the tree that git apply makes, and takes it back', (test) => {
    for (const options of [[], ['-M'], ['-M', '-C', '--find-copies-harder'], ['-U0'], ['-U9']]) {
      const cwd = folderFor(test);
      makeTree(path.join(cwd, 'old'), old);
      makeTree(path.join(cwd, 'new'), renewed);
      makeTree(path.join(cwd, 'tree'), old);
      writeFileSync(path.join(cwd, 'c.diff'), gitDiff(cwd, 'old', 'new', ...options));
      const ran = firn(['apply', '-d', 'tree', '-p1', 'c.diff'], { cwd });
      assert.deepEqual([ran.code, ran.out, ran.err], [0, '', ''], String(options));
      assert.deepEqual(readTree(path.join(cwd, 'tree')), readTree(path.join(cwd, 'new')));
      const back = firn(['apply', '-d', 'tree', '-R', 'c.diff'], { cwd });
      assert.deepEqual([back.code, back.err], [0, ''], String(options));
      assert.deepEqual(readTree(path.join(cwd, 'tree')), readTree(path.join(cwd, 'old')));
    }
  });

  it('makes the tree that git apply makes of random changes', (test) => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = randomNumbers(seed);
      /** @type {import('./trees.mjs').Tree} */
      const a = {};
      /** @type {import('./trees.mjs').Tree} */
      const b = {};
      for (let file = 0; file < 12; file += 1) {
        const name = `d${random(3)}/f${file}`;
        const lines = randomLines(random, 40);
        const text = (/** @type {string[]} */ all) => all.map((line) => `${line}\n`).join('');
        if (random(5) > 0) a[random(4) === 0 ? `${name}*` : name] = text(lines);
        if (random(5) > 0) b[random(4) === 0 ? `${name}*` : name] = text(edited(random, lines));
      }
      const cwd = folderFor(test);
      makeTree(path.join(cwd, 'a1'), a);
      makeTree(path.join(cwd, 'b1'), b);
      makeTree(path.join(cwd, 'tree'), a);
      const input = gitDiff(cwd, 'a1', 'b1', '-M');
      if (input === '') continue;
      const ran = firn(['apply', '-d', 'tree'], { cwd, input });
      assert.deepEqual([ran.code, ran.err], [0, ''], `seed ${seed}`);
      assert.deepEqual(readTree(path.join(cwd, 'tree')), readTree(path.join(cwd, 'b1')));
    }
  });

  it('takes what diff -ruN writes', (test) => {
    const cwd = folderFor(test);
    makeTree(path.join(cwd, 'a1'), { 'x/gone': 'g\n', 'x/kept': 'k\n', same: 's\n' });
    makeTree(path.join(cwd, 'b1'), { 'x/new': 'n\n', 'x/kept': 'K\n', same: 's\n' });
    makeTree(path.join(cwd, 'tree'), { 'x/gone': 'g\n', 'x/kept': 'k\n', same: 's\n' });
    const { out } = run('diff', ['-ruN', 'a1', 'b1'], { cwd });
    assert.equal(firn(['apply', '-d', 'tree', '-p', '1'], { cwd, input: out }).err, '');
    assert.deepEqual(readTree(path.join(cwd, 'tree')), readTree(path.join(cwd, 'b1')));
    assert.equal(firn(['apply', '-d', 'tree', '-p1', '-R'], { cwd, input: out }).err, '');
    assert.deepEqual(readTree(path.join(cwd, 'tree')), {
      'x/kept': 'k\n',
      same: 's\n',
      'x/gone': 'g\n',
    });
  });

  it('strips as many folders as it is told', (test) => {
    const cwd = folderFor(test, { 'x/f': 'a\n', f: 'a\n' });
    const diff = (/** @type {string} */ name) => `--- ${name}\n+++ ${name}\n@@ -1 +1 @@\n-a\n+b\n`;
    for (const [args, name, file] of /** @type {const} */ ([
      [['-p0'], 'x/f', 'x/f'],
      [['-p', '2'], 'b/y/f', 'f'],
      [['-p1'], 'b/x/f', 'x/f'],
      [['--strip', '3'], 'p/q/r/f', 'f'],
      [['-d', 'x', '-p1'], 'b/f', 'x/f'],
      [['-d', '.'], 'b/x/f', 'x/f'],
      [['--directory=x', '-p2'], 'b/x/f', 'x/f'],
    ])) {
      const ran = firn(['apply', ...args], { cwd, input: diff(name) });
      assert.deepEqual([ran.code, ran.err], [0, ''], String(args));
      assert.equal(readFileSync(path.join(cwd, file), 'utf8'), 'b\n', String(args));
      writeFileSync(path.join(cwd, file), 'a\n');
    }
    const over = firn(['apply', '-p5'], { cwd, input: diff('b/x/f') });
    assert.match(over.err, /error\[malformed_diff\].*-p5/);
    assert.equal(over.code, 1);
  });

  it('applies the files that --include and --exclude leave, as git apply chooses them', (test) => {
    const cwd = folderFor(test);
    const names = ['a.js', 'b.css', 'src/a.js', 'src/deep/c.js', 'x[1]', 'back\\slash'];
    const tree = (/** @type {string} */ text) =>
      Object.fromEntries(names.map((name) => [name, text]));
    makeTree(path.join(cwd, 'a1'), tree('a\n'));
    makeTree(path.join(cwd, 'b1'), tree('b\n'));
    writeFileSync(path.join(cwd, 'all.diff'), gitDiff(cwd, 'a1', 'b1'));
    for (const globs of [
      ['--include=*.js'],
      ['--exclude=src/*'],
      ['--include=src/?.js', '--include=b.*'],
      ['--exclude=src/deep/*', '--include=*.js'],
      ['--include=*.js', '--exclude=src/*'],
      ['--include=[!a]*', '--include=[a-c].css'],
      ['--include=x\\[1\\]', '--include=back*e'],
      ['--exclude=[]x]*'],
    ]) {
      for (const folder of ['git', 'firn']) makeTree(path.join(cwd, folder), tree('a\n'));
      for (const ran of [
        run('git', ['apply', ...globs, '../all.diff'], { cwd: path.join(cwd, 'git') }),
        firn(['apply', '-d', 'firn', ...globs, 'all.diff'], { cwd }),
      ]) {
        assert.deepEqual([ran.code, ran.err], [0, ''], globs.join(' '));
      }
      const [theirs, ours] = ['git', 'firn'].map((folder) => readTree(path.join(cwd, folder)));
      assert.deepEqual(ours, theirs, globs.join(' '));
      assert.notDeepEqual(ours, tree('a\n'), globs.join(' '));
    }
    const none = firn(['apply', '-d', 'firn', '--include=y', 'all.diff'], { cwd });
    assert.deepEqual(
      [none.code, /--include and --exclude leave/.test(none.err)],
      [2, true],
      none.err,
    );
  });

  it('applies several diffs, each to what the one before leaves', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n' });
    const diff = (/** @type {string} */ a, /** @type {string} */ b) =>
      `--- a/f\n+++ b/f\n@@ -1 +1 @@\n-${a}\n+${b}\n`;
    writeFileSync(path.join(cwd, '1.diff'), diff('a', 'b'));
    writeFileSync(path.join(cwd, '2.diff'), diff('b', 'c') + diff('c', 'd'));
    assert.equal(firn(['apply', '-d', 't', '1.diff', '2.diff'], { cwd }).err, '');
    assert.deepEqual(readTree(path.join(cwd, 't')), { f: 'd\n' });
    assert.equal(firn(['apply', '-d', 't', '1.diff', '2.diff'], { cwd }).code, 1);
    assert.deepEqual(readTree(path.join(cwd, 't')), { f: 'd\n' });
  });

  it('swaps files, as a diff with renames says', (test) => {
    const cwd = folderFor(test, { 't/x': 'x\n', 't/y': 'y\n' });
    const input = ['x y', 'y x']
      .map((pair) => pair.split(' '))
      .map(
        ([a, b]) =>
          `diff --git a/${a} b/${b}\nsimilarity index 100%\nrename from ${a}\nrename to ${b}\n`,
      )
      .join('');
    assert.equal(firn(['apply', '-d', 't'], { cwd, input }).err, '');
    assert.deepEqual(readTree(path.join(cwd, 't')), { x: 'y\n', y: 'x\n' });
  });

  it('takes diffs without prefixes, renames among them', (test) => {
    for (const more of ['', 'and more\n']) {
      const cwd = folderFor(test);
      makeTree(path.join(cwd, 'old'), { 'x/from': `${long}\n`, 'x/kept': 'a\n' });
      makeTree(path.join(cwd, 'new'), { 'y/to': `${long}\n${more}`, 'x/kept': 'b\n' });
      const git = ['diff', '--no-index', '--no-prefix', '-M', 'old', 'new'];
      const input = run('git', git, { cwd }).out.replaceAll(/\b(old|new)\/(?=[xy]\/)/g, '');
      assert.match(input, /^rename from x\/from$/m);
      const ran = firn(['apply', '-d', 'old', '-p0'], { cwd, input });
      assert.deepEqual([ran.code, ran.err], [0, '']);
      assert.deepEqual(readTree(path.join(cwd, 'old')), readTree(path.join(cwd, 'new')));
    }
  });

  it('swaps files by names without prefixes', (test) => {
    const cwd = folderFor(test, { 'tree/a.js': 'a\n', 'tree/b.js': 'b\n' });
    const rename = (/** @type {string} */ from, /** @type {string} */ to) =>
      `diff --git ${from} ${to}\nsimilarity index 100%\nrename from ${from}\nrename to ${to}\n`;
    const input = rename('a.js', 'b.js') + rename('b.js', 'a.js');
    for (const options of [[], ['-R']]) {
      const ran = firn(['apply', '-d', 'tree', '-p0', ...options], { cwd, input });
      assert.deepEqual([ran.code, ran.err], [0, '']);
      const swapped = options.length === 0 ? ['b', 'a'] : ['a', 'b'];
      const [a, b] = swapped.map((text) => `${text}\n`);
      assert.deepEqual(readTree(path.join(cwd, 'tree')), { 'a.js': a, 'b.js': b });
    }
  });

  it('takes back what touches a file twice, in one diff or in several, from its end', (test) => {
    const step = (/** @type {string} */ from, /** @type {string} */ to) =>
      `--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-${from}\n+${to}\n same\n`;
    const [first, second] = [step('one', 'two'), step('two', 'three')];
    const made = '--- /dev/null\n+++ b/g\n@@ -0,0 +1 @@\n+made\n';
    const tree = { 'tree/f': 'one\nsame\n' };
    const cwd = folderFor(test, { ...tree, '1.diff': first + made, '2.diff': second });
    for (const diffs of [['1.diff', '2.diff'], ['-']]) {
      const input = first + made + second;
      assert.equal(firn(['apply', '-d', 'tree', ...diffs], { cwd, input }).err, '');
      assert.deepEqual(readTree(path.join(cwd, 'tree')), { f: 'three\nsame\n', g: 'made\n' });
      assert.equal(firn(['apply', '-d', 'tree', '-R', ...diffs], { cwd, input }).err, '');
      assert.deepEqual(readTree(path.join(cwd, 'tree')), { f: 'one\nsame\n' });
    }
  });

  it('takes back a copy, unless it is none any more', (test) => {
    const plain = `${long}\n`;
    const changed = plain.replace('line 7', 'line seven');
    for (const [copy, origin] of /** @type {const} */ ([
      [plain, plain],
      [changed, plain],
      [changed, `${plain}and more\n`],
    ])) {
      const [before, after] = [{ f: plain }, { f: origin, k: copy }];
      const cwd = folderFor(test, { f: plain, origin, copy });
      const hunks = (/** @type {string} */ file, /** @type {string} */ name) => {
        const { out } = run('diff', ['-u', 'f', file], { cwd });
        return out === '' ? '' : `--- a/f\n+++ b/${name}\n${out.slice(out.indexOf('@@'))}`;
      };
      const percent = copy === plain ? 100 : 90;
      const copied = `diff --git a/f b/k\nsimilarity index ${percent}%\ncopy from f\ncopy to k\n`;
      const input = hunks('origin', 'f') + copied + hunks('copy', 'k');
      const tree = makeTree(path.join(cwd, 'tree'), before);
      assert.equal(firn(['apply', '-d', 'tree'], { cwd, input }).err, '');
      assert.deepEqual(readTree(tree), after);
      const edit = `${copy}edited since\n`;
      writeFileSync(path.join(tree, 'k'), edit);
      const refused = firn(['apply', '-d', 'tree', '-R'], { cwd, input });
      assert.match(refused.err, /"k" is not the copy that the diff takes back/);
      assert.deepEqual(readTree(tree), { ...after, k: edit });
      writeFileSync(path.join(tree, 'k'), copy);
      assert.equal(firn(['apply', '-d', 'tree', '-R'], { cwd, input }).err, '');
      assert.deepEqual(readTree(tree), before);
    }
  });

  it('says with -v what becomes of every file, and takes the flags that others have for --check', (test) => {
    const cwd = folderFor(test, { 'tree/f': 'one\n' });
    const input = '[PATCH] one to two\n\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-one\n+two\n';
    const flags = ['--dry-run', '--unidiff-zero', '--ignore-space-change', '-v'];
    const ran = firn(['apply', '-d', 'tree', ...flags], { cwd, input });
    assert.deepEqual([ran.code, ran.out, ran.err], [0, '', 'firn: f: modify\n']);
    assert.deepEqual(readTree(path.join(cwd, 'tree')), { f: 'one\n' });
  });

  it('writes no name that bytes outside of UTF-8 would become', (test) => {
    const cwd = folderFor(test, { 'tree/f': 'one\n' });
    for (const name of ['"b/new\\351.txt"', 'b/new\xe9.txt']) {
      const input = Buffer.from(`--- /dev/null\n+++ ${name}\n@@ -0,0 +1 @@\n+x\n`, 'latin1');
      const ran = firn(['apply', '-d', 'tree'], { cwd, input });
      assert.match(ran.err, /^error\[malformed_text\]: the name .* is not UTF-8/);
      assert.equal(ran.code, 1);
      assert.deepEqual(readTree(path.join(cwd, 'tree')), { f: 'one\n' });
    }
  });

  it('writes nothing with --check', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n' });
    const input = '--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n';
    const ran = firn(['apply', '-d', 't', '--check'], { cwd, input });
    assert.deepEqual([ran.code, ran.err, ran.out], [0, '', '']);
    assert.deepEqual(readTree(path.join(cwd, 't')), { f: 'a\n' });
    const bad = firn(['apply', '-d', 't', '--check', '-R'], { cwd, input });
    assert.equal(bad.code, 1);
  });
});

describe('firn apply -d DIR, best-effort', () => {
  const diff = `--- a/f
+++ b/f
@@ -1 +1 @@
-a
+b
@@ -9 +9 @@
-nine
+neun
--- a/g
+++ b/g
@@ -1 +1 @@
-a
+b
--- a/missing
+++ b/missing
@@ -1 +1 @@
-a
+b
`;

  it('applies what fits and writes the rest to .rej', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n', 't/g': 'a\n' });
    const ran = firn(['apply', '-d', 't', '--reject'], { cwd, input: diff });
    assert.equal(ran.code, 1);
    assert.match(ran.err, /\nfirn: 2 files not patched in full, 1 patched\n$/);
    assert.deepEqual(readTree(path.join(cwd, 't')), {
      f: 'b\n',
      'f.rej': '--- a/f\n+++ b/f\n@@ -9 +9 @@\n-nine\n+neun\n',
      g: 'b\n',
    });
  });

  it('keeps a file when what the diff puts in its place is refused', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n', 't/g': 'a\n' });
    const gone = (/** @type {string} */ name) =>
      `diff --git a/${name} b/${name}\ndeleted file mode 100644\n--- a/${name}\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n`;
    const link =
      'diff --git a/f b/f\nnew file mode 120000\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+g\n\\ No newline at end of file\n';
    const input = gone('f') + link + gone('g');
    const ran = firn(['apply', '-d', 't', '--reject'], { cwd, input });
    assert.match(ran.err, /"f" is a symbolic link in the diff/);
    assert.match(ran.err, /"f" is kept: what the diff puts in its place is refused/);
    assert.equal(ran.code, 1);
    assert.deepEqual(readTree(path.join(cwd, 't')), { f: 'a\n' });
  });

  it('reports every file under atomic, the first under fail-fast', (test) => {
    const cwd = folderFor(test, { 't/g': 'a\n' });
    const first = firn(['apply', '-d', 't'], { cwd, input: diff });
    const all = firn(['apply', '-d', 't', '--policy', 'atomic'], { cwd, input: diff });
    assert.deepEqual([first.code, all.code], [1, 1]);
    assert.equal(first.err.match(/^error/gm)?.length, 1);
    assert.equal(all.err.match(/^error/gm)?.length, 2);
    assert.deepEqual(readTree(path.join(cwd, 't')), { g: 'a\n' });
  });
});
