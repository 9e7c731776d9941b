// @ts-check
/** The storefront by every bundler, for every store: one artefact id, the store's own page, and maps that lead back to the frozen lines. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadEngine } from '@firn/engine';
import { applyFile, buildManifest, patchIndex, printBuildManifest } from '@firn/sets';
import { freezeBaseline, loadSets } from '@firn/sets/node';
import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';

import { launch, withPage } from '../browser/chromium.mjs';
import { builders } from './builders.mjs';
import { serve } from './serve.mjs';

const shop = fileURLToPath(new URL('../../examples/storefront/', import.meta.url));
const root = path.join(shop, 'baseline');
const patches = path.join(shop, 'patches');
const command = fileURLToPath(new URL('../../js/cli/bin/firn.js', import.meta.url));
const out = mkdtempSync(path.join(os.tmpdir(), 'firn-bundlers-'));
after(() => rmSync(out, { recursive: true }));

/** What each store changes that one can see. @type {Record<string, { title: RegExp, theme: string, banner: boolean, hero: boolean }>} */
const STORES = {
  alpenglow: { title: /^Alpenglow/, theme: 'auto', banner: true, hero: true },
  'bulk-depot': { title: /Bulk/, theme: 'auto', banner: false, hero: false },
  'kaiju-games': { title: /Kaiju|怪獣/, theme: 'dark', banner: true, hero: true },
};

const engine = await loadEngine();

/** What `firn-manifest.json` has to be, with no bundler at all. @param {string} store */
function manifestOf(store) {
  const index = patchIndex(loadSets(patches, [store]));
  const proofs = index.files.map((file) => {
    const baseline = freezeBaseline(engine, root, file);
    const { proof, dispose } = applyFile(engine, baseline, index.of(file));
    dispose();
    baseline.dispose();
    return proof;
  });
  return printBuildManifest(buildManifest(engine, index, proofs));
}

/** The bundle's script, and its map. @param {string} folder */
function scriptIn(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const file = files.find((name) => /\.jsx?$/.test(name)) ?? '';
  return ['', '.map'].map((ending) => readFileSync(path.join(folder, file + ending), 'utf8'));
}

/** Texts in quotes that are there once, by their places. @param {string} text */
function quotesIn(text) {
  /** @type {Map<string, { line: number, column: number } | undefined>} */
  const found = new Map();
  for (const [index, line] of text.split('\n').entries()) {
    for (const { 1: quote = '', index: column } of line.matchAll(/["']([a-z][\w. -]{7,})["']/g)) {
      found.set(quote, found.has(quote) ? undefined : { line: index + 1, column });
    }
  }
  return found;
}

/** How many places of the bundle were led back to `file`. @param {string} folder @param {string} file */
function tracedBack(folder, file) {
  const [code = '', json = ''] = scriptIn(folder);
  const map = new TraceMap(json);
  const inBundle = quotesIn(code);
  let traced = 0;
  for (const [quote, frozen] of quotesIn(readFileSync(path.join(root, file), 'utf8'))) {
    const place = frozen && inBundle.get(quote);
    if (!place) continue;
    const { source, line, column } = originalPositionFor(map, place);
    if (!source?.endsWith(file)) continue;
    assert.equal(line, frozen.line, `${quote} in ${folder}`);
    // swc counts from a byte of its own.
    assert.ok(
      Math.abs(Number(column) - frozen.column) <= 1,
      `${quote}: ${column}, ${frozen.column}`,
    );
    assert.equal(sourceContentFor(map, source), readFileSync(path.join(root, file), 'utf8'));
    traced += 1;
  }
  return traced;
}

describe('the storefront', () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const [store, shown] of Object.entries(STORES)) {
    for (const backend of ['native', 'wasm']) {
      it(`${store} by firn build, ${backend}, has the artefact id that bundlers give it`, () => {
        const folder = path.join(out, `${store}-${backend}`);
        const tree = ['--root', root, '--patches', patches, '--set', store, '--out', folder];
        execFileSync(process.execPath, [command, 'build', ...tree, '--backend', backend]);
        const manifest = readFileSync(path.join(folder, 'firn-manifest.json'), 'utf8');
        assert.equal(manifest, manifestOf(store));
      });
    }

    for (const [bundler, build] of Object.entries(builders)) {
      it(`${store} by ${bundler} is what the patches say, and its map leads to the baseline`, async () => {
        const folder = path.join(out, `${store}-${bundler}`);
        const pages = ['index.html', 'policies.html'];
        const firn = { root, patches, sets: store, syntax: true };
        await build({ root, entry: 'src/main.jsx', pages, out: folder, firn });

        const manifest = readFileSync(path.join(folder, 'firn-manifest.json'), 'utf8');
        assert.equal(manifest, manifestOf(store));
        assert.ok(existsSync(path.join(folder, 'policies.html')));
        assert.ok(tracedBack(folder, 'src/components/Cart.jsx') >= 3);

        const server = await serve(folder);
        try {
          await withPage(browser, `${server.origin}/index.html`, async (page) => {
            await page.waitForSelector('.shelf');
            assert.match(await page.title(), shown.title);
            const seen = await page.evaluate(() => {
              const { theme = 'auto' } = document.documentElement.dataset;
              const has = (/** @type {string} */ part) => document.querySelector(part) !== null;
              return { theme, banner: has('.promo'), hero: has('.hero') };
            });
            const { title: _, ...expected } = shown;
            assert.deepEqual(seen, expected);
          });
        } finally {
          server.close();
        }
      });
    }
  }
});
