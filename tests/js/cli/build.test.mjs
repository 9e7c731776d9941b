// @ts-check
/** firn build: a baseline with patch sets applied, as a tree of its own, all of it or nothing. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { parseBuildManifest } from '@firn/sets';

import { firn, folderFor, json, run, start } from './run-firn.mjs';
import { readTree } from './trees.mjs';

const engine = await loadEngine({ backend: 'wasm' });
const MANIFEST = 'firn-manifest.json';
const backends = ['native', 'wasm'];
/** On a busy machine a moment may be missed. */
const MOST_TRIES = 50;

/** A shop with things of every kind in it, and a set that patches two files. @param {import('node:test').TestContext} test */
function shopFor(test) {
  const cwd = folderFor(test, {
    'shop/src/Cart.jsx': 'one\ntwo\nthree\n',
    'shop/src/deep/er/style.css': 'a {}\n',
    'shop/src/untouched.js': 'x'.repeat(300_000),
    'shop/empty.txt': '',
    'shop/run.sh': '#!/bin/sh\n',
    'shop/.git/config': 'not for the build',
    'shop/.eslintrc': '{}\n',
    'b.json': json({ file: 'src/Cart.jsx', patches: [{ op: 'replace', line: 2, text: 'zwei' }] }),
    'c.json': json({ file: 'run.sh', patches: [{ op: 'insert', line: 2, text: 'exit' }] }),
  });
  mkdirSync(path.join(cwd, 'shop/nothing'));
  chmodSync(path.join(cwd, 'shop/run.sh'), 0o750);
  chmodSync(path.join(cwd, 'shop/src/deep'), 0o711);
  symlinkSync('untouched.js', path.join(cwd, 'shop/src/link'));
  symlinkSync('/nowhere at all', path.join(cwd, 'shop/dangling'));
  for (const args of [
    ['init', 's'],
    ['add', '--root', 'shop', 'b.json', 'c.json'],
  ]) {
    const ran = firn(args, { cwd });
    assert.equal(ran.code, 0, ran.err);
  }
  return cwd;
}

/** @param {string} cwd @param {readonly string[]} args */
const build = (cwd, ...args) => firn(['build', '--root', 'shop', '--out', 'out', ...args], { cwd });

/** Modes and kinds of all that is there. @param {string} folder */
function shapeOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names
    .filter((name) => name !== MANIFEST && !name.startsWith('.git'))
    .map((name) => [name, lstatSync(path.join(folder, name)).mode]);
}

describe('firn build', () => {
  for (const backend of backends) {
    it(`makes the baseline with its patches, and proves them: ${backend}`, (test) => {
      const cwd = shopFor(test);
      const ran = build(cwd, '--backend', backend);
      assert.equal(ran.err, "firn: built 'out': 8 files, 2 patched\n");
      const { [MANIFEST]: manifest = '', ...tree } = readTree(path.join(cwd, 'out'));
      assert.deepEqual(tree, {
        ...readTree(path.join(cwd, 'shop')),
        'src/Cart.jsx': 'one\nzwei\nthree\n',
        'run.sh*': '#!/bin/sh\nexit\n',
      });
      assert.deepEqual(shapeOf(path.join(cwd, 'out')), shapeOf(path.join(cwd, 'shop')));
      const { id, files, sets } = parseBuildManifest(engine, manifest);
      assert.equal(ran.out, `${id}\n`);
      assert.deepEqual([sets, Object.keys(files)], [['s'], ['run.sh', 'src/Cart.jsx']]);
      const result = engine.freeze('one\nzwei\nthree\n').fingerprint;
      assert.equal(files['src/Cart.jsx']?.result, result);
    });

    it(`shares nothing with the baseline but what it is asked to: ${backend}`, (test) => {
      const cwd = shopFor(test);
      const inodeOf = (/** @type {string} */ file) => statSync(path.join(cwd, file)).ino;
      build(cwd, '--backend', backend);
      assert.notEqual(inodeOf('out/src/untouched.js'), inodeOf('shop/src/untouched.js'));
      rmSync(path.join(cwd, 'out'), { recursive: true });
      const ran = build(cwd, '--link', '--json', '--backend', backend);
      assert.equal(JSON.parse(ran.out).build.shared, 4, ran.out);
      assert.equal(inodeOf('out/src/untouched.js'), inodeOf('shop/src/untouched.js'));
      assert.notEqual(inodeOf('out/src/Cart.jsx'), inodeOf('shop/src/Cart.jsx'));
      assert.equal(readFileSync(path.join(cwd, 'shop/src/Cart.jsx'), 'utf8'), 'one\ntwo\nthree\n');
    });

    it(`writes its manifest over none of the baseline: ${backend}`, (test) => {
      const cwd = shopFor(test);
      writeFileSync(path.join(cwd, 'shop', MANIFEST), 'mine\n');
      assert.equal(build(cwd, '--link', '--backend', backend).code, 0);
      assert.equal(readFileSync(path.join(cwd, 'shop', MANIFEST), 'utf8'), 'mine\n');
      assert.match(readFileSync(path.join(cwd, 'out', MANIFEST), 'utf8'), /firn\.build\/1/);
    });

    it(`patches no link, for the file that it leads to would not be patched: ${backend}`, (test) => {
      const cwd = shopFor(test);
      symlinkSync('Cart.jsx', path.join(cwd, 'shop/src/Basket.jsx'));
      const patches = [{ op: 'replace', line: 1, text: 'eins' }];
      writeFileSync(path.join(cwd, 'd.json'), json({ file: 'src/Basket.jsx', patches }));
      assert.equal(firn(['add', '--root', 'shop', 'd.json'], { cwd }).code, 0);
      const ran = build(cwd, '--backend', backend);
      assert.equal(ran.code, 2);
      assert.match(ran.err, /^firn: cannot patch 'shop\/src\/Basket\.jsx': it is a symbolic link/);
      assert.ok(!existsSync(path.join(cwd, 'out')));
    });

    it(`copies names and links that are not UTF-8: ${backend}`, (test) => {
      const cwd = shopFor(test);
      const at = (/** @type {string} */ file) => Buffer.from(path.join(cwd, file), 'latin1');
      const [name, folder] = ['caf\xe9.txt', 'd\xe9pot'];
      writeFileSync(at(`shop/${name}`), 'un\n');
      mkdirSync(at(`shop/${folder}`));
      symlinkSync(Buffer.from(`../${name}`, 'latin1'), at(`shop/${folder}/li\xe9`));
      const ran = build(cwd, '--backend', backend);
      assert.deepEqual([ran.code, ran.err], [0, "firn: built 'out': 10 files, 2 patched\n"]);
      assert.equal(readFileSync(at(`out/${name}`), 'utf8'), 'un\n');
      assert.equal(readlinkSync(at(`out/${folder}/li\xe9`), 'latin1'), `../${name}`);
    });

    it(`says what it may not read: ${backend}`, (test) => {
      const cwd = shopFor(test);
      chmodSync(path.join(cwd, 'shop/empty.txt'), 0);
      chmodSync(cwd, 0o777);
      // Root may read everything, so the command runs as someone else then.
      const who = process.getuid?.() === 0 ? { uid: 65534 } : {};
      for (const open of ['run.sh', 'src/deep']) chmodSync(path.join(cwd, 'shop', open), 0o755);
      const call = ['build', '--root', 'shop', '--out', 'out', '--backend', backend];
      const ran = firn(call, { cwd, ...who });
      const message = "firn: cannot copy 'shop/empty.txt': permission denied\n";
      assert.deepEqual([ran.code, ran.err], [2, message]);
      assert.ok(!existsSync(path.join(cwd, 'out')));
    });

    it(`makes nothing of what it cannot copy whole: ${backend}`, (test) => {
      const cwd = shopFor(test);
      const names = readdirSync(cwd);
      run('mkfifo', [path.join(cwd, 'shop/src/pipe')]);
      const ran = build(cwd, '--backend', backend);
      const message = "cannot copy 'shop/src/pipe': it is no regular file, folder or symbolic link";
      assert.deepEqual([ran.code, ran.err], [2, `firn: ${message}\n`]);
      assert.deepEqual(readdirSync(cwd), names);
    });
  }

  it('is made outside of its baseline, which it leaves as it is', (test) => {
    const cwd = shopFor(test);
    const before = readTree(path.join(cwd, 'shop'));
    symlinkSync('shop/src', path.join(cwd, 'way'));
    for (const out of ['shop/dist', 'shop/src/../dist', 'way/dist']) {
      const ran = firn(['build', '--root', 'shop', '--out', out], { cwd });
      const message = `firn: '${out}' lies in the baseline, 'shop': a build leaves that as it is\n`;
      assert.deepEqual([ran.code, ran.err.split('firn: try')[0]], [2, message]);
    }
    assert.deepEqual(readTree(path.join(cwd, 'shop')), before);
    // A name that only begins like the baseline's is none in it.
    assert.equal(firn(['build', '--root', 'shop', '--out', 'shop-built'], { cwd }).code, 0);
  });

  it('parses the patched files when it is asked to, and points at the patch', (test) => {
    const cwd = shopFor(test);
    writeFileSync(path.join(cwd, 'shop/sum.js'), 'export const one = 1;\nexport const two = 2;\n');
    const patches = [
      { op: 'replace', line: 1, text: 'export const one = 7;' },
      { op: 'replace', line: 2, text: 'export const two = (2;' },
    ];
    writeFileSync(path.join(cwd, 'sum.json'), JSON.stringify({ file: 'sum.js', patches }, null, 2));
    assert.equal(firn(['add', '--root', 'shop', 'sum.json'], { cwd }).code, 0);
    assert.equal(build(cwd).code, 0, 'nobody asked');
    rmSync(path.join(cwd, 'out'), { recursive: true });
    const ran = build(cwd, '--syntax');
    assert.equal(ran.code, 1);
    assert.match(
      ran.err,
      /^error\[syntax\]: s\/sum breaks the syntax: .* \(line 2, column \d+ of the patched sum\.js\)\n --> patches\/s\/sum\.json:9/,
    );
    assert.match(ran.err, /\nfirn: nothing is built\n$/);
    assert.ok(!existsSync(path.join(cwd, 'out')));
    const { gate } = JSON.parse(build(cwd, '--syntax', '--json').out);
    assert.deepEqual(
      gate.findings.map((/** @type {any} */ { rule, patches: of }) => [rule, of]),
      [['syntax', ['s/sum']]],
    );
  });

  it('replaces nothing that is there', (test) => {
    const cwd = shopFor(test);
    mkdirSync(path.join(cwd, 'out'));
    assert.equal(build(cwd).code, 0, 'an empty folder is none');
    const before = readTree(path.join(cwd, 'out'));
    const ran = build(cwd);
    const message = "firn: cannot write 'out': it is there already; name another, or delete it\n";
    assert.deepEqual([ran.code, ran.err], [2, message]);
    assert.deepEqual(readTree(path.join(cwd, 'out')), before);
  });

  it('refuses what does not fit the baseline, with every reason', (test) => {
    const cwd = shopFor(test);
    writeFileSync(path.join(cwd, 'shop/src/Cart.jsx'), 'drifted\n');
    rmSync(path.join(cwd, 'shop/run.sh'));
    const ran = build(cwd);
    assert.match(ran.err, /error\[set_unknown_file\]/);
    assert.match(ran.err, /error\[set_base_mismatch\]/);
    assert.match(ran.err, /\nfirn: nothing is built\n$/);
    assert.deepEqual([ran.code, existsSync(path.join(cwd, 'out'))], [1, false]);
  });

  it('asks which sets when there are several', (test) => {
    const cwd = shopFor(test);
    firn(['init', 't'], { cwd });
    assert.match(
      build(cwd).err,
      /^firn: which sets\? --set takes one, several times, of s and t\n/,
    );
    assert.equal(build(cwd, '--set', 't').err, "firn: built 'out': 8 files, 0 patched\n");
  });

  /** A shop whose build takes a while. @param {import('node:test').TestContext} test @param {number} files */
  function largeShopFor(test, files) {
    const cwd = shopFor(test);
    mkdirSync(path.join(cwd, 'shop/many'));
    writeFileSync(path.join(cwd, 'shop/many/0'), '0');
    for (let file = 1; file < files; file += 1) {
      linkSync(path.join(cwd, 'shop/many/0'), path.join(cwd, `shop/many/${file}`));
    }
    return cwd;
  }

  /** How a build ends that is sent a signal once it has made so many files. @param {string} cwd @param {NodeJS.Signals} signal @param {number} files @param {string} backend */
  async function ended(cwd, signal, files, backend) {
    const args = ['build', '--root', 'shop', '--out', 'out', '--backend', backend];
    const started = start(args, cwd);
    const made = () => {
      const folder = readdirSync(cwd).find((name) => name.startsWith('.firn-'));
      if (folder === undefined) return -1;
      const many = path.join(cwd, folder, 'many');
      return existsSync(many) ? readdirSync(many).length : 0;
    };
    const waiting = setInterval(() => made() >= files && started.child.kill(signal), 1);
    const end = await started.ended;
    clearInterval(waiting);
    return end;
  }

  it('leaves nothing when it is told to end', async (test) => {
    const cwd = largeShopFor(test, 5_000);
    const names = readdirSync(cwd);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { signal, code, err } = await ended(cwd, 'SIGINT', 0, 'native');
      // It came when all was done.
      if (existsSync(path.join(cwd, 'out'))) {
        rmSync(path.join(cwd, 'out'), { recursive: true });
        continue;
      }
      assert.deepEqual([signal, code], ['SIGINT', null], err);
      assert.deepEqual(readdirSync(cwd), names);
      return;
    }
    assert.fail('SIGINT never came in the middle');
  });

  it('is whole or not there when it is killed, wherever; the baseline is as it was, and it runs again', async (test) => {
    const cwd = largeShopFor(test, 1_000);
    const baseline = readTree(path.join(cwd, 'shop'));
    const expected = {
      ...baseline,
      'src/Cart.jsx': 'one\nzwei\nthree\n',
      'run.sh*': '#!/bin/sh\nexit\n',
    };
    for (const backend of backends) {
      const moments = [0, 500, 1_000];
      let killed = 0;
      for (let tries = 0; tries < moments.length || killed === 0; tries += 1) {
        assert.ok(tries < MOST_TRIES, `${backend} was never killed in time`);
        const files = moments[tries % moments.length] ?? 0;
        const { signal } = await ended(cwd, 'SIGKILL', files, backend);
        if (signal === 'SIGKILL') killed += 1;
        const isThere = existsSync(path.join(cwd, 'out'));
        assert.ok(
          isThere || signal === 'SIGKILL',
          `${backend} at ${files}: ended and left nothing`,
        );
        assert.deepEqual(readTree(path.join(cwd, 'shop')), baseline);
        if (!isThere) assert.equal(build(cwd, '--backend', backend).code, 0);
        const { [MANIFEST]: manifest = '', ...tree } = readTree(path.join(cwd, 'out'));
        assert.deepEqual(tree, expected);
        parseBuildManifest(engine, manifest);
        // What was killed leaves a folder that nothing reads.
        for (const name of readdirSync(cwd)) {
          if (name === 'out' || /^\.firn-[0-9a-f]+\.tmp$/.test(name)) {
            rmSync(path.join(cwd, name), { recursive: true });
          }
        }
      }
    }
  });
});
