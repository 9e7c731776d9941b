// @ts-check
/** An application of a few lines, bundled as README says, opened in a browser under the strictest policy. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { rolldown } from 'rolldown';
import { build } from 'vite';

import { DIST } from '../js/engine/backends.mjs';
import { launch, withPage } from './chromium.mjs';
import { serve } from './server.mjs';

const root = path.join(import.meta.dirname, 'bundled');
const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-bundle-'));
const server = await serve({ folders: { bundle: folder } });
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

/** The title that a page of the bundle gives itself. @param {string} page */
async function titleOf(page) {
  return withPage(browser, `${server.origin}/bundle/${page}`, async (opened) => {
    await opened.waitForFunction(() => !document.title.startsWith('Firn'));
    return opened.title();
  });
}

/** @param {string} name */
const wasmIn = (name) =>
  readdirSync(path.join(folder, name), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.wasm'),
  );

describe('@firn/engine in a bundle', () => {
  it('of Vite finds its WebAssembly, by itself or by an address', async () => {
    for (const base of ['/bundle/vite/', './']) {
      await build({
        root,
        base,
        configFile: false,
        logLevel: 'error',
        build: {
          outDir: path.join(folder, 'vite'),
          emptyOutDir: true,
          rolldownOptions: {
            input: ['index.html', 'by-address.html'].map((page) => path.join(root, page)),
          },
        },
      });
      assert.equal(wasmIn('vite').length, 1);
      assert.equal((await titleOf('vite/index.html')).trim(), 'two');
      assert.equal(await titleOf('vite/by-address.html'), 'two');
    }
  });

  it('of a bundler that leaves new URL() alone is told where it is', async () => {
    const bundle = await rolldown({ input: path.join(root, 'hosted.mjs') });
    await bundle.write({ dir: path.join(folder, 'rolldown') });
    await bundle.close();
    assert.deepEqual(wasmIn('rolldown'), []);
    cpSync(new URL('firn.wasm', DIST), path.join(folder, 'rolldown/assets/firn.wasm'));
    cpSync(path.join(root, 'hosted.html'), path.join(folder, 'rolldown/hosted.html'));
    assert.equal(await titleOf('rolldown/hosted.html'), 'two');
  });
});
