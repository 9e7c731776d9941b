// @ts-check
/** firn init, add, edit, remove, status and list: patch sets as people make them. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { applyFile, patchIndex, printSetManifest } from '@firn/sets';
import { freezeBaseline, loadSets } from '@firn/sets/node';

import { acting, firn, folderFor, json } from './run-firn.mjs';

const engine = await loadEngine();

const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`);
const cart = lines.join('');
const style = '.cart { color: red }\n.sum { color: blue }\n';

/** @typedef {import('node:test').TestContext} Test */

/** A shop with an empty set. @param {Test} test @param {Record<string, string | Buffer>} [more] */
function shopFor(test, more = {}) {
  const empty = printSetManifest({ schema: 'firn.set/1', id: 's', patches: [] });
  const shop = { 'shop/src/Cart.jsx': cart, 'shop/style.css': style };
  return folderFor(test, { ...shop, 'patches/s/firn.json': empty, ...more });
}

/** @param {string} cwd @param {string[]} args @param {{ input?: string, env?: Record<string, string> }} [options] */
const shop = (cwd, args, options = {}) => {
  const [verb = '', ...rest] = args;
  return firn([verb, '--root', 'shop', ...rest], { cwd, ...options });
};

/** What the sets make of a file. @param {string} cwd @param {string} file @param {string[]} [sets] */
function built(cwd, file, sets) {
  const index = patchIndex(loadSets(path.join(cwd, 'patches'), sets));
  const baseline = freezeBaseline(engine, path.join(cwd, 'shop'), file);
  return applyFile(engine, baseline, index.of(file)).patched.text();
}

/** @param {string} cwd @param {string} [set] */
const manifest = (cwd, set = 's') =>
  JSON.parse(readFileSync(path.join(cwd, 'patches', set, 'firn.json'), 'utf8'));

/** An editor that does this to its file. @param {string} script of sed */
const editor = (script) => ({ env: { VISUAL: `sed -i '${script}'`, EDITOR: 'false' } });

const batch = (/** @type {number} */ line, /** @type {string} */ text) =>
  json({ file: 'src/Cart.jsx', 'x-why': 'w', patches: [{ op: 'replace', line, text }] });

describe('firn add', () => {
  it('records a batch as it is written, under a name of its file', (test) => {
    const cwd = shopFor(test, { 'b.json': batch(3, 'drei') });
    const ran = shop(cwd, ['add', 'b.json', '--author', 'Ada', '--reason', 'Deutsch']);
    assert.deepEqual(
      [ran.code, ran.out, ran.err],
      [0, 'added s/cart: src/Cart.jsx (patches/s/cart.json)\n', ''],
    );
    assert.equal(readFileSync(path.join(cwd, 'patches/s/cart.json'), 'utf8'), batch(3, 'drei'));
    const [entry] = manifest(cwd).patches;
    const { base, result, ...rest } = entry;
    assert.deepEqual(rest, {
      id: 'cart',
      file: 'src/Cart.jsx',
      patch: 'cart.json',
      order: 10,
      author: 'Ada',
      reason: 'Deutsch',
    });
    assert.equal(base, engine.freeze(cart).fingerprint);
    assert.equal(result, engine.freeze(cart.replace('line 3\n', 'drei\n')).fingerprint);
  });

  it('records every file of a diff as a patch of its own', (test) => {
    const cwd = shopFor(test, {
      'edited/style.css': style.replace('red', 'green'),
      'edited/src/Cart.jsx': cart.replace('line 9', 'neun'),
    });
    const git = ['diff', '--no-index', '--no-prefix', 'shop', 'edited'];
    const { stdout: diff } = spawnSync('git', git, { cwd, encoding: 'utf8' });
    assert.match(diff, /^index [0-9a-f]+\.\.[0-9a-f]+ 100644$/m);
    const ran = shop(cwd, ['add', '-'], { input: diff });
    assert.equal(ran.err, '');
    assert.deepEqual(readdirSync(path.join(cwd, 'patches/s')).sort(), [
      'cart.patch',
      'firn.json',
      'style.patch',
    ]);
    assert.equal(built(cwd, 'style.css'), style.replace('red', 'green'));
    assert.equal(built(cwd, 'src/Cart.jsx'), cart.replace('line 9', 'neun'));
  });

  it('places a diff that has drifted when it is asked to, and writes it where it lies', (test) => {
    const cwd = shopFor(test);
    const diff =
      '--- a/src/Cart.jsx\n+++ b/src/Cart.jsx\n@@ -1,3 +1,3 @@\n line 8\n-line 9\n+neun\n line 10\n';
    const exact = shop(cwd, ['add', '-'], { input: diff });
    assert.equal(exact.code, 1);
    assert.match(
      exact.err,
      /^error\[set_patch_refused\]: "src\/Cart\.jsx" refuses the change: hunk /,
    );
    assert.deepEqual(manifest(cwd).patches, []);
    assert.equal(shop(cwd, ['add', '-', '--placement', 'search'], { input: diff }).code, 0);
    assert.match(
      readFileSync(path.join(cwd, 'patches/s/cart.patch'), 'utf8'),
      /^@@ -6,7 \+6,7 @@/m,
    );
  });

  it('records what differs in an edited copy of the whole baseline', (test) => {
    const cwd = shopFor(test, {
      'edited/src/Cart.jsx': cart.replace('line 2\n', ''),
      'edited/style.css': style,
    });
    assert.equal(
      shop(cwd, ['add', '--edited', 'edited']).out,
      'added s/cart: src/Cart.jsx (patches/s/cart.json)\n',
    );
    assert.equal(built(cwd, 'src/Cart.jsx'), cart.replace('line 2\n', ''));
    const created = shopFor(test, { 'edited/style.css': style });
    const ran = shop(created, ['add', '--edited', 'edited']);
    assert.equal(ran.code, 1);
    assert.match(
      ran.err,
      /^error\[set_wrong_file\]: the change of "src\/Cart\.jsx" is to remove it: /,
    );
  });

  it('records bytes that are no UTF-8 as a diff', (test) => {
    const latin = Buffer.from(cart.replace('line 2\n', 'caf\xe9\n'), 'latin1');
    const cwd = shopFor(test, { 'new.jsx': latin });
    assert.equal(shop(cwd, ['add', '--edited', 'new.jsx', '--file', 'src/Cart.jsx']).code, 0);
    assert.ok(existsSync(path.join(cwd, 'patches/s/cart.patch')));
    assert.match(shop(cwd, ['status']).out, /\n1 fit\n$/);
  });

  it('records what lies in the set already where it lies', (test) => {
    const cwd = shopFor(test);
    writeFileSync(path.join(cwd, 'patches/s/mine.json'), batch(1, 'eins'));
    const unused = shop(cwd, ['status']);
    assert.match(unused.err, /^error\[set_unused_patch\]: .*"mine\.json"/);
    assert.equal(unused.out, 's  0 patches in patches/s\n  unused    mine.json\n0 fit, 1 unused\n');
    assert.equal(shop(cwd, ['add', 'patches/s/mine.json', '--id', 'one']).code, 0);
    assert.deepEqual(
      manifest(cwd).patches.map((/** @type {{ patch: string }} */ { patch }) => patch),
      ['mine.json'],
    );
    assert.equal(shop(cwd, ['status']).code, 0);
  });

  it('refuses what collides with a patch that can be in force with it, and records nothing', (test) => {
    const cwd = shopFor(test, {
      '1.json': batch(3, 'x'),
      '2.json': batch(3, 'y'),
      '3.json': batch(4, 'z'),
    });
    shop(cwd, ['add', '1.json', '--when', 'env=production']);
    const before = readFileSync(path.join(cwd, 'patches/s/firn.json'));
    const ran = shop(cwd, ['add', '3.json', '2.json']);
    assert.equal(ran.code, 1);
    assert.match(
      ran.err,
      /^error\[set_collision\]: .*s\/src-cart.* and s\/cart .*touch line 3[\s\S]*firn: nothing is added\n$|^error\[set_collision\]: .*touch line 3/,
    );
    assert.deepEqual(readFileSync(path.join(cwd, 'patches/s/firn.json')), before);
    assert.deepEqual(readdirSync(path.join(cwd, 'patches/s')).sort(), ['cart.json', 'firn.json']);
    assert.equal(shop(cwd, ['add', '2.json', '--when', 'env=staging']).code, 0);
  });

  it('lets a change follow a patch', (test) => {
    const cwd = shopFor(test, { '1.json': batch(3, 'x'), '2.json': batch(3, 'y') });
    shop(cwd, ['add', '1.json', '--id', 'first']);
    assert.equal(shop(cwd, ['add', '2.json', '--id', 'second', '--after', 'first']).code, 0);
    assert.equal(built(cwd, 'src/Cart.jsx'), cart.replace('line 3\n', 'y\n'));
    const [first, second] = manifest(cwd).patches;
    assert.deepEqual([second.base, second.order], [first.result, 20]);
  });

  it('lets a change follow only where what it follows is', (test) => {
    const cwd = shopFor(test, { '1.json': batch(3, 'x'), '2.json': batch(3, 'y') });
    shop(cwd, ['add', '1.json', '--id', 'one', '--when', 'env=x']);
    const ran = shop(cwd, ['add', '2.json', '--after', 'one']);
    assert.equal(ran.code, 2);
    assert.match(
      ran.err,
      /s\/one is applied only when env=x: what follows it must say --when env=x, too/,
    );
    assert.equal(shop(cwd, ['add', '2.json', '--after', 'one', '--when', 'env=x']).code, 0);
  });

  it('lets a batch follow the patch whose result it was made for', (test) => {
    const patched = cart.replace('line 3\n', 'x\n');
    const cwd = shopFor(test, { '1.json': batch(3, 'x'), old: patched, new: `zero\n${patched}` });
    shop(cwd, ['add', '1.json']);
    const made = firn(['create', 'old', 'new', '--file', 'src/Cart.jsx', '-o', '2.json'], { cwd });
    assert.equal(made.code, 0);
    assert.equal(shop(cwd, ['add', '2.json', '--id', 'two']).err, '');
    const [first, second] = manifest(cwd).patches;
    assert.equal(second.base, first.result);
  });

  it('records a patch anew whose file was changed by hand', (test) => {
    const cwd = shopFor(test, {
      '1.json': batch(3, 'x'),
      '2.json': batch(9, 'y'),
      '3.json': batch(9, 'Y'),
    });
    shop(cwd, ['add', '1.json', '--id', 'one', '--reason', 'first']);
    shop(cwd, ['add', '2.json', '--id', 'two', '--after', 'one']);
    const file = (/** @type {string} */ name) => path.join(cwd, 'patches/s', name);
    writeFileSync(file('two.json'), batch(10, 'Y'));
    assert.match(shop(cwd, ['status']).err, /^error\[set_result_mismatch\]: /);
    const ran = shop(cwd, ['add', 'patches/s/two.json', '--reason', 'second']);
    assert.deepEqual(
      [ran.err, ran.out],
      ['', 'changed s/two: src/Cart.jsx (patches/s/two.json)\n'],
    );
    assert.equal(
      built(cwd, 'src/Cart.jsx'),
      cart.replace('line 3\n', 'x\n').replace('line 10\n', 'Y\n'),
    );
    const [one, two] = manifest(cwd).patches;
    assert.deepEqual([two.base, two.order, two.reason], [one.result, 20, 'second']);
    // What stands on it would have no place any more.
    writeFileSync(file('one.json'), batch(3, 'X'));
    const followed = shop(cwd, ['add', 'patches/s/one.json']);
    assert.equal(followed.code, 1);
    assert.match(
      followed.err,
      /^error\[set_base_mismatch\]: patch s\/two follows s\/one as it was before/,
    );
    const renamed = shop(cwd, ['add', 'patches/s/one.json', '--id', 'other']);
    assert.match(renamed.err, /one\.json is recorded as s\/one already/);
  });

  it('writes over no file that it does not know', (test) => {
    const cwd = shopFor(test, { 'b.json': batch(3, 'x') });
    writeFileSync(path.join(cwd, 'patches/s/cart.json'), 'precious');
    assert.equal(
      shop(cwd, ['add', 'b.json']).out,
      'added s/src-cart: src/Cart.jsx (patches/s/src-cart.json)\n',
    );
    assert.equal(readFileSync(path.join(cwd, 'patches/s/cart.json'), 'utf8'), 'precious');
  });

  /** @type {[string, string[], number, RegExp][]} */
  const wrong = [
    ['no change', ['add'], 2, /what is to be added\?/],
    ['a file that is not there', ['add', 'gone.json'], 2, /cannot read 'gone\.json': no such file/],
    [
      'a batch that names no file',
      ['add', 'bare.json'],
      2,
      /'bare\.json' names no file: --file says which/,
    ],
    [
      'a file that the baseline lacks',
      ['add', 'bare.json', '--file', 'gone.css'],
      1,
      /error\[set_unknown_file\]/,
    ],
    [
      'a baseline that is not there',
      ['add', 'bare.json', '--file', 'style.css', '--root', 'shopp'],
      2,
      /there is no folder 'shopp': --root says where the baseline is/,
    ],
    [
      'a file outside of the root',
      ['add', 'bare.json', '--file', '../b.json'],
      1,
      /error\[set_unsafe_path\]/,
    ],
    [
      'a link that leads out of the root',
      ['add', 'bare.json', '--file', 'etc/hostname'],
      1,
      /error\[set_unsafe_path\]/,
    ],
    [
      'a change that changes nothing',
      ['add', 'same.json'],
      1,
      /error\[set_unused_patch\]: same\.json changes nothing/,
    ],
    ['half a batch', ['add', 'half.json'], 1, /error\[malformed_json\]/],
    ['a batch for lines that are not there', ['add', 'far.json'], 1, /error\[set_patch_refused\]/],
    ['a batch for another file', ['add', 'same.json', '--file', 'style.css'], 1, /error\[set_/],
    [
      'a set that is not there',
      ['add', 'same.json', '--set', 'S'],
      2,
      /there is no patch set "S" in "patches" \(did you mean "s"\?\)/,
    ],
    [
      'an id that is none',
      ['add', 'bare.json', '--file', 'style.css', '--id', 'a/b'],
      2,
      /the id of a patch is made of letters/,
    ],
    [
      'a condition that is none',
      ['add', 'same.json', '--when', 'production'],
      2,
      /It has the form key=value/,
    ],
    ['a diff option for a batch', ['add', 'same.json', '--fuzz', '1'], 2, /--fuzz is for diffs/],
  ];
  it('says of a folder that nobody may write to that it is that', (test) => {
    const cwd = shopFor(test, { 'b.json': batch(3, 'drei') });
    const set = path.join(cwd, 'patches/s');
    chmodSync(cwd, 0o755);
    chmodSync(set, 0o555);
    // Root may write everywhere, so the command runs as someone else then.
    const uid = process.getuid?.() === 0 ? { uid: 65534 } : {};
    const ran = firn(['add', 'b.json', '--root', 'shop'], { cwd, ...uid });
    chmodSync(set, 0o755);
    assert.deepEqual(
      [ran.code, ran.err],
      [2, "firn: cannot write 'patches/s': permission denied\n"],
    );
    assert.deepEqual(readdirSync(set), ['firn.json']);
  });

  it('refuses, and leaves the set as it is:', async (test) => {
    const cwd = shopFor(test, {
      'bare.json': '[{"op":"delete","line":1}]',
      'same.json': batch(1, 'line 1'),
      'half.json': '{"patches":[',
      'far.json': batch(99, 'x'),
    });
    symlinkSync('/etc', path.join(cwd, 'shop/etc'));
    for (const [what, args, code, message] of wrong) {
      await test.test(what, () => {
        const ran = shop(cwd, args);
        assert.match(ran.err, message);
        assert.deepEqual([ran.code, ran.out], [code, '']);
        assert.deepEqual(readdirSync(path.join(cwd, 'patches/s')), ['firn.json']);
        assert.deepEqual(manifest(cwd).patches, []);
      });
    }
  });
});

describe('firn edit', () => {
  it('records what was changed in the patched copy, independent where it can be', (test) => {
    const cwd = shopFor(test, {
      'b.json': json({ file: 'src/Cart.jsx', patches: [{ op: 'insert', line: 1, text: 'zero' }] }),
    });
    shop(cwd, ['add', 'b.json']);
    const ran = shop(cwd, ['edit', 'src/Cart.jsx', '--reason', 'why'], editor('s/^line 5$/fünf/'));
    assert.deepEqual(
      [ran.code, ran.out, ran.err],
      [0, 'added s/src-cart: src/Cart.jsx (patches/s/src-cart.json)\n', ''],
    );
    const [first, second] = manifest(cwd).patches;
    assert.deepEqual([second.base, second.reason], [first.base, 'why']);
    assert.equal(built(cwd, 'src/Cart.jsx'), `zero\n${cart.replace('line 5\n', 'fünf\n')}`);
    shop(cwd, ['remove', 'cart']);
    assert.equal(built(cwd, 'src/Cart.jsx'), cart.replace('line 5\n', 'fünf\n'));
  });

  it('lets a change of patched lines follow their patch, or go into it', (test) => {
    const cwd = shopFor(test, { 'b.json': batch(3, 'drei') });
    shop(cwd, ['add', 'b.json']);
    assert.equal(shop(cwd, ['edit', 'src/Cart.jsx'], editor('s/^drei$/DREI/')).code, 0);
    const [first, second] = manifest(cwd).patches;
    assert.equal(second.base, first.result);
    const amended = shop(
      cwd,
      ['edit', 'src/Cart.jsx', '--amend', 'src-cart'],
      editor('s/^DREI$/trois/'),
    );
    assert.equal(amended.out, 'changed s/src-cart: src/Cart.jsx (patches/s/src-cart.json)\n');
    assert.equal(built(cwd, 'src/Cart.jsx'), cart.replace('line 3\n', 'trois\n'));
    assert.equal(manifest(cwd).patches.length, 2);
  });

  it('records nothing when nothing was changed, or the editor fails', (test) => {
    const cwd = shopFor(test);
    const same = shop(cwd, ['edit', 'src/Cart.jsx'], editor('s/none//'));
    assert.deepEqual([same.code, same.out], [0, '']);
    assert.match(same.err, /was not changed, and nothing is recorded/);
    const failed = shop(cwd, ['edit', 'src/Cart.jsx'], { env: { VISUAL: '', EDITOR: 'false' } });
    assert.equal(failed.code, 2);
    assert.match(failed.err, /the editor 'false' failed \(it ended with code 1\); the copy is in /);
    assert.deepEqual(manifest(cwd).patches, []);
  });

  it('keeps the copy when no patch can say the change', (test) => {
    const cwd = shopFor(test, { '1.json': batch(3, 'x'), '2.json': batch(4, 'y') });
    shop(cwd, ['add', '1.json', '--id', 'one']);
    shop(cwd, ['add', '2.json', '--id', 'two']);
    const ran = shop(cwd, ['edit', 'src/Cart.jsx'], editor('3,4s/[xy]/z/'));
    assert.equal(ran.code, 1);
    const [, copy = ''] =
      /it changes lines of s\/one and s\/two: .*the copy is in (\S+)\n$/.exec(ran.err) ?? [];
    assert.equal(readFileSync(copy, 'utf8'), cart.replace('line 3\nline 4\n', 'z\nz\n'));
    assert.equal(path.basename(copy), 'Cart.jsx');
    execFileSync('rm', ['-r', path.dirname(copy)]);
  });
});

describe('firn remove', () => {
  it('takes a patch and its file out, and leaves what never having added it leaves', (test) => {
    const [with_, without] = [0, 1].map(() =>
      shopFor(test, { '1.json': batch(3, 'x'), '2.json': batch(5, 'y'), '3.json': batch(7, 'z') }),
    );
    assert.ok(with_ && without);
    for (const id of ['1', '2', '3']) shop(with_, ['add', `${id}.json`, '--id', id, '--order', id]);
    for (const id of ['1', '3']) shop(without, ['add', `${id}.json`, '--id', id, '--order', id]);
    const ran = shop(with_, ['remove', 's/2']);
    assert.equal(ran.out, 'removed s/2: src/Cart.jsx (patches/s/2.json)\n');
    const read = (/** @type {string} */ cwd) =>
      readdirSync(path.join(cwd, 'patches/s')).map((name) => [
        name,
        readFileSync(path.join(cwd, 'patches/s', name), 'utf8'),
      ]);
    assert.deepEqual(read(with_), read(without));
  });

  it('carries what follows it to the text below, or says why it cannot', (test) => {
    const cwd = shopFor(test, {
      '1.json': batch(3, 'x'),
      '2.json': batch(9, 'y'),
      '3.json': batch(3, 'z'),
    });
    shop(cwd, ['add', '1.json', '--id', 'one']);
    shop(cwd, ['add', '2.json', '--id', 'two', '--after', 'one']);
    assert.equal(
      shop(cwd, ['remove', 'one']).out,
      'changed s/two: src/Cart.jsx (patches/s/two.json)\nremoved s/one: src/Cart.jsx (patches/s/one.json)\n',
    );
    assert.equal(built(cwd, 'src/Cart.jsx'), cart.replace('line 9\n', 'y\n'));
    shop(cwd, ['add', '1.json', '--id', 'one']);
    shop(cwd, ['add', '3.json', '--id', 'three', '--after', 'one']);
    const before = readFileSync(path.join(cwd, 'patches/s/firn.json'));
    const refused = shop(cwd, ['remove', 'one']);
    assert.equal(refused.code, 1);
    assert.match(
      refused.err,
      /s\/three of "src\/Cart\.jsx" cannot do without s\/one: they change the same lines \(line 3 of its text\)/,
    );
    assert.deepEqual(readFileSync(path.join(cwd, 'patches/s/firn.json')), before);
  });

  it('is refused when what follows would then collide', (test) => {
    const insert = json({ file: 'src/Cart.jsx', patches: [{ op: 'insert', line: 6, text: 'y' }] });
    const cwd = shopFor(test, {
      '1.json': json({
        file: 'src/Cart.jsx',
        patches: [{ op: 'replace', line: 3, endLine: 5, lines: ['x', 'x', 'x'] }],
      }),
      '2.json': insert,
      '3.json': batch(6, 'z'),
    });
    shop(cwd, ['add', '1.json', '--id', 'one']);
    shop(cwd, ['add', '2.json', '--id', 'two', '--after', 'one']);
    // While it is one change with what it follows, it lies apart from line 6 of the baseline.
    assert.equal(shop(cwd, ['add', '3.json', '--id', 'three']).code, 0);
    const ran = shop(cwd, ['remove', 'one']);
    assert.equal(ran.code, 1);
    assert.match(ran.err, /^error\[set_collision\]: .*both touch line 6 of "src\/Cart\.jsx"/);
    assert.equal(manifest(cwd).patches.length, 3);
  });

  it('of a stale patch needs no baseline; of a patch that is not there is a wrong call', (test) => {
    const cwd = shopFor(test, { '1.json': batch(3, 'x') });
    shop(cwd, ['add', '1.json']);
    assert.match(
      shop(cwd, ['remove', 'cert']).err,
      /set "s" has no patch "cert" \(did you mean cart\?\)/,
    );
    writeFileSync(path.join(cwd, 'shop/src/Cart.jsx'), 'gone\n');
    assert.equal(shop(cwd, ['remove', 'cart']).code, 0);
  });
});

describe('firn status', () => {
  it('tells of each patch whether it fits, and of each problem what to do', (test) => {
    const cwd = shopFor(test, {
      '1.json': batch(3, 'x'),
      '2.json': batch(5, 'y'),
      'c.json': json({ file: 'style.css', patches: [{ op: 'delete', line: 1 }] }),
    });
    shop(cwd, ['add', '1.json', '--id', 'one']);
    shop(cwd, ['add', '2.json', '--id', 'two', '--when', 'env=production']);
    shop(cwd, ['add', 'c.json', '--id', 'css']);
    firn(['init', 't'], { cwd });
    shop(cwd, ['add', '1.json', '--set', 't', '--id', 'same']);
    const fine = shop(cwd, ['status']);
    assert.deepEqual([fine.code, fine.err], [0, ''], 'stores are no layers of each other');
    const together = shop(cwd, [
      'status',
      '--set',
      's',
      '--set',
      't',
      '--when',
      'env=production',
      '--json',
    ]);
    assert.equal(together.code, 1);
    const { sets, problems } = JSON.parse(together.out);
    assert.deepEqual(
      sets.flatMap((/** @type {any} */ { id, patches }) =>
        patches.map((/** @type {any} */ one) => [id, one.id, one.status]),
      ),
      [
        ['s', 'one', 'collides'],
        ['s', 'two', 'fits'],
        ['s', 'css', 'fits'],
        ['t', 'same', 'collides'],
      ],
    );
    assert.equal(problems[0].code, 'set_collision');
    writeFileSync(path.join(cwd, 'shop/style.css'), `\u001b[31m${style}`);
    writeFileSync(path.join(cwd, 'patches/s/one.json'), batch(3, 'changed by hand'));
    const ran = shop(cwd, ['status', '--set', 's']);
    assert.equal(
      ran.out,
      's  3 patches in patches/s\n' +
        '  refused   one  src/Cart.jsx\n' +
        '  off       two  src/Cart.jsx  when env=production\n' +
        '  stale     css  style.css\n' +
        '0 fit, 1 stale, 1 refused, 1 off\n',
    );
    assert.match(
      ran.err,
      /error\[set_result_mismatch\]: [\s\S]*error\[set_base_mismatch\]: [\s\S]* = help: .*firn rebase/,
    );
    assert.doesNotMatch(ran.err + ran.out, acting);
  });

  it('tells of a set that cannot be read, and of the others all the same', (test) => {
    const cwd = shopFor(test, {
      'patches/broken/firn.json': '{"schema":"firn.set/1",\n  "id":"broken",\n  "patchs":[]}\n',
    });
    const ran = shop(cwd, ['status']);
    assert.equal(ran.code, 1);
    assert.match(ran.out, /^s {2}0 patches in patches\/s\n0 fit\n$/);
    assert.match(
      ran.err,
      /^error\[set_malformed\]: the manifest has no "patches"\n --> patches\/broken\/firn\.json:1:1\n {2}\|\n1 \| \{"schema"/,
    );
  });

  it('without a set says how to make one', (test) => {
    const cwd = folderFor(test);
    const ran = firn(['status'], { cwd });
    assert.deepEqual([ran.code, ran.out], [2, '']);
    assert.match(ran.err, /there is no patch set in 'patches': firn init makes one/);
  });
});

describe('firn init', () => {
  it('begins a set, in a folder of its name', (test) => {
    const cwd = folderFor(test);
    const ran = firn(['init', 's', '--patches', 'changes'], { cwd });
    assert.deepEqual([ran.code, ran.out, ran.err], [0, 'changes/s/firn.json\n', '']);
    assert.deepEqual(manifest(cwd, '../changes/s'), { schema: 'firn.set/1', id: 's', patches: [] });
  });

  it('makes no set over another, and none outside of its folder', (test) => {
    const cwd = shopFor(test);
    const again = firn(['init', 's'], { cwd });
    assert.equal(again.code, 2);
    assert.match(again.err, /there is a patch set in "patches\/s" already/);
    const out = firn(['init', '../s'], { cwd });
    assert.deepEqual([out.code, existsSync(path.join(cwd, 's'))], [2, false]);
  });
});

describe('the manifests of two branches', () => {
  it('merge in git when they change different files', (test) => {
    const one = (/** @type {string} */ file) =>
      json({ file, patches: [{ op: 'delete', line: 1 }] });
    const cwd = shopFor(test, {
      ...{ 'shop/a.js': cart, 'shop/m.js': cart, 'shop/z.js': cart },
      ...{ 'a.json': one('a.js'), 'm.json': one('m.js'), 'z.json': one('z.js') },
    });
    const git = (/** @type {string[]} */ ...args) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
        cwd,
        stdio: 'pipe',
      });
    const added = (/** @type {string} */ name) => {
      assert.equal(shop(cwd, ['add', `${name}.json`]).code, 0);
      git('add', '.');
      git('commit', '--quiet', '--message', name);
    };
    git('init', '--quiet', '--initial-branch', 'main');
    added('m');
    git('checkout', '--quiet', '-b', 'other');
    added('z');
    git('checkout', '--quiet', 'main');
    added('a');
    git('merge', '--quiet', 'other');
    const files = manifest(cwd).patches.map((/** @type {{ file: string }} */ { file }) => file);
    assert.deepEqual(files, ['a.js', 'm.js', 'z.js']);
    assert.match(shop(cwd, ['status']).out, /\n3 fit\n$/);
  });
});

describe('firn list', () => {
  it('lists what the manifests have, whatever the baseline is', (test) => {
    const cwd = shopFor(test, { '1.json': batch(3, 'x') });
    shop(cwd, ['add', '1.json', '--when', 'b=2', '--when', 'a=1', '--reason', 'it \u202e is']);
    const ran = firn(['list'], { cwd });
    assert.equal(
      ran.out,
      's  1 patch in patches/s\n  cart  src/Cart.jsx  when a=1 b=2  it \\u{202e} is\n',
    );
  });
});
