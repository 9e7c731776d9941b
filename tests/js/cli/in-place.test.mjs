// @ts-check
/**
 * --in-place: whatever happens, the file is what it was or what it should be, whole, and nothing is
 * left beside it.
 */
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { assertOnly, bin, firn, folderFor, json, run, start, works } from './run-firn.mjs';

const before = 'one\ntwo\n';
const after = 'two\n';
const deleteFirst = json([{ op: 'delete', line: 1 }]);
const call = ['apply', 'a.txt', '-p', 'b.json', '--in-place'];
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
// strace makes single calls to the system fail, which no test could otherwise.
const noStrace = !works('strace', ['-f', '-o', '/dev/null', 'true']) && 'needs strace';

/** @param {string} folder */
const content = (folder) => readFileSync(path.join(folder, 'a.txt'), 'utf8');

describe('--in-place', () => {
  it('replaces the file without a word and keeps its mode', (test) => {
    for (const mode of [0o600, 0o644, 0o755, 0o4751]) {
      const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
      const file = path.join(folder, 'a.txt');
      chmodSync(file, mode);
      const ran = firn(call, { cwd: folder });
      assert.deepEqual([ran.code, ran.out, ran.err], [0, '', '']);
      assert.equal(content(folder), after);
      assert.equal(statSync(file).mode & 0o7777, mode);
      assertOnly(folder, ['a.txt', 'b.json']);
    }
  });

  it('keeps the owner where it may', {
    skip: !isRoot && 'only root may give files away',
  }, (test) => {
    const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
    const file = path.join(folder, 'a.txt');
    chownSync(file, NOBODY, NOBODY);
    chmodSync(file, 0o4755);
    assert.equal(firn(call, { cwd: folder }).code, 0);
    const { uid, gid, mode } = statSync(file);
    assert.deepEqual([uid, gid, mode & 0o7777], [NOBODY, NOBODY, 0o4755]);
  });

  it('never passes set-user-id on to whom it does not belong', {
    skip: !isRoot && 'needs two users',
  }, (test) => {
    const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
    chmodSync(folder, 0o777);
    chmodSync(path.join(folder, 'a.txt'), 0o4777);
    assert.equal(firn(call, { cwd: folder, uid: NOBODY }).err, '');
    const { uid, mode } = statSync(path.join(folder, 'a.txt'));
    assert.deepEqual([uid, mode & 0o7777], [NOBODY, 0o777]);
  });

  it('follows a link to the file and keeps the link', (test) => {
    const folder = folderFor(test, { 'real/file.txt': before, 'b.json': deleteFirst });
    symlinkSync('real/file.txt', path.join(folder, 'first'));
    symlinkSync('first', path.join(folder, 'a.txt'));
    assert.equal(firn(call, { cwd: folder }).code, 0);
    assert.equal(readlinkSync(path.join(folder, 'a.txt')), 'first');
    assert.equal(readlinkSync(path.join(folder, 'first')), 'real/file.txt');
    assert.equal(readFileSync(path.join(folder, 'real/file.txt'), 'utf8'), after);
    assert.ok(lstatSync(path.join(folder, 'real/file.txt')).isFile());
    assertOnly(path.join(folder, 'real'), ['file.txt']);
  });

  it('does not touch a file that would stay as it is', (test) => {
    const same = json([{ op: 'replace', line: 1, text: 'one' }]);
    const folder = folderFor(test, { 'a.txt': before, 'b.json': same });
    const file = path.join(folder, 'a.txt');
    utimesSync(file, 1, 1);
    const { ino } = statSync(file);
    const ran = firn([...call, '--json'], { cwd: folder });
    assert.deepEqual(JSON.parse(ran.out).output, { path: 'a.txt', kind: 'text', written: false });
    assert.deepEqual([statSync(file).ino, statSync(file).mtimeMs], [ino, 1000]);
  });

  it('does not touch the file when the batch is refused', (test) => {
    const folder = folderFor(test, {
      'a.txt': before,
      'b.json': json([{ op: 'delete', line: 9 }]),
    });
    const { ino } = statSync(path.join(folder, 'a.txt'));
    assert.equal(firn(call, { cwd: folder }).code, 1);
    assert.equal(statSync(path.join(folder, 'a.txt')).ino, ino);
    assertOnly(folder, ['a.txt', 'b.json']);
  });

  it('is not for a file that is read-only', (test) => {
    const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
    chmodSync(folder, 0o777);
    chmodSync(path.join(folder, 'a.txt'), 0o444);
    const ran = firn(call, { cwd: folder, ...(isRoot ? { uid: NOBODY } : {}) });
    assert.deepEqual([ran.code, ran.err], [2, "firn: cannot write 'a.txt': permission denied\n"]);
    assert.equal(content(folder), before);
  });

  it('needs a directory in which it may make a file', (test) => {
    const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
    chmodSync(path.join(folder, 'a.txt'), 0o666);
    chmodSync(folder, 0o555);
    const ran = firn(call, { cwd: folder, ...(isRoot ? { uid: NOBODY } : {}) });
    chmodSync(folder, 0o755);
    const message = "firn: cannot write 'a.txt': no permission to create a file in its directory\n";
    assert.deepEqual([ran.code, ran.err], [2, message]);
    assert.equal(content(folder), before);
  });

  it('refuses when the file has changed since it was read', async (test) => {
    const folder = folderFor(test, { 'a.txt': before });
    // The file is read first; then firn waits for the batch, which is a pipe.
    run('mkfifo', [path.join(folder, 'b.json')]);
    for (const args of [call, ['apply', 'a.txt', '-p', 'b.json', '-o', 'a.txt']]) {
      writeFileSync(path.join(folder, 'a.txt'), before);
      const { ended } = start(args, folder);
      const pipe = await openPipe(folder, ended);
      writeFileSync(path.join(folder, 'a.txt'), 'new\n');
      writeFileSync(pipe, deleteFirst);
      closeSync(pipe);
      const { code, err } = await ended;
      assert.equal(err, "firn: cannot write 'a.txt': it changed since it was read\n");
      assert.equal(code, 2);
      assert.equal(content(folder), 'new\n');
      assertOnly(folder, ['a.txt', 'b.json']);
    }
  });
});

describe('what changes while firn works', () => {
  it('is seen though size and time of modification are set back', async (test) => {
    const folder = folderFor(test, { 'a.txt': before });
    const file = path.join(folder, 'a.txt');
    run('mkfifo', [path.join(folder, 'b.json')]);
    utimesSync(file, 1, 1);
    const { ended } = start(call, folder);
    const pipe = await openPipe(folder, ended);
    writeFileSync(file, before.toUpperCase());
    utimesSync(file, 1, 1);
    writeFileSync(pipe, deleteFirst);
    closeSync(pipe);
    assert.equal((await ended).err, "firn: cannot write 'a.txt': it changed since it was read\n");
    assert.equal(content(folder), before.toUpperCase());
  });

  it('is not replaced where there was no file', { skip: noStrace }, (test) => {
    const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
    const inject = ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=link', '-e'];
    const args = [bin, ...call.slice(0, -1), '-o', 'c.txt'];
    const race = run('strace', [...inject, 'inject=link:error=EEXIST', ...args], { cwd: folder });
    const message = "firn: cannot write 'c.txt': someone else has made it meanwhile\n";
    assert.deepEqual([race.code, race.err], [2, message]);
    assertOnly(folder, ['a.txt', 'b.json']);
    // A file system without links.
    assert.equal(
      run('strace', [...inject, 'inject=link:error=EPERM', ...args], { cwd: folder }).code,
      0,
    );
    assert.equal(readFileSync(path.join(folder, 'c.txt'), 'utf8'), after);
    assertOnly(folder, ['a.txt', 'b.json', 'c.txt']);
  });
});

/**
 * The writing end of the pipe b.json, as soon as firn waits at the other.
 * @param {string} folder
 * @param {Promise<{ code: number | null, err: string }>} ended
 */
async function openPipe(folder, ended) {
  /** @type {{ code: number | null, err: string } | undefined} */
  let over;
  ended.then((result) => {
    over = result;
  });
  for (;;) {
    try {
      return openSync(path.join(folder, 'b.json'), constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENXIO')) throw error;
      assert.equal(over, undefined, 'firn ended before it read the batch');
      await sleep(10);
    }
  }
}

describe('--in-place, when the system fails', () => {
  const large = 'x'.repeat(99).concat('\n').repeat(3000);

  it('says that the file is too large where a limit is set', (test) => {
    const folder = folderFor(test, { 'a.txt': large, 'b.json': deleteFirst });
    const args = ['-c', 'ulimit -f 100; "$@"', 'bash', bin, ...call];
    // What Node counts for coverage is larger, too.
    const ran = run('bash', args, { cwd: folder, env: { NODE_V8_COVERAGE: '' } });
    const message = "firn: cannot write 'a.txt': it would be larger than is allowed\n";
    assert.deepEqual([ran.code, ran.err], [2, message]);
    assert.equal(content(folder), large);
    assertOnly(folder, ['a.txt', 'b.json']);
  });

  // A small file system of our own, where the system lets us have one.
  const mount = ['-rm', 'bash', '-c', 'mount -t tmpfs -o size=512k none "$1"', 'bash', tmpdir()];
  const noMount = !works('unshare', mount) && 'no file system may be mounted here';
  it('says that the disk is full', { skip: noMount }, (test) => {
    const folder = folderFor(test, { 'a.txt': large, 'b.json': deleteFirst, 'disk/x': '' });
    const script = `
      mount -t tmpfs -o size=512k none disk && cp a.txt b.json disk && cd disk
      "$@"; echo "exit $?"; cmp a.txt ../a.txt && ls -A`;
    const ran = run('unshare', ['-rm', 'bash', '-c', script, 'bash', bin, ...call], {
      cwd: folder,
    });
    assert.equal(ran.err, "firn: cannot write 'a.txt': no space left on the device\n");
    assert.equal(ran.out, 'exit 2\na.txt\nb.json\n');
  });

  for (const [fault, why] of [
    ['fsync:error=EIO:when=1', 'input/output error'],
    ['fsync:error=ENOSPC:when=1', 'no space left on the device'],
    ['fchmod:error=EPERM', 'the system does not permit it'],
    ['rename:error=EROFS', 'the file system is read-only'],
    ['rename:error=EBUSY', 'resource busy or locked'],
  ]) {
    it(`gives the file back unharmed: ${fault}`, { skip: noStrace }, (test) => {
      const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
      const [name] = String(fault).split(':');
      const options = [
        '-f',
        '-qq',
        '-o',
        '/dev/null',
        '-e',
        `trace=${name}`,
        '-e',
        `inject=${fault}`,
      ];
      const ran = run('strace', [...options, bin, ...call], { cwd: folder });
      assert.deepEqual([ran.code, ran.err], [2, `firn: cannot write 'a.txt': ${why}\n`]);
      assert.equal(content(folder), before);
      assertOnly(folder, ['a.txt', 'b.json']);
    });
  }

  it('says so when only the directory could not be flushed', { skip: noStrace }, (test) => {
    const folder = folderFor(test, { 'a.txt': before, 'b.json': deleteFirst });
    // Only calls that are about the directory itself.
    const options = ['-f', '-qq', '-o', '/dev/null', '-P', folder, '-e', 'inject=fsync:error=EIO'];
    const ran = run('strace', [...options, bin, ...call], { cwd: folder });
    assert.equal(ran.code, 2);
    assert.match(ran.err, /^firn: 'a\.txt' is written, but its directory could not be flushed: /);
    assert.equal(content(folder), after);
  });
});

describe('--in-place, when it is ended', () => {
  const large = 'a line of some length, over and over again\n'.repeat(700_000);
  const [first] = large.split('\n', 1);
  const largeAfter = large.slice(`${first}\n`.length);

  /** Ends firn as soon as the new file is being written. @param {string} folder @param {NodeJS.Signals} signal */
  async function endWhileWriting(folder, signal) {
    const { child, ended } = start(call, folder);
    let over = false;
    const result = ended.finally(() => {
      over = true;
    });
    const isWriting = () => readdirSync(folder).some((name) => name.endsWith('.tmp'));
    while (!over && !isWriting()) await sleep(1);
    const wasWriting = isWriting();
    child.kill(signal);
    return { ...(await result), wasWriting };
  }

  /** On a busy machine the moment may be missed, so there are several. @param {import('node:test').TestContext} test @param {NodeJS.Signals} signal */
  async function endInTheMiddle(test, signal) {
    for (let round = 0; round < 20; round += 1) {
      const folder = folderFor(test, { 'a.txt': large, 'b.json': deleteFirst });
      const { wasWriting, ...ended } = await endWhileWriting(folder, signal);
      if (wasWriting) return { folder, ...ended };
    }
    return assert.fail(`${signal} never came in the middle`);
  }

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])) {
    it(`by ${signal}, cleans up and ends by it`, async (test) => {
      const { folder, ...ended } = await endInTheMiddle(test, signal);
      const found = content(folder);
      // It may have come after the rename, just before the end.
      if (ended.signal === null) assert.deepEqual([ended.code, found === largeAfter], [0, true]);
      else assert.deepEqual([ended.signal, found === large], [signal, true]);
      assertOnly(folder, ['a.txt', 'b.json']);
    });
  }

  it('by SIGKILL, leaves the file whole', async (test) => {
    for (let round = 0; round < 3; round += 1) {
      const { folder } = await endInTheMiddle(test, 'SIGKILL');
      const found = content(folder);
      assert.ok(found === large || found === largeAfter, 'neither old nor new');
    }
  });
});
