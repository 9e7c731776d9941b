// @ts-check
/** The demo runs, what it writes differs from the baseline only where patches say so, and the shops build. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadEngine } from '@firn/engine';
import { BUILD_MANIFEST_NAME, parseBuildManifest, patchIndex } from '@firn/sets';
import { freezeBaseline, loadSet } from '@firn/sets/node';

const shop = fileURLToPath(new URL('../../../examples/storefront/', import.meta.url));
const vite = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url));
const engine = await loadEngine();
const stores = readdirSync(path.join(shop, 'patches')).sort();

/** @param {string[]} args @param {Record<string, string>} [env] */
const node = (args, env) =>
  execFileSync(process.execPath, args, {
    cwd: shop,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** @param {string} folder */
const filesIn = (folder) =>
  readdirSync(path.join(shop, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(shop, folder), path.join(entry.parentPath, entry.name)))
    .sort();

describe('the storefront', () => {
  let said = '';
  before(() => {
    said = node(['demo/demo.mjs']);
  });

  it('comes out of both backends alike', () => {
    const [, same, all] = /(\d+)\/(\d+)/.exec(said) ?? [];
    assert.ok(Number(all) > 0, said);
    assert.equal(same, all);
    assert.equal(stores.length, 3);
  });

  for (const store of stores) {
    it(`${store} differs from the baseline in just the files that its set patches`, () => {
      const files = filesIn('baseline');
      assert.deepEqual(filesIn(`out/${store}`), [...files, BUILD_MANIFEST_NAME].sort());
      const different = files.filter((file) => {
        const [old, patched] = ['baseline', `out/${store}`].map((folder) =>
          readFileSync(path.join(shop, folder, file)),
        );
        return old && patched && !old.equals(patched);
      });
      const index = patchIndex([loadSet(path.join(shop, 'patches', store))]);
      assert.deepEqual(different, index.files);
    });

    it(`${store} is what its manifest says, file by file`, () => {
      const out = path.join(shop, 'out', store);
      const text = readFileSync(path.join(out, BUILD_MANIFEST_NAME));
      const { id, files } = parseBuildManifest(engine, text);
      assert.match(said, new RegExp(`^ {2}${store} +${id}$`, 'm'));
      for (const [file, { base, result }] of Object.entries(files)) {
        const [before, after] = [path.join(shop, 'baseline'), out].map(
          (root) => freezeBaseline(engine, root, file).fingerprint,
        );
        assert.deepEqual([before, after], [base, result], file);
      }
    });
  }

  for (const store of ['baseline', ...stores]) {
    it(`${store} builds`, () => {
      node([vite, 'build', '--logLevel', 'error'], { STORE: store });
      assert.ok(existsSync(path.join(shop, 'dist', store, 'index.html')));
    });
  }
});
