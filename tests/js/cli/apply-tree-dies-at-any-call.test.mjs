// @ts-check
/**
 * An apply to a tree that ends at each call it makes to the file system, and then its --continue or
 * --abort at each of theirs. A process that is dead makes no more calls: from the chosen one on, none
 * does anything. So thousands of deaths take seconds; interrupted.test.mjs kills real processes.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { bin, folderFor } from './run-firn.mjs';
import { makeTree, readTree } from './trees.mjs';

const dist = path.join(path.dirname(fs.realpathSync(bin)), '../dist');
const load = (/** @type {string} */ name) => import(pathToFileURL(path.join(dist, name)).href);
const [{ commit }, { Draft }, { stepsFor }, { finishEarlier, undoEarlier }, { Root }] =
  await Promise.all(
    ['commit', 'draft', 'plan', 'recover', 'root'].map((name) => load(`tree/${name}.js`)),
  );

const JOURNAL = '.firn-journal';
const deeds = { '--continue': finishEarlier, '--abort': undoEarlier };

/** @type {import('./trees.mjs').Tree} */
const old = {
  a: 'a\n',
  'deep/er/gone': 'gone\n',
  'was-file': 'a file\n',
  'was-folder/in/x': 'x\n',
  'was-folder/y': 'y\n',
};
/** @type {import('./trees.mjs').Tree} */
const renewed = {
  a: 'A\n',
  'made/here/b': 'b\n',
  'was-file/inner': 'inner\n',
  'was-folder': 'now a file\n',
};

const changing = /** @type {const} */ ([
  'chmodSync',
  'chownSync',
  'fchmodSync',
  'fchownSync',
  'mkdirSync',
  'renameSync',
  'rmdirSync',
  'unlinkSync',
  'writeSync',
  'writevSync',
]);

class Dead extends Error {}

/** How many calls are left until death, and whether the last one gets as far as its first byte. */
const life = { left: Infinity, torn: false };

/** @param {string} name @param {(...args: any[]) => any} call */
function mortal(name, call) {
  return (/** @type {any[]} */ ...args) => {
    if (name === 'openSync' && (Number(args[1]) & fs.constants.O_CREAT) === 0) return call(...args);
    life.left -= 1;
    if (life.left >= 0) return call(...args);
    if (life.left === -1 && life.torn) writeFirstByte(name, call, args);
    throw new Dead();
  };
}

/** @param {string} name @param {(...args: any[]) => any} call @param {any[]} args */
function writeFirstByte(name, call, [fd, data, ...rest]) {
  if (name === 'writevSync') call(fd, [data[0].subarray(0, 1)]);
  else if (name !== 'writeSync') return;
  else if (typeof data === 'string') call(fd, data.charAt(0), ...rest);
  else call(fd, data, rest[0], 1, rest[2]);
}

/** Does the deed until it makes so many calls. @param {number} calls @param {() => unknown} deed */
async function until(calls, deed, torn = false) {
  Object.assign(life, { left: calls, torn });
  try {
    await deed();
    return undefined;
  } catch (error) {
    return life.left < 0 ? new Dead() : /** @type {Error} */ (error);
  } finally {
    life.left = Infinity;
  }
}

/** Makes the old tree the new one. @param {string} tree */
async function apply(tree) {
  const root = new Root(tree);
  const draft = new Draft(root);
  for (const name of Object.keys(old))
    if (draft.file(name) && !(name in renewed)) draft.remove(name);
  for (const [name, content] of Object.entries(renewed)) {
    draft.write(name, { bytes: Buffer.from(content), mode: draft.file(name)?.mode });
  }
  await commit(root, stepsFor(draft.deeds(), root), { flush: false });
}

/** Makes a journal of ours that of a process which is no more. @param {string} tree */
function orphan(tree) {
  const journal = path.join(tree, JOURNAL);
  const bytes = fs.readFileSync(journal, 'latin1');
  const dead = `"process":{"id":${2 ** 22 + 1},"started":"1"}`;
  fs.writeFileSync(journal, bytes.replace(/"process":\{[^}]*\}/, dead), 'latin1');
}

/** All names, of folders too, and what the files hold. @param {string} folder */
function snapshotOf(folder) {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return { names, files: readTree(folder) };
}

/** In memory, where there is such a place: thousands of trees are made. @param {import('node:test').TestContext} test */
function quickFolderFor(test) {
  if (!fs.existsSync('/dev/shm')) return folderFor(test);
  const folder = fs.mkdtempSync('/dev/shm/firn-cli-');
  test.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('an apply to a tree that dies at any call', () => {
  const real = new Map();
  before(() => {
    for (const name of [...changing, 'openSync']) {
      const call = /** @type {any} */ (fs)[name];
      real.set(name, call);
      /** @type {any} */ (fs)[name] = mortal(name, call);
    }
    syncBuiltinESMExports();
  });
  after(() => {
    Object.assign(fs, Object.fromEntries(real));
    syncBuiltinESMExports();
  });

  for (const torn of [false, true]) {
    it(`can be finished and taken back, whenever that dies: ${torn ? 'writes torn' : 'calls whole'}`, async (test) => {
      const cwd = quickFolderFor(test);
      const [from, to, tree, found] = ['old', 'new', 'tree', 'found'].map((name) =>
        path.join(cwd, name),
      );
      if (!from || !to || !tree || !found) throw new Error('no folders');
      const [asItWas, asItShouldBe] = [makeTree(from, old), makeTree(to, renewed)].map(snapshotOf);
      const copy = (/** @type {string} */ a, /** @type {string} */ b) => {
        fs.rmSync(b, { recursive: true, force: true });
        fs.cpSync(a, b, { recursive: true });
      };
      let deaths = 0;
      for (let calls = 0; ; calls += 1) {
        copy(from, tree);
        if (!(await until(calls, () => apply(tree), torn))) break;
        deaths += 1;
        if (!fs.existsSync(path.join(tree, JOURNAL))) {
          assert.deepEqual(snapshotOf(tree), asItWas, 'before there is a journal');
          continue;
        }
        orphan(tree);
        copy(tree, found);
        for (const [name, deed] of Object.entries(deeds)) {
          const wanted = name === '--abort' ? asItWas : asItShouldBe;
          const other = name === '--abort' ? finishEarlier : undoEarlier;
          const where = `${name} after ${calls} calls`;
          copy(found, tree);
          const unhurt = await until(Infinity, () => deed(new Root(tree)));
          if (unhurt) {
            assert.match(unhurt.message, /was cut short before it changed a file; --abort clears/);
            continue;
          }
          assert.deepEqual(snapshotOf(tree), wanted, where);
          for (let more = 0; ; more += 1) {
            copy(found, tree);
            if (!(await until(more, () => deed(new Root(tree)), torn))) break;
            const what = `${where}, which dies after ${more}`;
            if (!fs.existsSync(path.join(tree, JOURNAL))) assert.fail(what);
            const dead = path.join(cwd, 'dead');
            copy(tree, dead);
            assert.equal(await until(Infinity, () => deed(new Root(tree))), undefined, what);
            assert.deepEqual(snapshotOf(tree), wanted, what);
            copy(dead, tree);
            const turned = await until(Infinity, () => other(new Root(tree)));
            if (turned)
              assert.match(
                turned.message,
                /^taking back an earlier apply to .* --abort" |before it changed a file; --abort clears/,
              );
            const end = turned ? snapshotOf(dead) : name === '--abort' ? asItShouldBe : asItWas;
            assert.deepEqual(snapshotOf(tree), end, `${what}, and turned round`);
          }
          copy(found, tree);
          for (let more = 0; await until(more, () => deed(new Root(tree)), torn); more += 1) {
            assert.ok(more < 1000, `${where}: it never ends`);
          }
          assert.deepEqual(snapshotOf(tree), wanted, `${where}, after many deaths`);
        }
      }
      assert.ok(deaths > 20, `${deaths} deaths`);
    });
  }
});
