// @ts-check
/** A change of a set that dies midway, at any of its calls. */
import assert from 'node:assert/strict';
import fs, { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';

import { printSetManifest } from '@firn/sets';
import { loadSet, saveSet, settleSet } from '@firn/sets/node';

import { folderFor } from '../cli/run-firn.mjs';
import { readTree } from '../cli/trees.mjs';
import { unprovedManifest as manifest, manifestText as text } from './sets.mjs';

describe('a change that is killed', () => {
  const killable = /** @type {const} */ ([
    'mkdirSync',
    'openSync',
    'writeSync',
    'fsyncSync',
    'closeSync',
    'renameSync',
    'unlinkSync',
  ]);
  class Dead extends Error {}

  /** Does the deed until it makes so many calls; from then on none does anything. @param {number} calls @param {() => void} deed */
  function dyingAfter(calls, deed) {
    let left = calls;
    const real = killable.map((name) => fs[name]);
    for (const name of killable) {
      const call = /** @type {(...args: unknown[]) => unknown} */ (fs[name]);
      Object.assign(fs, {
        [name]: (/** @type {unknown[]} */ ...args) => {
          left -= 1;
          if (left < 0) throw new Dead();
          return call(...args);
        },
      });
    }
    syncBuiltinESMExports();
    try {
      deed();
      return false;
    } catch (error) {
      if (error instanceof Dead) return true;
      throw error;
    } finally {
      Object.assign(fs, Object.fromEntries(killable.map((name, index) => [name, real[index]])));
      syncBuiltinESMExports();
    }
  }

  /** A set in which somebody was killed in a turn: a file of it, and what the turn says. @param {import('node:test').TestContext} test @param {unknown} deed */
  function abandoned(test, deed) {
    const turn = `.firn-${'0'.repeat(24)}.turn.tmp`;
    const folder = folderFor(test, {
      's/firn.json': text('s'),
      's/x.json': 'old',
      [`s/${waiting}`]: 'new',
      [`s/${turn}`]: typeof deed === 'string' ? deed : JSON.stringify(deed),
      'outside.json': 'precious',
    });
    let now = 0;
    test.mock.method(Date, 'now', () => {
      now += 1000;
      return now;
    });
    settleSet(path.join(folder, 's'));
    assert.ok(!existsSync(path.join(folder, 's', turn)), 'the turn is over');
    return readTree(folder);
  }
  const waiting = `.firn-${'1'.repeat(24)}.tmp`;
  const gone = `.firn-${'2'.repeat(24)}.tmp`;
  const rest = { 's/firn.json': text('s'), 'outside.json': 'precious' };

  it('is ended by the next when it was begun, and taken back when it was not', (test) => {
    const rename = [
      [gone, 'firn.json'],
      [waiting, 'x.json'],
    ];
    assert.deepEqual(abandoned(test, { rename, remove: [] }), { ...rest, 's/x.json': 'new' });
    assert.deepEqual(abandoned(test, { rename: rename.slice(0, 1), remove: ['x.json'] }), {
      ...rest,
      [`s/${waiting}`]: 'new',
    });
    assert.deepEqual(abandoned(test, { rename: rename.slice(1), remove: ['x.json'] }), {
      ...rest,
      's/x.json': 'old',
    });
  });

  it('is believed no deed that a change of the set could not do', (test) => {
    const begun = [gone, 'firn.json'];
    const untouched = { ...rest, 's/x.json': 'old', [`s/${waiting}`]: 'new' };
    for (const deed of [
      '',
      '{"rename":[["',
      [],
      { rename: [begun, [waiting, '../outside.json']], remove: [] },
      { rename: [begun, [waiting, 'notes.txt']], remove: [] },
      { rename: [begun, ['x.json', 'y.json']], remove: [] },
      { rename: [begun], remove: ['../outside.json'] },
      { rename: [begun], remove: ['firn.json'] },
      { rename: [begun, [waiting]], remove: [] },
      { rename: [begun], remove: [7] },
      { rename: [begun], remove: [], and: [] },
    ]) {
      assert.deepEqual(abandoned(test, deed), untouched, JSON.stringify(deed));
    }
  });

  it('does not go on in another folder that a link has put in its place', (test) => {
    const folder = folderFor(test, {
      's/firn.json': text('s'),
      's/x.json': '[0]',
      'outside/x.json': 'precious',
    });
    const { renameSync } = fs;
    test.mock.method(fs, 'renameSync', (/** @type {string} */ from, /** @type {string} */ to) => {
      if (!existsSync(path.join(folder, 'moved'))) {
        renameSync(path.join(folder, 's'), path.join(folder, 'moved'));
        symlinkSync('outside', path.join(folder, 's'));
      }
      renameSync(from, to);
    });
    syncBuiltinESMExports();
    const [before, after] = [manifest('s'), manifest('s', 'y.json')];
    const write = new Map([['y.json', Buffer.from('[1]')]]);
    assert.throws(
      () => saveSet(path.join(folder, 's'), { before, after, write, remove: ['x.json'] }),
      { code: 'ENOENT' },
    );
    test.mock.restoreAll();
    syncBuiltinESMExports();
    assert.deepEqual(readdirSync(path.join(folder, 'outside')), ['x.json']);
  });

  it('leaves every file as it was or as it was to be', (test) => {
    const before = manifest('s', 'x.json', 'gone.json');
    const after = manifest('s', 'x.json', 'new.json');
    const write = new Map([
      ['x.json', Buffer.from('[2]')],
      ['new.json', Buffer.from('[3]')],
    ]);
    let died = true;
    let deaths = 0;
    for (let calls = 0; died; calls += 1) {
      const folder = folderFor(test, {
        'firn.json': printSetManifest(before),
        'x.json': '[1]',
        'gone.json': '[0]',
      });
      died = dyingAfter(calls, () =>
        saveSet(folder, { before, after, write, remove: ['gone.json'] }),
      );
      const read = (/** @type {string} */ name) =>
        existsSync(path.join(folder, name)) ? readFileSync(path.join(folder, name), 'utf8') : '';
      const isNew = read('firn.json') === printSetManifest(after);
      assert.ok(isNew || read('firn.json') === printSetManifest(before));
      assert.ok(read('x.json') === '[2]' || (!isNew && read('x.json') === '[1]'));
      assert.ok(read('new.json') === '[3]' || (!isNew && read('new.json') === ''));
      assert.ok(read('gone.json') === '[0]' || isNew);
      // Whatever is left behind, what the manifest names is there.
      assert.equal(loadSet(folder).patches.length, 2, `killed at call ${calls}`);
      if (!died) assert.deepEqual(readdirSync(folder).sort(), ['firn.json', 'new.json', 'x.json']);
      deaths += died ? 1 : 0;
    }
    assert.ok(deaths > 15, `it makes only ${deaths} calls`);
  });
});
