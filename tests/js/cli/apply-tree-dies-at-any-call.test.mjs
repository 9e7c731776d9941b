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

/** @param {string} from @param {string} to */
function copy(from, to) {
  fs.rmSync(to, { recursive: true, force: true });
  fs.cpSync(from, to, { recursive: true });
}

/** @typedef {ReturnType<typeof worldFor>} World */

/** `tree` is worked on, `found` is how an apply left it, `dead` how a rescue did. @param {import('node:test').TestContext} test @param {boolean} torn */
function worldFor(test, torn) {
  const cwd = quickFolderFor(test);
  const at = (/** @type {string} */ name) => path.join(cwd, name);
  return {
    ...{ from: at('old'), tree: at('tree'), found: at('found'), dead: at('dead'), torn },
    asItWas: snapshotOf(makeTree(at('old'), old)),
    asItShouldBe: snapshotOf(makeTree(at('new'), renewed)),
  };
}

/** @typedef {ReturnType<typeof rescuesIn>[number]} Rescue */

/** Either way out, what is there then, and the other one. @param {World} world */
function rescuesIn({ asItWas, asItShouldBe }) {
  const finish = { name: '--continue', deed: finishEarlier, wanted: asItShouldBe };
  const undo = { name: '--abort', deed: undoEarlier, wanted: asItWas };
  return [
    { ...finish, other: undo },
    { ...undo, other: finish },
  ];
}

/** False when it says that there is nothing to rescue. @param {World} world @param {Rescue} rescue @param {string} where */
async function succeeds({ tree, found }, { deed, wanted }, where) {
  copy(found, tree);
  const unhurt = await until(Infinity, () => deed(new Root(tree)));
  if (unhurt) {
    assert.match(unhurt.message, /was cut short before it changed a file; --abort clears/);
    return false;
  }
  assert.deepEqual(snapshotOf(tree), wanted, where);
  return true;
}

/** Dead after so many calls, it can be done again, or turned round. @param {World} world @param {Rescue} rescue @param {string} where */
async function dieAtEachCall({ tree, found, dead, torn }, rescue, where) {
  const { deed, other, wanted } = rescue;
  for (let calls = 0; ; calls += 1) {
    copy(found, tree);
    if (!(await until(calls, () => deed(new Root(tree)), torn))) return;
    const what = `${where}, which dies after ${calls}`;
    if (!fs.existsSync(path.join(tree, JOURNAL))) assert.fail(what);
    copy(tree, dead);
    assert.equal(await until(Infinity, () => deed(new Root(tree))), undefined, what);
    assert.deepEqual(snapshotOf(tree), wanted, what);
    copy(dead, tree);
    const refused = await until(Infinity, () => other.deed(new Root(tree)));
    if (refused) {
      assert.match(
        refused.message,
        /^taking back an earlier apply to .* --abort" |before it changed a file; --abort clears/,
      );
    }
    const end = refused ? snapshotOf(dead) : other.wanted;
    assert.deepEqual(snapshotOf(tree), end, `${what}, and turned round`);
  }
}

/** Each time it gets one call further. @param {World} world @param {Rescue} rescue @param {string} where */
async function dieAgainAndAgain({ tree, found, torn }, { deed, wanted }, where) {
  copy(found, tree);
  for (let calls = 0; await until(calls, () => deed(new Root(tree)), torn); calls += 1) {
    assert.ok(calls < 1000, `${where}: it never ends`);
  }
  assert.deepEqual(snapshotOf(tree), wanted, `${where}, after many deaths`);
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
      const world = worldFor(test, torn);
      const { from, tree, found, asItWas } = world;
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
        for (const rescue of rescuesIn(world)) {
          const where = `${rescue.name} after ${calls} calls`;
          if (!(await succeeds(world, rescue, where))) continue;
          await dieAtEachCall(world, rescue, where);
          await dieAgainAndAgain(world, rescue, where);
        }
      }
      assert.ok(deaths > 20, `${deaths} deaths`);
    });
  }
});
