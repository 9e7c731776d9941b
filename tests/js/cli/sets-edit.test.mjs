// @ts-check
/** firn edit: a patched file in an editor becomes a patch. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';

import { until } from '../../until.mjs';
import { bin, environment, json } from './run-firn.mjs';
import { batch, built, cart, editor, manifest, shop, shopFor } from './shop.mjs';

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

  it('puts a change into no patch that the copy does not show, and opens no editor for it', (test) => {
    const cwd = shopFor(test, {
      'b.json': batch(3, 'drei'),
      'c.json': json({ file: 'style.css', patches: [{ op: 'delete', line: 1 }] }),
    });
    shop(cwd, ['add', 'b.json', '--id', 'off', '--when', 'env=x']);
    shop(cwd, ['add', 'c.json', '--id', 'else']);
    for (const [id, why] of /** @type {const} */ ([
      ['off', 'is off here: --when says under which conditions the file is edited'],
      ['else', 'is of style.css, and FILE is src/Cart.jsx'],
    ])) {
      const ran = shop(cwd, ['edit', 'src/Cart.jsx', '--amend', id], {
        env: { VISUAL: 'touch opened;' },
      });
      assert.equal(ran.err, `firn: --amend ${id} ${why}\nfirn: try "firn edit --help"\n`);
      assert.equal(ran.code, 2);
      assert.ok(!existsSync(path.join(cwd, 'opened')));
    }
    const on = ['edit', 'src/Cart.jsx', '--amend', 'off', '--when', 'env=x'];
    assert.equal(shop(cwd, on, editor('s/^drei$/trois/')).err, '');
  });

  it('records nothing when nothing was changed, or the editor fails', (test) => {
    const cwd = shopFor(test);
    const same = shop(cwd, ['edit', 'src/Cart.jsx'], editor('s/none//'));
    assert.deepEqual([same.code, same.out], [0, '']);
    assert.match(same.err, /was not changed, and nothing is recorded/);
    const failed = shop(cwd, ['edit', 'src/Cart.jsx'], { env: { VISUAL: '', EDITOR: 'false' } });
    const why = "firn: the editor 'false' failed (it ended with code 1)\n";
    assert.deepEqual([failed.code, failed.err], [2, why], 'there is nothing in the copy to keep');
    const crash = { env: { VISUAL: `sed -i s/5/6/ "$1"; false` } };
    const crashed = shop(cwd, ['edit', 'src/Cart.jsx'], crash);
    assert.equal(crashed.code, 2);
    const [, copy = ''] = /the copy is in (\S+)\n$/.exec(crashed.err) ?? [];
    assert.match(readFileSync(copy, 'utf8'), /^line 6$/m);
    execFileSync('rm', ['-r', path.dirname(copy)]);
    assert.deepEqual(manifest(cwd).patches, []);
  });

  it('leaves Ctrl-C to the editor, and records what it makes after it', async (test) => {
    const program = `trap 'touch interrupted' INT
      touch opened
      until [ -e interrupted ]; do sleep 0.1; done
      sed -i 's/^line 5$/fünf/' "$1"\n`;
    const cwd = shopFor(test, { 'editor.sh': program });
    const call = ['edit', 'src/Cart.jsx', '--root', 'shop'];
    const env = { ...environment, VISUAL: 'sh editor.sh' };
    // A group of its own, as a terminal gives to what it runs.
    const child = spawn(bin, call, { cwd, env, detached: true, stdio: 'ignore' });
    const ended = once(child, 'exit');
    await until('the editor', () => existsSync(path.join(cwd, 'opened')));
    process.kill(-Number(child.pid), 'SIGINT');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(built(cwd, 'src/Cart.jsx'), cart.replace('line 5\n', 'fünf\n'));
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

  it('takes the file as people and their shells name it', (test) => {
    for (const named of ['./src/Cart.jsx', 'src//Cart.jsx', 'shop/src/Cart.jsx']) {
      const cwd = shopFor(test);
      const ran = shop(cwd, ['edit', named], editor('s/^line 5$/fünf/'));
      assert.deepEqual([ran.code, ran.err], [0, '']);
      assert.deepEqual(
        manifest(cwd).patches.map((/** @type {any} */ one) => one.file),
        ['src/Cart.jsx'],
      );
      const more = shop(cwd, ['add', '-', '--file', named], {
        input: json([{ op: 'delete', line: 9 }]),
      });
      assert.deepEqual([more.code, more.err], [0, '']);
    }
    const hidden = shopFor(test, { 'shop/..rc': 'one\n' });
    const named = shop(hidden, ['edit', 'shop/..rc'], editor('s/one/two/'));
    assert.deepEqual([named.err, manifest(hidden).patches[0]?.file], ['', '..rc']);
    const elsewhere = shop(shopFor(test), ['edit', '../shop/src/Cart.jsx'], editor('s/5/6/'));
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.err, /set_unsafe_path/);
  });
});
