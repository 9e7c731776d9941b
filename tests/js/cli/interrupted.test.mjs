// @ts-check
/**
 * An apply to a tree that is killed: at whatever moment, every file is whole, old or new, and the
 * tree can be finished or taken back.
 */
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { bin, firn, folderFor, run, start, works } from './run-firn.mjs';
import { makeTree, readTree } from './trees.mjs';

// strace ends the process at a call of our choice.
const noStrace = !works('strace', ['-f', '-o', '/dev/null', 'true']) && 'needs strace';
const JOURNAL = '.firn-journal';

/** @type {import('./trees.mjs').Tree} */
const old = {
  a: 'a\n',
  'deep/er/gone': 'g\n',
  'b*': 'b\n',
  'was-file': 'w\n',
  'was-folder/x': 'x\n',
  'was-folder/y': 'y\n',
};
/** @type {import('./trees.mjs').Tree} */
const renewed = {
  a: 'A\n',
  b: 'B\n',
  'made/here': 'new\n',
  'was-file/inner': 'i\n',
  'was-folder': 'f\n',
};

/** The old tree, and the diff to the new one. @param {import('node:test').TestContext} test */
function scene(test) {
  const cwd = folderFor(test);
  makeTree(path.join(cwd, 'old'), old);
  makeTree(path.join(cwd, 'new'), renewed);
  const { out } = run('git', ['diff', '--no-index', '--no-prefix', 'old', 'new'], { cwd });
  writeFileSync(path.join(cwd, 'c.diff'), out.replaceAll(/(^|\s)(old|new)\//g, '$1x/'));
  const reset = () => {
    rmSync(path.join(cwd, 'tree'), { recursive: true, force: true });
    cpSync(path.join(cwd, 'old'), path.join(cwd, 'tree'), { recursive: true });
  };
  const tree = () => readTree(path.join(cwd, 'tree'));
  reset();
  const [before, after] = ['old', 'new'].map((name) => readTree(path.join(cwd, name)));
  return { cwd, reset, tree, before, after };
}

/** Applies the diff, and is killed when it makes the call for the nth time. @param {string} cwd @param {string} fault */
function applyWith(cwd, fault) {
  const [name] = fault.split(':');
  const trace = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${name}`, '-e', `inject=${fault}`];
  return run('strace', [...trace, bin, 'apply', '-d', 'tree', '-p1', 'c.diff'], { cwd });
}

/** Every file is one of the old tree or of the new one, whole. @param {Record<string, string>} found @param {(Record<string, string> | undefined)[]} trees */
function assertWhole(found, trees) {
  for (const [name, content] of Object.entries(found)) {
    if (name === JOURNAL || path.basename(name).startsWith('.firn-')) continue;
    assert.ok(
      trees.some((tree) => tree?.[name] === content),
      `${name} is neither old nor new`,
    );
  }
}

describe('an apply to a tree that is killed', () => {
  it('can be finished and taken back after every single step', { skip: noStrace }, (test) => {
    const { cwd, reset, tree, before, after } = scene(test);
    let kills = 0;
    for (const call of ['rename', 'unlink', 'mkdir', 'rmdir']) {
      for (let nth = 1; ; nth += 1) {
        reset();
        const ran = applyWith(cwd, `${call}:signal=KILL:when=${nth}`);
        if (ran.signal === null && ran.code === 0) break;
        kills += 1;
        const killed = tree();
        assertWhole(killed, [before, after]);
        if (!(JOURNAL in killed)) {
          assert.deepEqual(killed, after, 'only when all is done is there no journal');
          continue;
        }
        const again = firn(['apply', '-d', 'tree', '-p1', 'c.diff'], { cwd });
        assert.match(again.err, /was cut short: "firn apply -d tree --continue" finishes it/);
        assert.equal(again.code, 2);
        assert.deepEqual(tree(), killed, 'nobody else decides');
        renameSync(path.join(cwd, 'tree'), path.join(cwd, 'copy'));
        cpSync(path.join(cwd, 'copy'), path.join(cwd, 'tree'), { recursive: true });
        const finished = firn(['apply', '-d', 'tree', '--continue'], { cwd });
        assert.match(finished.err, /^firn: 'tree' is as it should be: \d files\n$/);
        assert.deepEqual([finished.code, tree()], [0, after]);
        rmSync(path.join(cwd, 'tree'), { recursive: true });
        renameSync(path.join(cwd, 'copy'), path.join(cwd, 'tree'));
        const undone = firn(['apply', '-d', 'tree', '--abort'], { cwd });
        assert.match(undone.err, /^firn: 'tree' is as it was: \d files\n$/);
        assert.deepEqual([undone.code, tree()], [0, before]);
      }
    }
    assert.ok(kills >= 9, `${kills} moments`);
  });

  it('can be finished by one who is killed as well', { skip: noStrace }, (test) => {
    const { cwd, tree, before, after } = scene(test);
    assert.equal(applyWith(cwd, 'rename:signal=KILL:when=2').signal, 'SIGKILL');
    for (const deed of ['--continue', '--abort']) {
      // Each gets one step further than the one before.
      for (let nth = 1; nth <= 3; nth += 1) {
        const fault = `inject=rename:signal=KILL:when=${deed === '--abort' ? nth : 1}`;
        const trace = ['-f', '-qq', '-o', '/dev/null', '-e', fault];
        const ran = run('strace', [...trace, bin, 'apply', '-d', 'tree', deed], { cwd });
        assert.equal(ran.signal, 'SIGKILL');
        assertWhole(tree(), [before, after]);
        assert.ok(JOURNAL in tree());
      }
    }
    const message =
      'firn: taking back an earlier apply to \'tree\' was cut short: "firn apply -d tree --abort" finishes that\n';
    for (const args of [['--continue'], ['-p1', 'c.diff']]) {
      const ran = firn(['apply', '-d', 'tree', ...args], { cwd });
      assert.deepEqual([ran.code, ran.err], [2, message]);
    }
    assert.equal(
      firn(['apply', '-d', 'tree', '--abort'], { cwd }).err,
      "firn: 'tree' is as it was: 9 files\n",
    );
    assert.deepEqual(tree(), before);
  });

  it('is cleared away when it had changed nothing', { skip: noStrace }, (test) => {
    const { cwd, reset, tree, before, after } = scene(test);
    for (const nth of [1, 3]) {
      reset();
      // The first of these calls write the journal, those after it the new files.
      applyWith(cwd, `pwrite64,write,writev:signal=KILL:when=${nth}`);
      const killed = tree();
      for (const [name, content] of Object.entries(before ?? {}))
        assert.equal(killed[name], content);
      const next = firn(['apply', '-d', 'tree', '-p1', 'c.diff'], { cwd });
      assert.deepEqual([next.code, tree()], [0, after], next.err);
    }
  });

  for (const [fault, why] of /** @type {const} */ ([
    ['rename:error=EIO:when=2', 'input/output error'],
    ['rename:error=EROFS:when=4', 'the file system is read-only'],
    ['mkdir:error=ENOSPC:when=1', 'no space left on the device'],
    ['unlink:error=EPERM:when=1', 'the system does not permit it'],
  ])) {
    it(`takes back what it did: ${fault}`, { skip: noStrace }, (test) => {
      const { cwd, tree, before } = scene(test);
      const ran = applyWith(cwd, fault);
      assert.match(ran.err, new RegExp(`^firn: cannot write 'tree/.*': ${why}\n$`));
      assert.equal(ran.code, 2);
      assert.deepEqual(tree(), before);
    });
  }

  it('touches no file that somebody has changed since', { skip: noStrace }, (test) => {
    const { cwd, tree } = scene(test);
    applyWith(cwd, 'rename:signal=KILL:when=3');
    for (const name of ['a', 'b']) writeFileSync(path.join(cwd, 'tree', name), 'my own\n');
    const mine = tree();
    for (const deed of ['--continue', '--abort']) {
      const ran = firn(['apply', '-d', 'tree', deed], { cwd });
      assert.match(
        ran.err,
        /^firn: nothing is done: changed since the apply was cut short: "a", "b"; put them back, or delete 'tree\/\.firn-journal' to keep the tree as it is\n$/,
      );
      assert.equal(ran.code, 2);
      assert.deepEqual(tree(), mine);
    }
  });

  it('removes no file that somebody has changed since', { skip: noStrace }, (test) => {
    const { cwd, tree } = scene(test);
    applyWith(cwd, 'rename:signal=KILL:when=1');
    writeFileSync(path.join(cwd, 'tree/deep/er/gone'), 'my own\n');
    const mine = tree();
    for (const deed of ['--continue', '--abort']) {
      const ran = firn(['apply', '-d', 'tree', deed], { cwd });
      assert.match(
        ran.err,
        /^firn: nothing is done: .*: "deep\/er\/gone"; put it back, or delete /,
      );
      assert.deepEqual([ran.code, tree()], [2, mine]);
    }
  });

  it('is the same whenever the kill comes', async (test) => {
    const { cwd } = folderOf(test);
    const waits = Array.from({ length: 15 }, (_, at) => at * 4);
    let killed = 0;
    // On a busy machine every moment may be missed.
    for (let tries = 0; tries < waits.length || killed === 0; tries += 1) {
      assert.ok(tries < 100, 'no kill came in the middle');
      rmSync(path.join(cwd, 'tree'), { recursive: true, force: true });
      cpSync(path.join(cwd, 'old'), path.join(cwd, 'tree'), { recursive: true });
      const { child, ended } = start(['apply', '-d', 'tree', '-p1', 'c.diff'], cwd);
      let over = false;
      const result = ended.finally(() => {
        over = true;
      });
      while (!over && !existsSync(path.join(cwd, 'tree', JOURNAL))) await sleep(1);
      await sleep(waits[tries % waits.length]);
      child.kill('SIGKILL');
      const { signal } = await result;
      const found = readTree(path.join(cwd, 'tree'));
      for (const [name, content] of Object.entries(found)) {
        if (name.includes('.firn-')) continue;
        assert.ok(content === OLD || content === NEW, `${name} is torn`);
      }
      if (signal !== null && JOURNAL in found) killed += 1;
      const undone = firn(['apply', '-d', 'tree', '--abort'], { cwd });
      const contents = new Set(Object.values(readTree(path.join(cwd, 'tree'))));
      assert.equal(contents.size, 1, undone.err);
      assert.ok(!existsSync(path.join(cwd, 'tree', JOURNAL)));
    }
  });

  const OLD = `one\n${'x'.repeat(80)}\n`.repeat(200);
  const NEW = `two${OLD.slice(3)}`;

  /** Many files. @param {import('node:test').TestContext} test */
  function folderOf(test) {
    const names = Array.from({ length: 300 }, (_, file) => `f${file}`);
    const cwd = folderFor(test);
    makeTree(path.join(cwd, 'old'), Object.fromEntries(names.map((name) => [name, OLD])));
    const [, context] = OLD.split('\n');
    const hunk = `@@ -1,2 +1,2 @@\n-one\n+two\n ${context}\n`;
    const diff = names.map((name) => `--- a/${name}\n+++ b/${name}\n${hunk}`).join('');
    writeFileSync(path.join(cwd, 'c.diff'), diff);
    return { cwd };
  }
});

describe('a journal', () => {
  const ways = [['c.diff'], ['--check', 'c.diff'], ['--continue'], ['--abort']];

  /** Of a process that is no more. @param {string} cwd @param {object} fields */
  function writeJournal(cwd, fields, mode = 0o600) {
    const journal = path.join(cwd, 'tree', JOURNAL);
    const owner = { id: 2 ** 22 + 1, started: '1' };
    const header = { schema: 'firn.journal/1', process: owner, steps: [], ...fields };
    rmSync(journal, { force: true });
    writeFileSync(journal, `${JSON.stringify(header)}\n\nready +\n`);
    chmodSync(journal, mode);
    return journal;
  }

  it('with a header that is none is refused, whatever is missing', (test) => {
    const cwd = folderFor(test, { 'tree/f': 'a\n', 'c.diff': '' });
    for (const fields of [
      { process: undefined },
      { process: null },
      { process: { id: -1, started: '' } },
      { process: { id: 0, started: '' } },
      { process: { id: 2 ** 31, started: '' } },
      { process: { id: '1', started: '' } },
      { process: { id: 1 } },
      { schema: 'firn.journal/2' },
      { steps: undefined },
      { steps: { length: 1 } },
    ]) {
      writeJournal(cwd, fields);
      for (const args of ways) {
        const ran = firn(['apply', '-d', 'tree', ...args], { cwd });
        assert.match(
          ran.err,
          /^firn: cannot read 'tree\/\.firn-journal': it is no journal of Firn's: .*; delete it to go on without\n$/,
        );
        assert.equal(ran.code, 2);
      }
    }
  });

  it('is read only when this user alone can have written it', (test) => {
    const cwd = folderFor(test, { 'tree/f': 'a\n', 'c.diff': '', other: '{}\n' });
    const journal = path.join(cwd, 'tree', JOURNAL);
    /** @type {[RegExp, () => void][]} */
    const strangers = [
      [/its mode is not 0600/, () => writeJournal(cwd, {}, 0o644)],
      [/its mode is not 0600/, () => writeJournal(cwd, {}, 0o4600)],
      [/it is a symbolic link/, () => symlinkSync('../other', journal)],
      [/it is a symbolic link/, () => symlinkSync('nowhere', journal)],
      [/it is no regular file/, () => run('mkfifo', [journal])],
      [/it is no regular file/, () => mkdirSync(journal)],
    ];
    if (process.getuid?.() === 0) {
      strangers.push([
        /it belongs to another user/,
        () => chownSync(writeJournal(cwd, {}), 65534, 65534),
      ]);
    }
    for (const [reason, make] of strangers) {
      rmSync(journal, { recursive: true, force: true });
      make();
      for (const args of ways) {
        const ran = firn(['apply', '-d', 'tree', ...args], { cwd });
        assert.match(ran.err, reason);
        assert.equal(ran.code, 2);
      }
    }
  });

  it('gives no file a set-user-id', (test) => {
    const cwd = folderFor(test, { 'tree/f': 'a\n' });
    const uid = process.getuid?.() ?? 0;
    const gid = process.getgid?.() ?? 0;
    const before = { offset: 0, byteLength: 0, mode: 0o6755, uid, gid };
    writeJournal(cwd, { steps: [{ kind: 'remove', path: 'x', before }] });
    assert.equal(firn(['apply', '-d', 'tree', '--abort'], { cwd }).code, 0);
    assert.equal(statSync(path.join(cwd, 'tree/x')).mode & 0o7777, 0o755);
  });

  it('says how to go on in words that the shell takes', (test) => {
    const name = "it's here";
    const cwd = folderFor(test);
    mkdirSync(path.join(cwd, 'tree'));
    writeJournal(cwd, {});
    renameSync(path.join(cwd, 'tree'), path.join(cwd, name));
    const { err } = firn(['apply', '-d', name], { cwd, input: '' });
    const [, command] = /"(firn apply [^"]* --abort)"/.exec(err) ?? [];
    assert.ok(command, err);
    const ran = run('sh', ['-c', command.replace('firn', '"$0"'), bin], { cwd });
    assert.equal(ran.err, `firn: '${name}' is as it was: 0 files\n`);
  });

  it('that Firn has not written is not believed', (test) => {
    const cwd = folderFor(test, { 'tree/f': 'f\n', outside: 'mine\n' });
    mkdirSync(path.join(cwd, 'out/empty'), { recursive: true });
    symlinkSync('../out', path.join(cwd, 'tree/link'));
    const step = {
      kind: 'write',
      staged: '.firn-0123456789abcdef-0.tmp',
      byteLength: 0,
      crc32: 0,
      before: null,
    };
    const before = { offset: 0, byteLength: 0, mode: 0o644, uid: 0, gid: 0 };
    for (const steps of [
      [{ ...step, path: '../outside' }],
      [{ ...step, path: '/etc/passwd' }],
      [{ ...step, path: 'x/../../outside' }],
      [{ ...step, path: '.git/config' }],
      [{ ...step, path: 'f', staged: '../outside' }],
      [{ ...step, path: 'f', staged: 'f' }],
      [{ kind: 'remove', path: '../outside', before }],
      [{ kind: 'remove', path: 'f', before: null }],
      [{ kind: 'remove', path: 'f', before: { ...before, mode: 0o10000 } }],
      [{ kind: 'remove', path: 'f', before: { ...before, uid: -1 } }],
      [{ kind: 'remove', path: 'f', before: { ...before, offset: 1 } }],
      [{ kind: 'remove', path: 'f', before: { ...before, byteLength: 0.5 } }],
      [{ kind: 'prune', path: '' }],
      [{ kind: 'chmod', path: 'f' }],
      [{ kind: 'folder' }],
      [{ ...step, path: 'f', staged: JOURNAL }],
      [{ ...step, path: 'f', crc32: '0' }],
      [{ ...step, path: 'link/f' }],
      [{ ...step, path: 'f', staged: 'link/.firn-0123456789abcdef-0.tmp' }],
      [{ kind: 'folder', path: 'link/made' }],
      [{ kind: 'prune', path: 'link/empty' }],
      [null],
      'steps',
    ]) {
      writeJournal(cwd, { steps });
      for (const deed of ['--continue', '--abort']) {
        const ran = firn(['apply', '-d', 'tree', deed], { cwd });
        assert.match(
          ran.err,
          /^firn: cannot read 'tree\/\.firn-journal': it is no journal of Firn's|"link" is a symbolic link/,
        );
        assert.equal(ran.code, 2);
      }
    }
    assert.equal(readFileSync(path.join(cwd, 'outside'), 'utf8'), 'mine\n');
    assert.deepEqual(readdirSync(path.join(cwd, 'out')), ['empty']);
  });

  it('of one who is still at work keeps others out', async (test) => {
    const cwd = folderFor(test, { 'tree/f': 'a\n' });
    const stat = readFileSync(`/proc/${process.pid}/stat`, 'latin1');
    const started = stat.slice(stat.lastIndexOf(')')).split(' ')[20];
    writeJournal(cwd, { process: { id: process.pid, started } });
    for (const args of [['c.diff'], ['--continue'], ['--abort']]) {
      const ran = firn(['apply', '-d', 'tree', ...args], { cwd });
      const message = `firn: 'tree' is being worked on by another firn, process ${process.pid}\n`;
      assert.deepEqual([ran.code, ran.err], [2, message]);
    }
  });

  it('that is not there leaves nothing to finish', (test) => {
    const cwd = folderFor(test, { 'tree/f': 'a\n' });
    for (const deed of ['--continue', '--abort']) {
      const ran = firn(['apply', '-d', 'tree', deed], { cwd });
      assert.deepEqual([ran.code, ran.err], [2, "firn: no apply to 'tree' was cut short\n"]);
    }
  });
});
