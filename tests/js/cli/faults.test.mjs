// @ts-check
/**
 * What changes files, when the process dies or the system fails at any call that changes something: each file is whole, old or
 * new, nothing else is touched, and the same command given again comes to the same end.
 *
 * In `make test` each command dies at every call that names a file; `FIRN_FAULTS=all`, as in `make faults`, adds each write.
 */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';

import { bin, firn, folderFor, run, start, works } from './run-firn.mjs';
import { batch, cart, manifest, shopFor } from './shop.mjs';
import { readTree } from './trees.mjs';

// strace ends the process at a call of our choice, or makes the call fail.
const noStrace = !works('strace', ['-f', '-o', '/dev/null', 'true']) && 'needs strace';
const { FIRN_FAULTS } = process.env;
const isAll = FIRN_FAULTS === 'all';
const TEMPORARY = /(^|\/)\.firn-/;

/** @typedef {import('node:test').TestContext} Test */
/**
 * @typedef {object} Scene a folder in which a command changes files
 * @property {string} what
 * @property {string[]} args
 * @property {(test: Test) => string} prepare makes the folder
 * @property {{ finish: string[], abort: string[] }} [begun] what ends it where it has begun; default the command itself
 */

const diffOfTree = `--- a/src/Cart.jsx
+++ b/src/Cart.jsx
@@ -2 +2 @@
-line 2
+zwei
--- a/style.css
+++ /dev/null
@@ -1,2 +0,0 @@
-.cart { color: red }
-.sum { color: blue }
--- /dev/null
+++ b/neu/hier.css
@@ -0,0 +1 @@
+a {}
`;

const files = {
  'b.json': batch(3, 'drei'),
  'c.diff': diffOfTree,
  'edited.jsx': cart.replace('line 3', 'drei').replace('line 9', 'neun'),
  'next/src/Cart.jsx': `licence\n${cart}`,
  'next/style.css': '',
  'outside/precious': 'p\n',
};

/** @param {Test} test */
const empty = (test) => shopFor(test, files);

/** A shop whose set has a patch already. @param {Test} test */
function recorded(test) {
  const cwd = empty(test);
  const ran = firn(['add', '--root', 'shop', 'b.json'], { cwd });
  assert.equal(ran.code, 0, ran.err);
  return cwd;
}

/** @type {readonly Scene[]} */
const scenes = [
  { what: 'firn add', args: ['add', '--root', 'shop', 'b.json'], prepare: empty },
  {
    what: 'firn edit',
    args: ['edit', '--root', 'shop', 'src/Cart.jsx'],
    prepare: recorded,
  },
  {
    what: 'firn remove',
    args: ['remove', '--root', 'shop', 'cart'],
    prepare: recorded,
  },
  {
    what: 'firn rebase --write',
    args: ['rebase', '--root', 'shop', '--onto', 'next', '--write'],
    prepare: recorded,
  },
  {
    what: 'firn build',
    args: ['build', '--root', 'shop', '--out', 'out'],
    prepare: recorded,
  },
  {
    what: 'firn apply -d',
    args: ['apply', '-d', 'shop', '-p1', 'c.diff'],
    prepare: empty,
    begun: {
      finish: ['apply', '-d', 'shop', '--continue'],
      abort: ['apply', '-d', 'shop', '--abort'],
    },
  },
];

/** The editor of firn edit: it takes what was edited elsewhere. @param {string} cwd */
const editor = (cwd) => ({ VISUAL: `cp '${cwd}/edited.jsx'`, EDITOR: 'false' });

/** Who has died is waited for, for ten seconds: by a clock that runs a hundred times as fast. */
const hasty =
  'const { now } = Date; const begin = now(); Date.now = () => begin + (now() - begin) * 100;';
const impatient = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hasty)}`,
};

/** The calls of Node and of the addon that change what a folder holds. */
const NAMING = [
  'rename',
  'renameat',
  'renameat2',
  'unlink',
  'unlinkat',
  'mkdir',
  'mkdirat',
  'rmdir',
];
const WRITING = ['fsync', 'write', 'pwrite64', 'copy_file_range', 'linkat', 'symlinkat', 'fchmod'];

/** Everything in the folder but what Firn itself has begun. @param {string} cwd */
function contents(cwd) {
  const tree = Object.entries(readTree(cwd)).filter(([name]) => !TEMPORARY.test(name));
  return Object.fromEntries(tree);
}

/** The folder of a scene, as often as it is wanted; what is in it before the command, and behind it. @param {Test} test @param {Scene} scene */
function stageOf(test, { args, prepare }) {
  const master = prepare(test);
  const cwd = path.join(folderFor(test), 'work');
  const reset = () => {
    rmSync(cwd, { recursive: true, force: true });
    cpSync(master, cwd, { recursive: true });
  };
  reset();
  const before = contents(cwd);
  const names = isAll ? [...NAMING, ...WRITING] : NAMING;
  const trace = path.join(master, 'trace.txt');
  const strace = ['-f', '-qq', '-o', trace, '-e', `trace=${names}`, bin, ...args];
  const ran = run('strace', strace, { cwd, env: editor(cwd) });
  assert.equal(ran.code, 0, ran.err);
  assertTidy(cwd);
  const done = contents(cwd);
  assert.notDeepEqual(done, before);
  const made = readFileSync(trace, 'utf8');
  rmSync(trace);
  const calls = names.filter((name) => new RegExp(` ${name}\\(`).test(made));
  return { cwd, reset, before, done, calls };
}

/** Nothing temporary is left. @param {string} cwd */
function assertTidy(cwd) {
  const names = readdirSync(cwd, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    names.filter((name) => TEMPORARY.test(name)),
    [],
  );
}

/** Every file is old or new, whole, and none is lost. @param {string} cwd @param {Record<string, string>} before @param {Record<string, string>} done @param {string} when */
function assertWhole(cwd, before, done, when) {
  const found = contents(cwd);
  for (const name of new Set([...Object.keys(found), ...Object.keys(before)])) {
    const isOld = found[name] === before[name];
    assert.ok(isOld || found[name] === done[name], `${name} is neither old nor new: ${when}`);
  }
}

/** Runs the command with a fault in it. @param {string} cwd @param {Scene} scene @param {string} fault as strace has it */
function runWith(cwd, { args }, fault) {
  const [call = ''] = fault.split(':');
  const trace = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${fault}`];
  return run('strace', [...trace, bin, ...args], { cwd, env: editor(cwd) });
}

/**
 * Gives the command again: it finishes what was begun, or says that nothing is left to do.
 * @param {string} cwd @param {Scene} scene @param {Record<string, string>} done @param {string} when
 */
function finish(cwd, { args, begun }, done, when) {
  const env = { ...editor(cwd), ...impatient };
  const isBegun = existsSync(path.join(cwd, 'shop/.firn-journal'));
  let ran = firn(isBegun && begun ? begun.finish : args, { cwd, env });
  // What had changed no file yet is not continued: it is cleared away, and begun anew.
  if (begun && /cut short before it changed a file/.test(ran.err)) {
    assert.equal(firn(begun.abort, { cwd, env }).code, 0, when);
    ran = firn(args, { cwd, env });
  }
  assert.deepEqual(contents(cwd), done, `${when}, and run again: ${ran.err}`);
}

describe('killed at any call that changes something,', { skip: noStrace }, () => {
  for (const scene of scenes) {
    it(`${scene.what} leaves every file old or new, and can be finished`, (test) => {
      const { cwd, reset, before, done, calls } = stageOf(test, scene);
      let kills = 0;
      for (const call of calls) {
        for (let nth = 1; ; nth += 1) {
          reset();
          const when = `killed at ${call} ${nth}`;
          const { signal, code, err } = runWith(cwd, scene, `${call}:signal=KILL:when=${nth}`);
          if (signal === null && code === 0) break;
          // strace follows the editor as well: if that is who died, firn says so.
          const isEditor = /^firn: the editor .* failed/m.test(err);
          assert.ok(signal === 'SIGKILL' || isEditor, `${when}: ${err}`);
          kills += 1;
          assertWhole(cwd, before, done, when);
          finish(cwd, scene, done, when);
        }
      }
      assert.ok(kills >= 3, `${kills} kills`);
      test.diagnostic(`${kills} kills`);
    });
  }
});

describe('where the system refuses a call that changes something,', { skip: noStrace }, () => {
  const first = isAll
    ? [...NAMING, ...WRITING].flatMap((call) => [`${call}:error=ENOSPC`, `${call}:error=EIO`])
    : ['rename:error=EIO', 'fsync:error=ENOSPC', 'mkdir:error=EACCES', 'unlink:error=EROFS'];
  const faults = first.map((fault) => `${fault}:when=1`);
  // The first writes of Node are to itself, to wake its threads: a full disk is met by those behind.
  for (let nth = 2; isAll && nth <= 30; nth += 1) faults.push(`write:error=ENOSPC:when=${nth}`);
  for (const scene of scenes) {
    it(`${scene.what} says so, and leaves every file old or new`, (test) => {
      const { cwd, reset, before, done } = stageOf(test, scene);
      let refusals = 0;
      for (const fault of faults) {
        reset();
        const { signal, code, err } = runWith(cwd, scene, fault);
        assertWhole(cwd, before, done, fault);
        // Node that cannot wake its own threads ends itself.
        if (signal === 'SIGABRT' && fault.startsWith('write:')) {
          finish(cwd, scene, done, fault);
          continue;
        }
        assert.equal(signal, null, fault);
        // What is not needed may fail: then the work is done.
        if (code === 0) assert.deepEqual(contents(cwd), done, fault);
        else refusals += 1;
        // An editor that fails has its own words first.
        if (code !== 0) assert.match(err, /^firn: /m, fault);
      }
      assert.ok(refusals >= 1, 'nothing was refused');
      test.diagnostic(`${refusals} refusals`);
    });
  }
});

describe('commands that change one set at one time', () => {
  it('come one after the other, or say that it changed: no patch is lost', async (test) => {
    const cwd = empty(test);
    const numbers = [1, 2, 3, 4];
    for (const line of numbers) writeFileSync(path.join(cwd, `${line}.json`), batch(line, 'new'));
    const ends = await Promise.all(
      numbers.map((line) => {
        const args = ['add', '--root', 'shop', `${line}.json`, '--id', `p${line}`];
        return start(args, cwd).ended;
      }),
    );
    const recordedIds = numbers
      .filter((_, index) => ends[index]?.code === 0)
      .map((line) => `p${line}`);
    for (const { code, err } of ends) {
      if (code !== 0)
        assert.match(err, /^firn: "patches\/s\/firn\.json" changed since it was read\n$/);
    }
    assert.ok(recordedIds.length > 0);
    const ids = manifest(cwd).patches.map((/** @type {{ id: string }} */ { id }) => id);
    assert.deepEqual(ids.sort(), recordedIds);
    assertTidy(cwd);
    const built = firn(['build', '--root', 'shop', '--out', 'out'], { cwd });
    assert.equal(built.code, 0, built.err);
  });

  it('build into one folder: one of them makes it, the others say so', async (test) => {
    const cwd = recorded(test);
    const args = ['build', '--root', 'shop', '--out', 'out'];
    const ends = await Promise.all([1, 2, 3].map(() => start(args, cwd).ended));
    assert.deepEqual(ends.map(({ code }) => code).sort(), [0, 2, 2]);
    for (const { code, err } of ends)
      if (code !== 0)
        assert.match(err, /^firn: cannot write 'out': (it is there already|directory not empty)/);
    assertTidy(cwd);
    assert.match(contents(cwd)['out/src/Cart.jsx'] ?? '', /^line 1\nline 2\ndrei\n/);
  });
});
