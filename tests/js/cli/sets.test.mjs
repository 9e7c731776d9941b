// @ts-check
/** firn init, remove, status and list, and manifests that git merges. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';

import { acting, firn, folderFor, json } from './run-firn.mjs';
import { batch, built, cart, manifest, shop, shopFor, style } from './shop.mjs';

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

  it('names the folder as it is, however it was named, and says where it cannot be made', (test) => {
    const cwd = folderFor(test);
    const ran = firn(['init', 's', '--patches', 'changes/'], { cwd });
    assert.deepEqual([ran.code, ran.out], [0, 'changes/s/firn.json\n']);
    for (const call of ['list --patches', 'status --patches', 'check --json -p']) {
      assert.doesNotMatch(firn([...call.split(' '), 'changes/'], { cwd }).out, /\/\//, call);
    }
    chmodSync(cwd, 0o555);
    // Root may write everywhere, so the command runs as someone else then.
    const who = process.getuid?.() === 0 ? { uid: 65534 } : {};
    const refused = firn(['init', 's'], { cwd, ...who });
    chmodSync(cwd, 0o755);
    assert.deepEqual(
      [refused.code, refused.err],
      [2, "firn: cannot write 'patches/s': permission denied\n"],
    );
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
