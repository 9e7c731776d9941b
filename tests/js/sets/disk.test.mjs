// @ts-check
/** Sets on disk: what is read, what is not followed, and how a set is changed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { loadEngine } from '@firn/engine';
import { patchIndex } from '@firn/sets';
import { freezeBaseline, loadSet, loadSets, pathBelow, saveSet, setNames } from '@firn/sets/node';

import { folderFor } from '../cli/run-firn.mjs';
import { unprovedManifest as manifest, setRefusal, manifestText as text } from './sets.mjs';

const engine = await loadEngine();
const [A, B] = ['a'.repeat(32), 'b'.repeat(32)];
describe('sets on disk', () => {
  it('are read by name, in the order asked for', (test) => {
    const patches = folderFor(test, {
      'b/firn.json': text('b', 'x.json', 'deep/y.patch'),
      'b/x.json': '[]',
      'b/deep/y.patch': 'diff',
      'a/firn.json': text('a'),
      'none/readme.md': '',
      'firn.json': 'not a set',
    });
    assert.deepEqual(setNames(patches), ['a', 'b']);
    assert.deepEqual(
      loadSets(patches).map(({ id }) => id),
      ['a', 'b'],
    );
    const [b] = loadSets(patches, ['b', 'a']);
    assert.deepEqual(
      b?.patches.map(({ label, path: file, bytes }) => [
        label,
        path.relative(patches, file),
        Buffer.from(bytes).toString(),
      ]),
      [
        ['b/p0', 'b/x.json', '[]'],
        ['b/p1', 'b/deep/y.patch', 'diff'],
      ],
    );
    for (const name of ['c', '../b', 'none', '.', '']) {
      setRefusal('set_unknown_set', () => loadSets(patches, [name]));
    }
  });

  it('are none where there is no folder', () => {
    assert.deepEqual(loadSets('/nonexistent/patches'), []);
    setRefusal(
      'set_unknown_set',
      () => loadSet('/nonexistent/patches/a'),
      /there is no patch set in/,
    );
  });

  it('under another name than their own are refused', (test) => {
    const patches = folderFor(test, { 'copy/firn.json': text('a') });
    setRefusal(
      'set_malformed',
      () => loadSets(patches),
      /is of set "a", and lies in the folder of "copy"/,
    );
  });

  it('with files that no manifest names are no part of a build', (test) => {
    const folder = folderFor(test, {
      'firn.json': text('s', 'x.json'),
      'x.json': '[]',
      'sub/old.patch': '',
      'x.json.orig': '',
      'notes.md': '',
    });
    const set = loadSet(folder);
    assert.deepEqual(set.strays, ['sub/old.patch']);
    setRefusal('set_unused_patch', () => patchIndex([set]), /does not name "sub\/old\.patch"/);
  });

  it('are not followed out of their folder', (test) => {
    const folder = folderFor(test, {
      'secret/x.json': '[]',
      's/firn.json': text('s', 'x.json'),
      't/firn.json': text('t', 'sub/x.json'),
      'v/firn.json': text('v', 'x.json'),
    });
    const at = (/** @type {string} */ name) => path.join(folder, name);
    symlinkSync(at('secret/x.json'), at('s/x.json'));
    symlinkSync(at('secret'), at('t/sub'));
    mkdirSync(at('u'));
    symlinkSync(at('s/firn.json'), at('u/firn.json'));
    mkdirSync(at('v/x.json'));
    for (const name of ['s', 't', 'u']) {
      setRefusal('set_unsafe_path', () => loadSet(at(name)), /is a symbolic link/);
    }
    setRefusal('set_unsafe_path', () => loadSet(at('v')), /is no regular file/);
  });

  it('that are too large are refused before they are read', (test) => {
    const folder = folderFor(test, { 'firn.json': text('s', 'x.json'), 'x.json': ' '.repeat(100) });
    const load = (/** @type {import('@firn/sets').SetLimits} */ limits) => () =>
      loadSet(folder, { limits });
    setRefusal('set_limit_exceeded', load({ patchBytes: 99 }), /x\.json" has 100 bytes/);
    setRefusal('set_limit_exceeded', load({ manifestBytes: 10 }));
    setRefusal('set_limit_exceeded', load({ setBytes: 99 }));
  });
});

describe('a file of the baseline', () => {
  it('is frozen where it lies, through links that stay below the root', (test) => {
    const root = folderFor(test, { 'store/pkg/i.js': 'x\n', 'node_modules/n': '', 'sub/f': '' });
    symlinkSync('../store/pkg', path.join(root, 'node_modules/pkg'));
    assert.equal(freezeBaseline(engine, root, 'node_modules/pkg/i.js').lineCount, 1);
    symlinkSync('/etc', path.join(root, 'etc'));
    symlinkSync(path.dirname(root), path.join(root, 'up'));
    setRefusal(
      'set_unsafe_path',
      () => freezeBaseline(engine, root, 'etc/passwd'),
      /leads out of the root/,
    );
    setRefusal('set_unsafe_path', () =>
      freezeBaseline(engine, root, `up/${path.basename(root)}x/../../etc/passwd`),
    );
    setRefusal('set_unsafe_path', () => freezeBaseline(engine, root, '../x'));
    setRefusal('set_unsafe_path', () => freezeBaseline(engine, root, 'sub'), /is no regular file/);
    setRefusal(
      'set_unknown_file',
      () => freezeBaseline(engine, root, 'gone.js'),
      /there is no file "gone\.js"/,
    );
    setRefusal('set_unknown_file', () => freezeBaseline(engine, root, 'sub/f/x'));
  });

  it('that cannot be read is named as its root is named', (test) => {
    const root = path.relative(process.cwd(), folderFor(test, { 'a.js': 'x\n' }));
    symlinkSync('circle', path.join(root, 'circle'));
    assert.throws(() => freezeBaseline(engine, root, 'circle'), {
      code: 'ELOOP',
      path: path.join(root, 'circle'),
    });
  });

  it('is refused, and not waited for, when it is a pipe', (test) => {
    const root = folderFor(test, {});
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    setRefusal('set_unsafe_path', () => freezeBaseline(engine, root, 'pipe'), /no regular file/);
  });

  it('has the same name under every system’s separators', () => {
    assert.equal(pathBelow('/shop', '/shop/src/a.js', path.posix), 'src/a.js');
    assert.equal(pathBelow('C:\\shop', 'C:\\shop\\src\\a.js', path.win32), 'src/a.js');
    assert.equal(pathBelow('C:\\shop', 'D:\\shop\\a.js', path.win32), undefined);
    assert.equal(pathBelow('/shop', '/shop', path.posix), undefined);
    assert.equal(pathBelow('/shop', '/shopping/a.js', path.posix), undefined);
    assert.equal(pathBelow('/shop', '/shop/..a', path.posix), '..a');
  });
});

describe('a change of a set', () => {
  it('makes it, changes it and takes patches away', (test) => {
    const folder = path.join(folderFor(test), 'patches/s');
    const empty = manifest('s');
    saveSet(folder, { before: undefined, after: empty });
    const one = manifest('s', 'x.json', 'sub/y.json');
    const write = new Map([
      ['x.json', Buffer.from('[]')],
      ['sub/y.json', Buffer.from('[1]')],
    ]);
    saveSet(folder, { before: empty, after: one, write });
    assert.deepEqual(
      loadSet(folder).patches.map(({ bytes }) => Buffer.from(bytes).toString()),
      ['[]', '[1]'],
    );
    saveSet(folder, {
      before: one,
      after: manifest('s', 'x.json'),
      remove: ['sub/y.json', 'gone.json'],
    });
    assert.deepEqual(
      loadSet(folder).patches.map(({ patch }) => patch),
      ['x.json'],
    );
    assert.deepEqual(readdirSync(folder).sort(), ['firn.json', 'sub', 'x.json']);
  });

  it('is refused when somebody else has changed it, and nothing is written', (test) => {
    const folder = folderFor(test, { 'firn.json': text('s', 'x.json'), 'x.json': '[]' });
    const write = new Map([['z.json', Buffer.from('[]')]]);
    const change = { before: manifest('s'), after: manifest('s', 'z.json'), write };
    setRefusal('set_changed_meanwhile', () => saveSet(folder, change), /changed since it was read/);
    setRefusal(
      'set_changed_meanwhile',
      () => saveSet(folder, { ...change, before: undefined }),
      /already/,
    );
    assert.ok(!existsSync(path.join(folder, 'z.json')));
    assert.equal(readFileSync(path.join(folder, 'firn.json'), 'utf8'), text('s', 'x.json'));
  });

  it('does not write through links, or out of the folder', (test) => {
    const folder = folderFor(test, { 's/firn.json': text('s'), 'other/x': '' });
    const at = path.join(folder, 's');
    symlinkSync('../other', path.join(at, 'sub'));
    const change = (/** @type {string} */ name) => () =>
      saveSet(at, {
        before: manifest('s'),
        after: manifest('s'),
        write: new Map([[name, Buffer.from('')]]),
      });
    setRefusal('set_unsafe_path', change('sub/y.json'), /symbolic link/);
    setRefusal('set_unsafe_path', change('../y.json'));
    writeFileSync(path.join(folder, 'other/x'), '');
    assert.deepEqual(readdirSync(path.join(folder, 'other')), ['x']);
  });
});

describe('changes of a set at one time', () => {
  it('come one after the other, and each finds what the ones before it left', async (test) => {
    const folder = folderFor(test, { 'firn.json': text('s') });
    const all = Array.from({ length: 4 }, (_, worker) =>
      Array.from({ length: 6 }, (_, index) => `p${worker}-${index}`),
    );
    const script = new URL('adding-worker.mjs', import.meta.url);
    const ends = all.map((ids) =>
      once(new Worker(script, { workerData: { folder, ids, base: A, result: B } }), 'exit'),
    );
    assert.deepEqual(await Promise.all(ends), [[0], [0], [0], [0]]);
    const { patches, strays } = loadSet(folder);
    assert.deepEqual(
      patches.map(({ id, bytes }) => [id, Buffer.from(bytes).toString()]),
      all.flat().map((id) => [id, id]),
    );
    assert.deepEqual(strays, []);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('.')),
      [],
    );
  });

  it('wait for one that was killed no longer than it could have taken', (test) => {
    const turn = `.firn-${'0'.repeat(24)}.turn.tmp`;
    const folder = folderFor(test, { 'firn.json': text('s'), [turn]: '' });
    let now = 0;
    test.mock.method(Date, 'now', () => {
      now += 1000;
      return now;
    });
    saveSet(folder, { before: manifest('s'), after: manifest('s', 'x.json') });
    assert.ok(now > 10_000 && now < 15_000, `it waited ${now} ms`);
    assert.deepEqual(readdirSync(folder), ['firn.json']);
  });
});

describe('a new set', () => {
  it('has a name that is no other’s in any case, and a folder that is no link', (test) => {
    const patches = folderFor(test, { 'patches/alp/firn.json': text('alp'), 'elsewhere/x': '' });
    const make = (/** @type {string} */ id) => () =>
      saveSet(path.join(patches, 'patches', id), { before: undefined, after: manifest(id) });
    setRefusal(
      'set_duplicate',
      make('Alp'),
      /a patch set "alp" in .*, which some systems take for "Alp"/,
    );
    symlinkSync('../elsewhere', path.join(patches, 'patches/link'));
    setRefusal('set_unsafe_path', make('link'), /is a symbolic link/);
    assert.deepEqual(readdirSync(path.join(patches, 'elsewhere')), ['x']);
    assert.deepEqual(setNames(path.join(patches, 'patches')), ['alp']);
  });
});
