// @ts-check
/** firn add: changes of all kinds become patches of a set. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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

import { firn, json } from './run-firn.mjs';
import { batch, built, cart, engine, manifest, shop, shopFor, style } from './shop.mjs';

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

  it('adds nothing where nothing was edited', (test) => {
    const cwd = shopFor(test, { 'edited/src/Cart.jsx': cart, 'edited/style.css': style });
    const ran = shop(cwd, ['add', '--edited', 'edited']);
    assert.deepEqual([ran.code, ran.err], [0, 'firn: nothing differs from the baseline\n']);
    assert.deepEqual(manifest(cwd).patches, []);
  });

  it('calls a patch as its batch calls itself, where that is an id', (test) => {
    const called = (/** @type {string} */ id, /** @type {number} */ line) =>
      json({ file: 'src/Cart.jsx', id, patches: [{ op: 'delete', line }] });
    const cwd = shopFor(test, {
      '1.json': called('shop/tax', 3),
      '2.json': called('two words', 9),
      '3.json': called(`l${'o'.repeat(80)}ng`, 15),
    });
    assert.equal(shop(cwd, ['add', '1.json', '2.json', '3.json']).err, '');
    assert.deepEqual(
      manifest(cwd).patches.map((/** @type {{ id: string }} */ { id }) => id),
      ['tax', 'cart', 'src-cart'],
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

  it('lets a change follow no patch of another file', (test) => {
    const cwd = shopFor(test, {
      '1.json': batch(3, 'x'),
      '2.json': json({ file: 'style.css', patches: [{ op: 'delete', line: 1 }] }),
    });
    shop(cwd, ['add', '1.json', '--id', 'one']);
    const ran = shop(cwd, ['add', '2.json', '--after', 'one']);
    const message = '--after one is of "src/Cart.jsx", and the change is of "style.css"';
    assert.deepEqual([ran.code, ran.err], [2, `firn: ${message}\nfirn: try "firn add --help"\n`]);
    assert.equal(manifest(cwd).patches.length, 1);
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

  const diffOf = (/** @type {string} */ name) =>
    `--- a/${name}\n+++ b/${name}\n@@ -0,0 +1 @@\n+new\n`;
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
    [
      'one id for two patches',
      ['add', 'two.diff', '--id', 'one'],
      2,
      /--id is of one patch, and there are 2/,
    ],
    [
      'one file for a diff of two',
      ['add', 'two.diff', '--file', 'style.css'],
      2,
      /--file is for one file, and the diff is of several/,
    ],
    [
      'a diff that takes a file away',
      ['add', 'away.diff'],
      1,
      /error\[set_wrong_file\]: the change of "style\.css" is to remove it: /,
    ],
    [
      'a diff that makes a program of a file',
      ['add', 'mode.diff'],
      1,
      /error\[set_wrong_file\]: the change of "style\.css" changes its mode: /,
    ],
    ['two sets', ['add', 'same.json', '--set', 's', '--set', 't'], 2, /A patch is in one set/],
    [
      'a condition that has two values',
      ['add', 'same.json', '--when', 'env=a', '--when', 'env=b'],
      2,
      /"env" has another value already/,
    ],
  ];
  it('asks for the set where there is none, or several', (test) => {
    const cwd = shopFor(test, { 'b.json': batch(3, 'drei') });
    firn(['init', 't'], { cwd });
    const several = shop(cwd, ['add', 'b.json']);
    assert.match(several.err, /^firn: which set\? --set takes one of s and t\n/);
    const none = shop(cwd, ['add', 'b.json', '--patches', 'shop']);
    assert.match(none.err, /^firn: there is no patch set in 'shop': firn init makes one\n/);
    assert.deepEqual([several.code, none.code], [2, 2]);
  });

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
      'two.diff': diffOf('style.css') + diffOf('src/Cart.jsx'),
      'away.diff': `--- a/style.css\n+++ /dev/null\n@@ -1,2 +0,0 @@\n${style.replace(/^/gm, '-').slice(0, -1)}`,
      'mode.diff': `diff --git a/style.css b/style.css\nold mode 100644\nnew mode 100755\n${diffOf('style.css')}`,
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
