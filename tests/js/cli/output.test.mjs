// @ts-check
/** Where the result goes, and that every byte of it arrives. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { assertOnly, bin, firn, folderFor, json, run } from './run-firn.mjs';

const text = 'one\r\ntwo\r\n\u001b[31mthree\u0000\nfour';
const batch = json([
  { op: 'replace', line: 2, text: 'zwei' },
  { op: 'insert', line: 5, text: 'fünf' },
]);
const patched = 'one\r\nzwei\r\n\u001b[31mthree\u0000\nfour\nfünf';

describe('standard streams', () => {
  it('take the text by default', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    assert.equal(firn(['apply', 'a.txt', '-p', 'b.json'], { cwd: folder }).out, patched);
    assert.equal(firn(['apply', 'a.txt', '-p', 'b.json', '-o', '-'], { cwd: folder }).out, patched);
    assertOnly(folder, ['a.txt', 'b.json']);
  });

  it('give the file or the batch', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    const fromFile = firn(['apply', '-', '-p', 'b.json'], { cwd: folder, input: text });
    assert.equal(fromFile.out, patched);
    const fromBatch = firn(['apply', 'a.txt', '-p', '-'], { cwd: folder, input: batch });
    assert.equal(fromBatch.out, patched);
    const nothing = firn(['check', '-', '-p', 'b.json'], { cwd: folder, input: '' });
    assert.match(nothing.err, /^error\[line_out_of_range\].*\n --> <stdin>:2\n/);
  });

  it('carry bytes that are no text', (test) => {
    const bytes = Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x80, 0x0d, 0x0a, 0xef, 0xbb, 0xbf]);
    const folder = folderFor(test, { 'b.json': json([{ op: 'delete', line: 1 }]) });
    const ran = firn(['apply', '-', '-p', 'b.json'], { cwd: folder, input: bytes });
    assert.deepEqual(ran.bytes, bytes.subarray(3));
  });

  it('carry a text larger than any pipe', (test) => {
    const large = 'line\n'.repeat(1_000_000);
    const folder = folderFor(test, { 'b.json': json([{ op: 'insert', line: 1, text: 'first' }]) });
    const ran = firn(['apply', '-', '-p', 'b.json'], { cwd: folder, input: large });
    assert.equal(ran.out, `first\n${large}`);
    const script = '"$@" | (sleep 0.3; wc -c)';
    const call = [bin, 'apply', '-', '-p', 'b.json'];
    const slow = run('bash', ['-c', script, 'bash', ...call], { cwd: folder, input: large });
    assert.equal(slow.out.trim(), String(large.length + 6));
  });

  it('are what /dev/stdout and inherited descriptors stand for', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    const script = `"$@" -o /dev/stdout > out; "$@" -o /dev/fd/5 5>> out`;
    const call = [bin, 'apply', 'a.txt', '-p', 'b.json'];
    assert.equal(run('bash', ['-c', script, 'bash', ...call], { cwd: folder }).err, '');
    assert.equal(readFileSync(path.join(folder, 'out'), 'utf8'), patched + patched);
  });

  it('are not what Node has opened for itself', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    for (let fd = 3; fd < 24; fd += 1) {
      const ran = firn(['apply', 'a.txt', '-p', 'b.json', '-o', `/dev/fd/${fd}`], { cwd: folder });
      assert.equal(ran.code, 2, `/dev/fd/${fd}`);
      assert.match(ran.err, /^firn: cannot write '\/dev\/fd\/\d+': /);
    }
    // One end of a pipe, twice, is the shell's.
    const script = '"$@" -o /dev/fd/9 9>&1 | cat; exit $PIPESTATUS';
    const call = [bin, 'apply', 'a.txt', '-p', 'b.json'];
    const ran = run('bash', ['-c', script, 'bash', ...call], { cwd: folder });
    assert.deepEqual([ran.code, ran.out], [0, patched]);
  });

  it('are told of when they are full', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    const call = [bin, 'apply', 'a.txt', '-p', 'b.json'];
    for (const more of [[], ['--json'], ['--diff']]) {
      const args = ['-c', '"$@" > /dev/full', 'bash', ...call, ...more];
      const ran = run('bash', args, { cwd: folder });
      assert.equal(ran.err, 'firn: cannot write standard output: no space left on the device\n');
      assert.equal(ran.code, 2);
    }
  });
});

describe('-o', () => {
  it('makes a file, as the umask says', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    const call = [bin, 'apply', 'a.txt', '-p', 'b.json', '-o', 'out.txt'];
    const ran = run('bash', ['-c', 'umask 027; "$@"', 'bash', ...call], { cwd: folder });
    assert.deepEqual([ran.code, ran.out, ran.err], [0, '', '']);
    assert.equal(readFileSync(path.join(folder, 'out.txt'), 'utf8'), patched);
    assert.equal(statSync(path.join(folder, 'out.txt')).mode & 0o777, 0o640);
    assertOnly(folder, ['a.txt', 'b.json', 'out.txt']);
  });

  it('replaces a file and keeps its mode; through a link, too', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch, 'real/out.txt': 'old' });
    const real = path.join(folder, 'real/out.txt');
    const link = path.join(folder, 'out.txt');
    chmodSync(real, 0o604);
    symlinkSync('real/out.txt', link);
    assert.equal(
      firn(['apply', 'a.txt', '-p', 'b.json', '-o', 'out.txt'], { cwd: folder }).code,
      0,
    );
    assert.equal(readFileSync(real, 'utf8'), patched);
    assert.equal(lstatSync(real).mode & 0o777, 0o604);
    assert.equal(readlinkSync(link), 'real/out.txt');
    assertOnly(path.join(folder, 'real'), ['out.txt']);
  });

  it('writes to a pipe', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    const script = 'mkfifo pipe; cat pipe > got & "$@" -o pipe; wait';
    const call = [bin, 'apply', 'a.txt', '-p', 'b.json'];
    const ran = run('bash', ['-c', script, 'bash', ...call], { cwd: folder });
    assert.equal(ran.err, '');
    assert.equal(readFileSync(path.join(folder, 'got'), 'utf8'), patched);
    assert.ok(statSync(path.join(folder, 'pipe')).isFIFO());
  });

  it('takes the diff', (test) => {
    const folder = folderFor(test, { 'a.txt': text, 'b.json': batch });
    firn(['apply', 'a.txt', '-p', 'b.json', '--diff', '-o', 'a.diff'], { cwd: folder });
    const shown = firn(['apply', 'a.txt', '-p', 'b.json', '--diff'], { cwd: folder });
    assert.deepEqual(readFileSync(path.join(folder, 'a.diff')), shown.bytes);
    const plain = firn(
      ['apply', 'a.txt', '-p', 'b.json', '--diff', '--color', 'always', '-o', 'a.diff'],
      { cwd: folder },
    );
    assert.equal(plain.code, 0);
    assert.deepEqual(readFileSync(path.join(folder, 'a.diff')), shown.bytes);
  });

  it('leaves everything as it is when the batch is refused', (test) => {
    const folder = folderFor(test, {
      'a.txt': text,
      'out.txt': 'old',
      'b.json': json([{ op: 'delete', line: 9 }]),
    });
    assert.equal(
      firn(['apply', 'a.txt', '-p', 'b.json', '-o', 'out.txt'], { cwd: folder }).code,
      1,
    );
    assert.equal(readFileSync(path.join(folder, 'out.txt'), 'utf8'), 'old');
    assertOnly(folder, ['a.txt', 'b.json', 'out.txt']);
  });
});

describe('best-effort', () => {
  it('is foretold as it comes: what is left out takes no lines from others', (test) => {
    const overlapping = json([
      { op: 'delete', line: 1, endLine: 3 },
      { op: 'delete', line: 3, endLine: 5 },
      { op: 'delete', line: 5 },
    ]);
    const folder = folderFor(test, { 'a.txt': 'a\nb\nc\nd\ne\nf\n', 'b.json': overlapping });
    const call = ['a.txt', '-p', 'b.json', '--policy', 'best-effort'];
    const ask = (/** @type {string} */ command) => firn([command, ...call], { cwd: folder });
    assert.match(ask('apply').err, /\nfirn: 1 patch is left out, 2 applied\n$/);
    assert.match(ask('check').err, /\nfirn: 1 patch would be left out\n$/);
    assert.match(ask('explain').out, /\nThe batch .*leave out as many patches and apply 2\.\n$/);
    const facts = ['apply', 'check', 'explain'].map((command) => {
      const ran = firn([command, ...call, '--json'], { cwd: folder });
      const { violations, exitCode } = JSON.parse(ran.out);
      assert.equal(exitCode, ran.code);
      return { violations, exitCode };
    });
    assert.equal(facts[0]?.exitCode, 1);
    assert.deepEqual(facts[1], facts[0]);
    assert.deepEqual(facts[2], facts[0]);
  });

  it('writes what is lawful, and says that it is not all with exit code 1', (test) => {
    const some = json([
      { op: 'delete', line: 1 },
      { op: 'delete', line: 9 },
    ]);
    const folder = folderFor(test, { 'a.txt': 'one\ntwo\n', 'b.json': some });
    const args = ['apply', 'a.txt', '-p', 'b.json', '--policy', 'best-effort'];
    const ran = firn(args, { cwd: folder });
    assert.deepEqual([ran.code, ran.out], [1, 'two\n']);
    assert.match(
      ran.err,
      /^error\[line_out_of_range\][\s\S]*\nfirn: 1 patch is left out, 1 applied\n$/,
    );
    assert.equal(firn([...args, '--in-place'], { cwd: folder }).code, 1);
    assert.equal(readFileSync(path.join(folder, 'a.txt'), 'utf8'), 'two\n');
    const checked = firn(['check', ...args.slice(1)], { cwd: folder });
    assert.deepEqual([checked.code, checked.out], [1, '']);
    assert.match(checked.err, /\nfirn: 1 patch would be left out\n$/);
  });
});

describe('--ties keep-order', () => {
  it('lets several inserts go before one line', (test) => {
    const inserts = json([
      { op: 'insert', line: 2, text: 'a' },
      { op: 'insert', line: 2, text: 'b' },
      { op: 'delete', line: 2 },
    ]);
    const folder = folderFor(test, { 'a.txt': 'one\ntwo\n', 'b.json': inserts });
    const args = ['apply', 'a.txt', '-p', 'b.json'];
    assert.equal(firn(args, { cwd: folder }).code, 1);
    assert.equal(firn([...args, '--ties', 'keep-order'], { cwd: folder }).out, 'one\na\nb\n');
  });
});

describe('--diff', () => {
  const base = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');
  const changes = json([
    { op: 'replace', line: 2, text: 'zwei\nund mehr' },
    { op: 'delete', line: 18, endLine: 20 },
    { op: 'insert', line: 10, text: 'dazu' },
  ]);

  for (const name of ['a.txt', 'src/deep/a.txt', 'two words.txt', 'umläut.txt']) {
    for (const [program, ...args] of [
      ['git', 'apply'],
      ['patch', '-p1'],
    ]) {
      it(`of ${name} is taken by ${program}`, (test) => {
        const folder = folderFor(test, { [name]: base, 'b.json': changes });
        const expected = firn(['apply', name, '-p', 'b.json'], { cwd: folder }).out;
        const { bytes } = firn(['apply', name, '-p', 'b.json', '--diff'], { cwd: folder });
        // Nobody's repository further up has a say.
        const env = { GIT_CEILING_DIRECTORIES: path.dirname(folder) };
        const ran = run(program ?? '', args, { cwd: folder, input: bytes, env });
        assert.deepEqual([ran.code, ran.err], [0, '']);
        assert.equal(readFileSync(path.join(folder, name), 'utf8'), expected);
      });
    }
  }

  it('takes as much context as is asked for', (test) => {
    const folder = folderFor(test, { 'a.txt': base, 'b.json': changes });
    const args = ['apply', 'a.txt', '-p', 'b.json', '--diff', '--context'];
    const none = firn([...args, '0'], { cwd: folder }).out;
    assert.equal(none.match(/^@@/gm)?.length, 3);
    assert.doesNotMatch(none, /^ /m);
    assert.equal(firn([...args, '99'], { cwd: folder }).out.match(/^@@/gm)?.length, 1);
  });

  it('is nothing when nothing changes', (test) => {
    const folder = folderFor(test, { 'a.txt': base, 'b.json': '[]' });
    assert.equal(firn(['apply', 'a.txt', '-p', 'b.json', '--diff'], { cwd: folder }).out, '');
  });

  it('names a file elsewhere as the batch does, or by its last name', (test) => {
    const folder = folderFor(test, { 'a.txt': base, 'b.json': changes, 'here/x': '' });
    const cwd = path.join(folder, 'here');
    assert.match(
      firn(['apply', '../a.txt', '-p', '../b.json', '--diff'], { cwd }).out,
      /^--- a\/a\.txt\n/,
    );
    writeFileSync(
      path.join(folder, 'b.json'),
      json({ file: 'src/a.txt', patches: JSON.parse(changes) }),
    );
    assert.match(
      firn(['apply', '../a.txt', '-p', '../b.json', '--diff'], { cwd }).out,
      /^--- a\/src\/a\.txt\n/,
    );
    assert.match(
      firn(['apply', '-', '-p', '../b.json', '--diff'], { cwd, input: base }).out,
      /^--- a\/src\/a\.txt\n/,
    );
  });
});
