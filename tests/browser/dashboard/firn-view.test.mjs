// @ts-check
/** <firn-view> in a page without a bundler. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

import { loadEngine } from '@firn/engine';

import { until } from '../../until.mjs';
import { accessibilityProblems, openShop } from './shop.mjs';

/** @typedef {import('@firn/dashboard/firn-view').FirnView} FirnView */

const dashboard = path.resolve(import.meta.dirname, '../../../js/dashboard');
const shop = await openShop({ dashboard });
after(() => shop.close());

const EXAMPLE = 'dashboard/example/index.html';
const read = (/** @type {string} */ name) =>
  readFileSync(path.join(dashboard, 'example', name), 'utf8');

describe('<firn-view>', () => {
  it('shows a file and its batches by their addresses, under the strictest policy', async () => {
    const firn = await loadEngine({ backend: 'native' });
    const patched = firn
      .freeze(read('shelf.js'))
      .apply(firn.batch(read('winter.json')), { policy: 'best-effort' });
    await shop.visit(EXAMPLE, async (page) => {
      const added = page.locator('firn-view .row.added .code');
      const expected = patched.changes().flatMap(({ from, to }) => patched.lines(from, to));
      await until('the lines', async () =>
        assert.deepEqual(await added.allTextContents(), expected),
      );
      assert.deepEqual(await accessibilityProblems(page), []);
    });
  });

  it('takes properties, and tells what it made of them', async () => {
    await shop.visit(EXAMPLE, async (page) => {
      const told = await page.evaluate(async () => {
        const view = document.createElement('firn-view');
        /** @type {Promise<any>} */
        const violations = new Promise((resolve) =>
          view.addEventListener('firn-violations', ({ detail }) => resolve(detail)),
        );
        /** @type {Promise<any>} */
        const ready = new Promise((resolve) =>
          view.addEventListener('firn-ready', ({ detail }) => resolve(detail)),
        );
        view.baseline = new TextEncoder().encode('one\ntwo\n');
        view.batches = [
          [{ op: 'replace', line: 2, text: 'TWO' }],
          '[{ "op": "delete", "line": 2 }]',
          'no batch at all',
        ];
        document.body.append(view);
        return { violations: await violations, ready: await ready };
      });
      const codes = told.violations.violations.map((/** @type {any} */ { code }) => code);
      assert.deepEqual(codes, ['malformed_diff', 'overlap']);
      assert.equal(told.ready.linesAdded, 1);
      const firn = await loadEngine({ backend: 'native' });
      assert.equal(told.ready.fingerprint, firn.freeze('one\nTWO\n').fingerprint);
    });
  });

  it('tells which line was chosen, and who wrote it', async () => {
    await shop.visit(EXAMPLE, async (page) => {
      await page.locator('firn-view .row.added .code').first().click();
      await page
        .getByText('Line 5 of the patched text comes from patch limit: A dozen fits the window.')
        .waitFor();
      await page.getByRole('button', { name: 'Side by side' }).click();
      await page.locator('firn-view .is-split').waitFor();
      await page.locator('firn-view .row.same .code').first().click();
      await page.getByText('Line 1 of the patched text comes from the baseline.').waitFor();
    });
  });

  it('says what could not be loaded', async () => {
    await shop
      .visit(EXAMPLE, async (page) => {
        const message = await page
          .evaluate(() =>
            new Promise((resolve) => {
              const view = document.createElement('firn-view');
              view.addEventListener('firn-error', ({ detail }) => resolve(detail.message));
              view.setAttribute('baseline-src', 'data:,x');
              document.body.append(view);
            }).then(String),
          )
          .catch(String);
        assert.match(message, /fetch|loaded/i);
      })
      .catch((error) => {
        // The policy refuses the address, and says so on the console too.
        assert.match(String(error), /connect-src|default-src/);
      });
  });
});

/** Every script that a module loads before it runs, by the static imports in it. @param {string} name @returns {string[]} */
function scriptsOf(name, folder = path.join(dashboard, 'dist/page'), seen = new Set()) {
  const file = path.join(folder, name);
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)].map(
    ([, to = '']) => to,
  );
  return [
    text,
    ...imports.flatMap((to) =>
      scriptsOf(path.relative(folder, path.join(path.dirname(file), to)), folder, seen),
    ),
  ];
}

/** @param {string[]} texts */
const kilobytes = (texts) =>
  texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0) / 1000;

describe('what a page downloads', () => {
  const assets = readdirSync(path.join(dashboard, 'dist/page/assets'));
  const asset = (/** @type {RegExp} */ name) => `assets/${assets.find((file) => name.test(file))}`;
  const worker = kilobytes(scriptsOf(asset(/^engine-worker.*\.js$/)));

  it("for <firn-view> is less than 60 KB of script, the worker with the engine's glue among them", () => {
    const size = kilobytes(scriptsOf('firn-view.js')) + worker;
    assert.ok(size < 60, `${size} KB`);
  });

  it('for the dashboard is less than 200 KB of script', () => {
    const size = kilobytes(scriptsOf(asset(/^index.*\.js$/))) + worker;
    assert.ok(size < 200, `${size} KB`);
  });
});
