// @ts-check
/**
 * The addon's own way of applying a plain diff to a tree, held against the command's, which is what
 * runs on WebAssembly; and killed, and refused by the system, in the middle of it.
 */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { bin, firn, folderFor, run, works } from './run-firn.mjs';
import { edited, makeTree, randomLines, randomNumbers, readTree } from './trees.mjs';

const noStrace = !works('strace', ['-f', '-o', '/dev/null', 'true']) && 'needs strace';
const { FIRN_SEED = '20261121' } = process.env;
const JOURNAL = '.firn-journal';

/** @typedef {import('./trees.mjs').Tree} Tree */

/** The diff from one tree to the other. @param {string} cwd @param {Tree} before @param {Tree} after */
function diffOf(cwd, before, after) {
  for (const name of ['a', 'b']) rmSync(path.join(cwd, name), { recursive: true, force: true });
  makeTree(path.join(cwd, 'a'), before);
  makeTree(path.join(cwd, 'b'), after);
  return run('git', ['diff', '--no-index', '--no-prefix', 'a', 'b'], { cwd }).out;
}

/** What the call did to the tree, and said, on each backend. @param {string} cwd @param {readonly string[]} args */
function onBoth(cwd, args) {
  return ['native', 'wasm'].map((backend) => {
    rmSync(path.join(cwd, 'tree'), { recursive: true, force: true });
    cpSync(path.join(cwd, 'start'), path.join(cwd, 'tree'), { recursive: true });
    const call = ['apply', '-d', 'tree', '-p1', '--backend', backend, ...args, 'c.diff'];
    const { code, out, err } = firn(call, { cwd });
    return {
      code,
      err,
      out: out.replace(`"${backend}"`, '"…"'),
      tree: readTree(path.join(cwd, 'tree')),
    };
  });
}

/** Which call puts new files in place tells who did it. @param {string} cwd @param {readonly string[]} args */
function isDoneByTheAddon(cwd, args) {
  const trace = ['-f', '-qq', '-e', 'trace=rename,renameat2', '-o', 'trace.txt'];
  const ran = run('strace', [...trace, bin, 'apply', '-d', 'tree', '-p1', ...args, 'c.diff'], {
    cwd,
  });
  assert.equal(ran.code, 0, ran.err);
  const calls = readFileSync(path.join(cwd, 'trace.txt'), 'utf8');
  assert.match(calls, /rename(?:at2)?\(/);
  return /renameat2\(/.test(calls);
}

describe('a plain diff, applied by the addon', () => {
  it('makes what the command makes of it, and says the same', (test) => {
    const seed = Number(FIRN_SEED);
    const random = randomNumbers(seed);
    for (let round = 0; round < 12; round += 1) {
      const cwd = folderFor(test);
      /** @type {[Tree, Tree, Tree]} */
      const [before, after, start] = [{}, {}, {}];
      for (let file = 0; file <= random(6); file += 1) {
        const name = `${['', 'src/', 'src/deep er/', '.config/'][random(4)]}f${file}${['', '*'][random(2)]}`;
        const lines = ['first', ...randomLines(random, 30), 'last'];
        before[name] = `${lines.join('\n')}\n`;
        after[name] = `${edited(random, lines).join('\n')}\n`;
        // Drifted, or not there any more.
        start[name] = random(4) === 0 ? `${edited(random, lines).join('\n')}\n` : before[name];
        if (random(20) === 0) delete start[name];
      }
      makeTree(path.join(cwd, 'start'), start);
      writeFileSync(path.join(cwd, 'c.diff'), diffOf(cwd, before, after));
      const args =
        [
          [],
          ['-F2'],
          ['--json', '--placement', 'search'],
          ['-v'],
          ['-R'],
          ['--policy', 'best-effort'],
        ][random(6)] ?? [];
      const [native, wasm] = onBoth(cwd, args);
      assert.deepEqual(native, wasm, `FIRN_SEED=${seed}, round ${round}, ${args.join(' ')}`);
    }
  });

  it('is what is plain, and nothing else', { skip: noStrace }, (test) => {
    const cwd = folderFor(test);
    const before = { f: 'a\n', 'src/g*': 'a\n' };
    makeTree(path.join(cwd, 'tree'), before);
    writeFileSync(path.join(cwd, 'c.diff'), diffOf(cwd, before, { f: 'b\n', 'src/g*': 'b\n' }));
    assert.equal(isDoneByTheAddon(cwd, []), true);
    assert.equal(isDoneByTheAddon(cwd, ['-R', '--json']), true);
    assert.equal(isDoneByTheAddon(cwd, ['--backend', 'wasm']), false);
    writeFileSync(
      path.join(cwd, 'c.diff'),
      diffOf(cwd, { f: 'b\n' }, { f: 'c\n', 'src/new': 'n\n' }),
    );
    assert.equal(isDoneByTheAddon(cwd, []), false);
  });

  it('keeps the mode of every file', (test) => {
    const cwd = folderFor(test);
    makeTree(path.join(cwd, 'start'), { f: 'a\n', g: 'a\n' });
    chmodSync(path.join(cwd, 'start/f'), 0o640);
    chmodSync(path.join(cwd, 'start/g'), 0o777);
    writeFileSync(
      path.join(cwd, 'c.diff'),
      diffOf(cwd, { f: 'a\n', 'g*': 'a\n' }, { f: 'b\n', 'g*': 'b\n' }),
    );
    const [native, wasm] = onBoth(cwd, []);
    assert.deepEqual(native, wasm);
    assert.deepEqual(native?.tree, { f: 'b\n', 'g*': 'b\n' });
  });
});

describe('the addon, stopped in the middle of a plain diff', () => {
  const names = Array.from(
    { length: 9 },
    (_, file) => `${['', 'src/', 'src/in/'][file % 3]}f${file}`,
  );
  const treeOf = (/** @type {string} */ content) =>
    Object.fromEntries(names.map((name) => [name, content]));

  /** @param {import('node:test').TestContext} test */
  function scene(test) {
    const cwd = folderFor(test);
    writeFileSync(path.join(cwd, 'c.diff'), diffOf(cwd, treeOf('old\n'), treeOf('new\n')));
    const reset = () => {
      rmSync(path.join(cwd, 'tree'), { recursive: true, force: true });
      cpSync(path.join(cwd, 'a'), path.join(cwd, 'tree'), { recursive: true });
    };
    reset();
    return { cwd, reset, tree: () => readTree(path.join(cwd, 'tree')) };
  }

  /** Something happens to a thread when it makes the call for the nth time. @param {string} cwd @param {string} fault */
  function applyWith(cwd, fault) {
    const trace = [
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      `trace=${fault.split(':')[0]}`,
      '-e',
      `inject=${fault}`,
    ];
    return run('strace', [...trace, bin, 'apply', '-d', 'tree', '-p1', 'c.diff'], { cwd });
  }

  for (const call of ['renameat2', 'unlinkat', 'write', 'writev', 'newfstatat']) {
    it(`by a kill at ${call}, leaves what can be finished and taken back`, {
      skip: noStrace,
    }, (test) => {
      const { cwd, reset, tree } = scene(test);
      let kills = 0;
      for (let nth = 1; nth <= 4; nth += 1) {
        reset();
        const { signal } = applyWith(cwd, `${call}:signal=KILL:when=${nth}`);
        if (signal === null) break;
        kills += 1;
        const killed = tree();
        for (const [name, content] of Object.entries(killed)) {
          if (name.includes('.firn-')) continue;
          assert.ok(content === 'old\n' || content === 'new\n', `${name} is torn`);
        }
        for (const deed of JOURNAL in killed ? ['--continue', '--abort'] : []) {
          cpSync(path.join(cwd, 'tree'), path.join(cwd, 'copy'), { recursive: true });
          const ran = firn(['apply', '-d', 'tree', deed], { cwd });
          const isBegun = !/before it changed a file/.test(ran.err);
          if (isBegun)
            assert.deepEqual(tree(), treeOf(deed === '--abort' ? 'old\n' : 'new\n'), ran.err);
          else
            assert.deepEqual([deed, tree()], ['--continue', killed], 'there is nothing to finish');
          rmSync(path.join(cwd, 'tree'), { recursive: true });
          cpSync(path.join(cwd, 'copy'), path.join(cwd, 'tree'), { recursive: true });
          rmSync(path.join(cwd, 'copy'), { recursive: true });
        }
      }
      assert.ok(kills > 0, 'no kill came');
    });
  }

  it('by a file system that exchanges no files, renames over them', { skip: noStrace }, (test) => {
    const { cwd, tree } = scene(test);
    const ran = applyWith(cwd, 'renameat2:error=EINVAL');
    assert.deepEqual([ran.code, ran.err, tree()], [0, '', treeOf('new\n')]);
  });

  it('by an exchange that fails, takes back what it did', { skip: noStrace }, (test) => {
    const { cwd, tree } = scene(test);
    const ran = applyWith(cwd, 'renameat2:error=EIO:when=1');
    assert.match(ran.err, /^firn: cannot write 'tree\/.*': input\/output error\n$/);
    assert.deepEqual([ran.code, tree()], [2, treeOf('old\n')]);
  });

  it('by a full disk before the first exchange, leaves it to the command, which says so', {
    skip: noStrace,
  }, (test) => {
    const { cwd, tree } = scene(test);
    const ran = applyWith(cwd, 'writev:error=ENOSPC');
    assert.match(
      ran.err,
      /^firn: cannot write 'tree\/.firn-journal': no space left on the device\n$/,
    );
    assert.deepEqual([ran.code, tree()], [2, treeOf('old\n')]);
  });
});
