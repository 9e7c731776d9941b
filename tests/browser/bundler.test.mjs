// @ts-check
/** An application of a few lines, bundled as README says, opened in a browser under the strictest policy. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import { build } from 'vite';
import webpack from 'webpack';

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

/** All of it in one, and in two; a page loads what it asks for. */
const PARTS = 3;

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
      assert.equal(wasmIn('vite').length, PARTS);
      assert.equal((await titleOf('vite/index.html')).trim(), 'two');
      assert.equal(await titleOf('vite/by-address.html'), 'two');
    }
  });

  it('of webpack finds its WebAssembly by itself', async () => {
    const output = { path: path.join(folder, 'webpack'), filename: 'main.mjs', module: true };
    await bundledByWebpack({
      mode: 'production',
      context: root,
      entry: './main.mjs',
      output,
      // Its advice about sizes is a warning too.
      performance: false,
      experiments: { outputModule: true },
    });
    assert.equal(wasmIn('webpack').length, PARTS);
    cpSync(path.join(root, 'index.html'), path.join(folder, 'webpack/index.html'));
    assert.equal((await titleOf('webpack/index.html')).trim(), 'two');
  });

  const input = path.join(root, 'hosted.mjs');
  /** @type {Record<string, (dir: string) => Promise<unknown>>} */
  const others = {
    rolldown: async (dir) => {
      const bundle = await rolldown({ input });
      await bundle.write({ dir });
      await bundle.close();
    },
    rollup: async (dir) => {
      const bundle = await rollup({ input, plugins: [nodeResolve({ browser: true })] });
      await bundle.write({ dir });
      await bundle.close();
    },
    esbuild: (outdir) =>
      esbuild.build({ entryPoints: [input], outdir, bundle: true, format: 'esm', minify: true }),
  };
  for (const [name, bundled] of Object.entries(others)) {
    it(`of ${name}, which leaves new URL() alone, is told where it is`, async () => {
      await bundled(path.join(folder, name));
      assert.deepEqual(wasmIn(name), []);
      cpSync(new URL('firn.wasm', DIST), path.join(folder, name, 'assets/firn.wasm'));
      cpSync(path.join(root, 'hosted.html'), path.join(folder, name, 'hosted.html'));
      assert.equal(await titleOf(`${name}/hosted.html`), 'two');
    });
  }
});

/** @param {import('webpack').Configuration} configuration */
async function bundledByWebpack(configuration) {
  const compiler = webpack(configuration);
  const stats = await new Promise((done, fail) => {
    compiler.run((error, result) => (error ? fail(error) : done(result)));
  });
  await new Promise((done) => compiler.close(done));
  assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
}
