// @ts-check
/** firn apply -d DIR, where the diff or the system does not allow it: the tree stays as it was, and why is said. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';

import { acting, firn, folderFor, run, works } from './run-firn.mjs';
import { readTree } from './trees.mjs';

/** Turns the line "a" of a file into "b". @param {string} name */
const edit = (name) => `--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-a\n+b\n`;

describe('firn apply -d DIR refuses', () => {
  const make = (/** @type {string} */ name) =>
    `--- /dev/null\n+++ b/${name}\n@@ -0,0 +1 @@\n+new\n`;

  /** @type {readonly [what: string, diff: string, reason: RegExp][]} */
  const refused = [
    ['a diff for a file that is not there', edit('missing'), /"missing" is not there/],
    ['a file that is there already', make('f'), /"f" is there already/],
    ['a file in place of a folder', make('x'), /"x\/f" is in that folder/],
    ['a file below a file', make('f/g'), /"f\/g" cannot be written: "f" is a file/],
    ['a diff that does not fit', edit('x/f').replace('-a', '-other'), /fits nowhere/],
    ['a good file with a bad one', edit('f') + edit('missing'), /is not there/],
    [
      'a removal that leaves something',
      '--- a/two\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n',
      /fits nowhere|holds more/,
    ],
    ['a name with ..', edit('x/../../f'), /unsafe_path/],
    [
      'an absolute name',
      edit('/etc/passwd').replaceAll('a//', '/').replaceAll('b//', '/'),
      /unsafe_path/,
    ],
    ['a name in .git', make('.git/hooks/pre-commit'), /unsafe_path/],
    ['the journal', make('.firn-journal'), /unsafe_path/],
    ['a file beyond a link', edit('link/f'), /"link" is a symbolic link/],
    ['a new file beyond a link', make('link/new'), /"link" is a symbolic link/],
    ['a file beyond a link that stays inside', edit('inside/f'), /"inside" is a symbolic link/],
    ['a link in place of a file', edit('link-to-file'), /"link-to-file" is a symbolic link/],
    [
      'a new symbolic link',
      'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc\n\\ No newline at end of file\n',
      /is a symbolic link in the diff/,
    ],
    ['a pipe', edit('pipe'), /is no regular file/],
    ['a binary patch', 'diff --git a/f b/f\nGIT binary patch\nliteral 0\n', /binary_patch/],
    ['a diff that was cut off', edit('f') + edit('x/f').slice(0, -3), /malformed_diff/],
    ['a diff without a change', 'diff --git a/f b/f\n', /malformed_diff/],
    ['no diff at all', 'hello\n', /malformed_diff[\s\S]*= help: a diff has the headers/],
    ['nothing', '', /malformed_diff/],
  ];

  for (const [what, input, reason] of refused) {
    it(what, (test) => {
      const cwd = folderFor(test, {
        't/f': 'a\n',
        't/x/f': 'a\n',
        't/two': 'a\nb\n',
        'out/f': 'a\n',
      });
      symlinkSync('../out', path.join(cwd, 't/link'));
      symlinkSync('x', path.join(cwd, 't/inside'));
      symlinkSync('f', path.join(cwd, 't/link-to-file'));
      run('mkfifo', [path.join(cwd, 't/pipe')]);
      rmSync(path.join(cwd, 't/none'), { force: true });
      const before = readTreeWithout(cwd, 't/pipe');
      for (const policy of ['fail-fast', 'atomic']) {
        const ran = firn(['apply', '-d', 't', '--policy', policy], { cwd, input });
        assert.match(ran.err, reason, policy);
        assert.deepEqual([ran.code, ran.out], [1, ''], policy);
        assert.doesNotMatch(ran.err, acting);
        assert.deepEqual(readTreeWithout(cwd, 't/pipe'), before);
      }
    });
  }

  it('names that would act on a terminal, harmlessly', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n' });
    const input = edit('x')
      .replaceAll('a/x', '"a/\\033[2J\\n\\342\\200\\256"')
      .replaceAll('b/x', '"b/\\033[2J\\n\\342\\200\\256"');
    const ran = firn(['apply', '-d', 't'], { cwd, input });
    assert.equal(ran.code, 1);
    assert.doesNotMatch(ran.err, acting);
    assert.match(ran.err, /is not there/);
  });

  it('a batch, and what is no folder', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n', 'b.json': '[]' });
    const batch = firn(['apply', '-d', 't', 'b.json'], { cwd });
    assert.match(batch.err, /^firn: a tree takes diffs; 'b\.json' is a batch/);
    const file = firn(['apply', '-d', 't/f', 'b.json'], { cwd });
    assert.equal(file.err, "firn: cannot read 't/f': it is not a directory\n");
    const missing = firn(['apply', '-d', 'none', 'b.json'], { cwd });
    assert.equal(missing.err, "firn: cannot read 'none': no such file\n");
    assert.deepEqual([batch.code, file.code, missing.code], [2, 2, 2]);
  });

  it('what cannot be said of a tree', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n' });
    for (const args of [['-o', 'x'], ['-i'], ['--diff'], ['--context', '1'], ['--revision', '1']]) {
      const ran = firn(['apply', '-d', 't', ...args], { cwd, input: edit('f') });
      assert.match(ran.err, /is for one file, not for a tree\n/);
      assert.equal(ran.code, 2);
    }
  });
});

/** @param {string} cwd @param {string} pipe */
function readTreeWithout(cwd, pipe) {
  rmSync(path.join(cwd, pipe), { force: true });
  const tree = readTree(cwd);
  run('mkfifo', [path.join(cwd, pipe)]);
  return tree;
}

describe('firn apply -d DIR, when the system fails', () => {
  const isRoot = process.getuid?.() === 0;
  const diff = (/** @type {string[]} */ ...names) => names.map(edit).join('');

  it('leaves the tree alone when a folder may not be written', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n', 't/closed/f': 'a\n' });
    chmodSync(cwd, 0o755);
    for (const file of ['t', 't/f', 't/closed/f']) chmodSync(path.join(cwd, file), 0o777);
    chmodSync(path.join(cwd, 't/closed'), 0o555);
    const input = diff('f', 'closed/f');
    const as = { cwd, input, ...(isRoot ? { uid: 65534 } : {}) };
    const ran = firn(['apply', '-d', 't'], as);
    const checked = firn(['apply', '-d', 't', '--check'], as);
    assert.deepEqual([checked.code, checked.err], [ran.code, ran.err]);
    chmodSync(path.join(cwd, 't/closed'), 0o755);
    assert.equal(ran.err, "firn: cannot write 't/closed/f': permission denied\n");
    assert.equal(ran.code, 2);
    assert.deepEqual(Object.values(readTree(path.join(cwd, 't'))), ['a\n', 'a\n']);
  });

  it('replaces no file that is read-only', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n', 't/closed': 'a\n' });
    for (const file of ['', 't', 't/f']) chmodSync(path.join(cwd, file), 0o777);
    chmodSync(path.join(cwd, 't/closed'), 0o444);
    const input = diff('f', 'closed');
    const as = { cwd, input, ...(isRoot ? { uid: 65534 } : {}) };
    const ran = firn(['apply', '-d', 't'], as);
    const checked = firn(['apply', '-d', 't', '--check'], as);
    assert.deepEqual([checked.code, checked.err], [ran.code, ran.err]);
    assert.equal(ran.err, "firn: cannot write 't/closed': permission denied\n");
    assert.deepEqual(readTree(path.join(cwd, 't')), { closed: 'a\n', 'f*': 'a\n' });
  });

  it('keeps modes', (test) => {
    const cwd = folderFor(test, { 't/f': 'a\n', 't/g': 'a\n' });
    chmodSync(path.join(cwd, 't/f'), 0o600);
    chmodSync(path.join(cwd, 't/g'), 0o4775);
    assert.equal(firn(['apply', '-d', 't'], { cwd, input: diff('f', 'g') }).err, '');
    const modes = ['f', 'g'].map((name) => statSync(path.join(cwd, 't', name)).mode & 0o7777);
    assert.deepEqual(modes, [0o600, 0o4775]);
  });

  const mount = ['-rm', 'bash', '-c', 'mount -t tmpfs -o size=512k none /mnt', 'bash'];
  const noMount = !works('unshare', mount) && 'no file system may be mounted here';
  it('leaves the tree alone when the disk is full', { skip: noMount }, (test) => {
    const large = `a\n${'x'.repeat(99).concat('\n').repeat(1300)}`;
    const cwd = folderFor(test, { 't/f': 'a\n', 't/g': large, 'c.diff': '' });
    const second = `--- a/g\n+++ b/g\n@@ -1,2 +1,2 @@\n-a\n+b\n ${'x'.repeat(99)}\n`;
    writeFileSync(path.join(cwd, 'c.diff'), diff('f') + second);
    mkdirSync(path.join(cwd, 'disk'));
    const script = `
      mount -t tmpfs -o size=300k none disk && cp -r t disk && cd disk
      firn=$1; node "$firn" apply -d t ../c.diff; echo "exit $?"; diff -r t ../t && ls -A t`;
    const bin = new URL('../../../js/cli/bin/firn.js', import.meta.url).pathname;
    const ran = run('unshare', ['-rm', 'bash', '-c', script, 'bash', bin], { cwd });
    assert.match(ran.err, /^firn: cannot write '.*': no space left on the device\n$/);
    assert.equal(ran.out, 'exit 2\nf\ng\n');
  });
});
