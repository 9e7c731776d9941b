// @ts-check
/** firn diff and firn create: what they write, git apply, patch and firn apply turn into the other side. */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { acting, firn, folderFor, run } from './run-firn.mjs';
import { edited, makeTree, randomLines, randomNumbers, readTree } from './trees.mjs';

/** @type {import('./trees.mjs').Tree} */
const old = {
  changed: 'one\ntwo\nthree\n',
  'gone/file': 'gone\n',
  'empty-gone': '',
  'program*': 'run\n',
  script: 'run\n',
  'no-newline': 'a\nb',
  'crlf.txt': 'a\r\nb\r\n',
  'q"uote\\d\tname': 'x\n',
  'latin1.txt': Buffer.from([0x61, 0xe4, 0x0a]),
  same: 'same\n',
};
/** @type {import('./trees.mjs').Tree} */
const renewed = {
  changed: 'one\n2\nthree\n',
  'new/file': 'new',
  'empty-new': '',
  program: 'run\n',
  'script*': 'run it\n',
  'no-newline': 'a\nc',
  'crlf.txt': 'a\r\nB\r\nc\r\n',
  'q"uote\\d\tname': 'y\n',
  'latin1.txt': Buffer.from([0x61, 0xfc, 0x0a]),
  same: 'same\n',
};

/** @param {import('node:test').TestContext} test */
function trees(test) {
  const cwd = folderFor(test);
  makeTree(path.join(cwd, 'old'), old);
  makeTree(path.join(cwd, 'new'), renewed);
  return cwd;
}

/** The diff, done to a copy of the old tree by git apply and by firn apply. @param {string} cwd @param {Buffer} diff */
function assertMakesNew(cwd, diff) {
  writeFileSync(path.join(cwd, 'c.diff'), diff);
  for (const program of ['git', 'firn']) {
    rmSync(path.join(cwd, 'tree'), { recursive: true, force: true });
    cpSync(path.join(cwd, 'old'), path.join(cwd, 'tree'), { recursive: true });
    const ran =
      program === 'git'
        ? run('git', ['apply', '--whitespace=nowarn', '../c.diff'], { cwd: path.join(cwd, 'tree') })
        : firn(['apply', '-d', 'tree', 'c.diff'], { cwd });
    assert.deepEqual([ran.code, ran.err], [0, ''], program);
    assert.deepEqual(readTree(path.join(cwd, 'tree')), readTree(path.join(cwd, 'new')), program);
  }
}

describe('firn diff', () => {
  it('of two trees is what makes one of the other', (test) => {
    const cwd = trees(test);
    for (const options of [[], ['-U0'], ['-U', '10'], ['--algorithm', 'minimal']]) {
      const ran = firn(['diff', 'old', 'new', ...options], { cwd });
      assert.deepEqual([ran.code, ran.err], [1, '']);
      // git apply refuses diffs without context, unless it is told not to.
      if (options[0] !== '-U0') assertMakesNew(cwd, ran.bytes);
    }
    assert.deepEqual(firn(['diff', 'old', 'old'], { cwd }).code, 0);
    const backwards = firn(['diff', 'new', 'old'], { cwd }).bytes;
    writeFileSync(path.join(cwd, 'c.diff'), backwards);
    assert.equal(firn(['apply', '-d', 'new', 'c.diff'], { cwd }).err, '');
    assert.deepEqual(readTree(path.join(cwd, 'new')), readTree(path.join(cwd, 'old')));
  });

  it('of two random trees is what makes one of the other', (test) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = randomNumbers(seed);
      const cwd = folderFor(test);
      for (const side of ['old', 'new']) mkdirSync(path.join(cwd, side));
      for (let file = 0; file < 10; file += 1) {
        const lines = randomLines(random, 60);
        for (const [side, some] of /** @type {const} */ ([
          ['old', lines],
          ['new', edited(random, lines)],
        ])) {
          if (random(5) > 0)
            makeTree(path.join(cwd, side), { [`d${file % 3}/f${file}`]: some.join('\n') });
        }
      }
      const ran = firn(['diff', 'old', 'new'], { cwd });
      if (ran.code === 1) assertMakesNew(cwd, ran.bytes);
    }
  });

  it('of two files is what patch and git apply take', (test) => {
    const cwd = folderFor(test, { 'a.txt': 'one\ntwo\n', 'x/b.txt': 'one\n2\n' });
    const ran = firn(['diff', 'a.txt', 'x/b.txt'], { cwd });
    assert.equal(ran.out, '--- a/a.txt\n+++ b/x/b.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n');
    assert.equal(ran.code, 1);
    const stdin = firn(['diff', '-', 'x/b.txt'], { cwd, input: 'one\n2\n' });
    assert.deepEqual([stdin.code, stdin.out], [0, '']);
  });

  it('names files that lie elsewhere so that it can be read', (test) => {
    const cwd = folderFor(test, { a: 'one\n', b: 'two\n', 'in/c': 'c\n', 'e*': '' });
    const here = path.join(cwd, 'in');
    for (const [a, b, headers] of /** @type {const} */ ([
      ['../a', '../b', '--- a/a\n+++ b/b\n'],
      [path.join(cwd, 'a'), path.join(here, 'c'), '--- a/a\n+++ b/c\n'],
      ['/dev/null', '../b', 'diff --git a/b b/b\nnew file mode 100644\n--- /dev/null\n+++ b/b\n'],
      [
        '../a',
        '/dev/null',
        'diff --git a/a b/a\ndeleted file mode 100644\n--- a/a\n+++ /dev/null\n',
      ],
    ])) {
      const ran = firn(['diff', a, b], { cwd: here });
      assert.equal(ran.out.slice(0, ran.out.indexOf('@@')), headers);
      assert.equal(ran.code, 1);
      const tree = folderFor(test, { a: 'one\n' });
      const [text] =
        b === '/dev/null' ? [undefined] : [readFileSync(path.resolve(here, b), 'utf8')];
      if (a === '/dev/null' || b === '/dev/null') {
        assert.equal(firn(['apply', '-d', tree], { input: ran.out }).err, '');
        const expected = text === undefined ? {} : { a: 'one\n', b: text };
        assert.deepEqual(readTree(tree), expected);
      } else {
        const patched = firn(['apply', path.join(tree, 'a'), '-p', '-'], { input: ran.out });
        assert.deepEqual([patched.code, patched.out], [0, text]);
      }
    }
    assert.equal(firn(['diff', '/dev/null', '/dev/null'], { cwd }).code, 0);
    const batch = JSON.parse(firn(['create', '/dev/null', 'b'], { cwd }).out);
    assert.equal(batch.file, 'b');
  });

  it('counts what changed', (test) => {
    const cwd = trees(test);
    const ran = firn(['diff', '--stat', 'old', 'new'], { cwd });
    assert.match(ran.out, /^ changed +\| 2 \+-$/m);
    assert.match(ran.out, /\n 11 files changed, \d+ lines added, \d+ lines removed\n$/);
    assert.doesNotMatch(ran.out, acting);
    const names = firn(['diff', '--name-only', 'old', 'new'], { cwd });
    assert.match(names.out, /^changed\ncrlf\.txt\nempty-gone\n/);
    for (const [list, { out }] of /** @type {const} */ ([
      ['--stat', ran],
      ['--name-only', names],
    ])) {
      const written = firn(['diff', list, 'old', 'new', '-o', 'list'], { cwd });
      assert.deepEqual([written.code, written.out], [1, '']);
      assert.equal(readFileSync(path.join(cwd, 'list'), 'utf8'), out, list);
    }
  });

  it('is in colour for eyes, and acts on no terminal', (test) => {
    const cwd = folderFor(test, {
      'a/x\u001b[2J\u202e': 'one\n\u001b[31m\n',
      'b/x\u001b[2J\u202e': 'one\n\u202e\n',
    });
    const ran = firn(['diff', 'a', 'b', '--color', 'always'], { cwd });
    const paint = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    assert.match(ran.out, paint);
    assert.doesNotMatch(ran.out.replaceAll(paint, ''), acting);
    assert.match(ran.out, /\\u\{202e\}/);
  });

  it('marks the words that changed', (test) => {
    const cwd = folderFor(test, { a: 'const total = 1;\n', b: 'const sum = 1;\n' });
    const { out } = firn(['diff', 'a', 'b', '--color', 'always'], { cwd });
    const [mark, end] = [7, 27].map((code) => `\u001b[${code}m`);
    assert.ok(out.includes(`-const ${mark}total${end} = 1;`), JSON.stringify(out));
    assert.ok(out.includes(`+const ${mark}sum${end} = 1;`));
  });

  it('names the function that a hunk is in, as git does', (test) => {
    const body = Array.from({ length: 20 }, (_, line) => `  line(${line});\n`).join('');
    const text = `function outer() {\n${body}}\nclass Other {\n${body}}\n`;
    const cwd = folderFor(test, {
      'a/f.js': text,
      'b/f.js': text.replaceAll('line(15)', 'changed'),
    });
    const { out } = run('git', ['diff', '--no-index', 'a', 'b'], { cwd });
    const hunks = (/** @type {string} */ diff) =>
      diff.split('\n').filter((line) => line.startsWith('@@'));
    assert.deepEqual(hunks(firn(['diff', 'a', 'b'], { cwd }).out), hunks(out));
    assert.match(out, /@@ function outer\(\) \{\n/);
  });

  it('says what it does not look into', (test) => {
    const cwd = folderFor(test, { 'a/f': 'x\0y\n', 'b/f': 'x\0z\n' });
    symlinkSync('/etc/passwd', path.join(cwd, 'a/link'));
    const ran = firn(['diff', 'a', 'b'], { cwd });
    assert.match(ran.out, /^diff --git a\/f b\/f\nBinary files a\/f and b\/f differ\n$/);
    assert.match(ran.err, /^firn: 1 link or special file not compared, such as link\n$/);
    assert.match(firn(['diff', '-a', 'a', 'b'], { cwd }).out, /\n-x\0y\n\+x\0z\n$/);
  });

  it('quotes the names of binary files as git does', (test) => {
    const names = ['plain', 'two words', 'tab\t', 'bell\x07', 'one\x01', 'q"', 'b\\', 'del\x7f'];
    const side = (/** @type {string} */ top) => names.map((name) => [`${top}/${name}`, `${top}\0`]);
    const cwd = folderFor(test, Object.fromEntries([...side('a'), ...side('b')]));
    const about = (/** @type {string} */ diff) =>
      diff.split('\n').filter((line) => line.startsWith('Binary files '));
    const git = ['-c', 'core.quotePath=false', 'diff', '--no-index', '--no-prefix', 'a', 'b'];
    const expected = about(run('git', git, { cwd }).out);
    assert.equal(expected.length, names.length);
    assert.deepEqual(about(firn(['diff', 'a', 'b'], { cwd }).out), expected);
  });

  it('reads no tree in which a name is no UTF-8: it would come out as another', (test) => {
    const cwd = folderFor(test, { 'a/f': 'x\n', 'b/sub/f': 'x\n' });
    const name = Buffer.concat([Buffer.from(path.join(cwd, 'b/sub/')), Buffer.from([0xff])]);
    writeFileSync(name, 'x\n');
    const ran = firn(['diff', 'a', 'b'], { cwd });
    const message = "firn: cannot read 'b/sub/\ufffd': its name is not UTF-8\n";
    assert.deepEqual([ran.code, ran.out, ran.err], [2, '', message]);
  });

  it('ends with 2 when a side is none', (test) => {
    const cwd = folderFor(test, { 'a/f': 'x\n', f: 'x\n' });
    assert.equal(
      firn(['diff', 'a', 'missing'], { cwd }).err,
      "firn: cannot read 'missing': no such file\n",
    );
    assert.match(
      firn(['diff', 'a', 'f'], { cwd }).err,
      /^firn: 'a' is a directory, and 'f' is not\n/,
    );
    assert.equal(firn(['diff', 'a', 'f'], { cwd }).code, 2);
  });
});

describe('firn create', () => {
  it('makes a batch that turns the baseline into the edited file', (test) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = randomNumbers(seed);
      const lines = randomLines(random, 50);
      const end = ['', '\n'][random(2)];
      const cwd = folderFor(test, {
        a: lines.join('\n'),
        b: `${edited(random, lines).join('\n')}${end}`,
      });
      const made = firn(['create', 'a', 'b', '-o', 'batch.json', '--id', 'b-1'], { cwd });
      assert.deepEqual([made.code, made.out, made.err], [0, '', '']);
      const batch = JSON.parse(readFileSync(path.join(cwd, 'batch.json'), 'utf8'));
      assert.deepEqual([batch.schema, batch.id, batch.file], ['firn.batch/1', 'b-1', 'a']);
      assert.match(batch.base.fingerprint, /^[0-9a-f]{32}$/);
      const applied = firn(['apply', 'a', '-p', 'batch.json'], { cwd });
      assert.deepEqual(applied.bytes, readFileSync(path.join(cwd, 'b')), `seed ${seed}`);
    }
  });

  it('makes no batch of bytes that JSON cannot hold, but a diff', (test) => {
    const latin1 = (/** @type {string} */ text) => Buffer.from(text, 'latin1');
    const [old, edited] = [latin1('x\ncaf\xe9\ny\n'), latin1('x\ncaf\xe9s\ny\n')];
    const cwd = folderFor(test, { old, edited });
    const ran = firn(['create', 'old', 'edited', '-o', 'b.json'], { cwd });
    assert.match(ran.err, /^firn: patches\[0\].* not UTF-8.*; --format diff keeps the bytes\n$/);
    assert.deepEqual([ran.code, existsSync(path.join(cwd, 'b.json'))], [1, false]);
    const report = JSON.parse(firn(['create', 'old', 'edited', '--json'], { cwd }).out);
    assert.deepEqual([report.error.code, report.output], ['malformed_text', null]);
    const { bytes } = firn(['create', 'old', 'edited', '--format', 'diff'], { cwd });
    assert.deepEqual(firn(['apply', 'old', '-p', '-'], { cwd, input: bytes }).bytes, edited);
  });

  it('makes a batch without patches when nothing was edited', (test) => {
    const cwd = folderFor(test, { a: 'one\n', b: 'one\n' });
    const made = firn(['create', 'a', 'b'], { cwd });
    assert.equal(made.code, 0);
    assert.deepEqual(JSON.parse(made.out).patches, []);
    assert.equal(JSON.parse(made.out).base.lineCount, 1);
  });

  it('makes a diff of two trees, or of two files', (test) => {
    const cwd = trees(test);
    const made = firn(['create', 'old', 'new', '-o', 'c.diff'], { cwd });
    assert.deepEqual([made.code, made.err], [0, '']);
    assertMakesNew(cwd, readFileSync(path.join(cwd, 'c.diff')));
    const one = firn(['create', 'old/changed', 'new/changed', '--format', 'diff'], { cwd });
    assert.match(one.out, /^--- a\/old\/changed\n\+\+\+ b\/old\/changed\n@@ /);
    const named = firn(
      ['create', 'old/changed', 'new/changed', '--format', 'diff', '--file', 'x'],
      { cwd },
    );
    assert.match(named.out, /^--- a\/x\n\+\+\+ b\/x\n@@ /);
  });

  it('makes nothing that could not be applied', (test) => {
    const cwd = folderFor(test, { 'a/f': 'x\0y\n', 'b/f': 'x\0z\n' });
    const ran = firn(['create', 'a', 'b', '-o', 'c.diff'], { cwd });
    assert.match(ran.err, /^firn: "f" looks binary/);
    assert.equal(ran.code, 1);
    assert.match(
      firn(['create', 'a', 'b', '--format', 'batch'], { cwd }).err,
      /^firn: a batch is for one file/,
    );
    assert.equal(firn(['create', 'a', 'b', '--text'], { cwd }).code, 0);
  });
});
