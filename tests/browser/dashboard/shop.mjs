// @ts-check
/** The dashboard with the storefront in it, as `make demo` serves it, and what tests do with it again and again. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

import { writeSite } from '../../../examples/storefront/demo/site.mjs';
import { until } from '../../until.mjs';
import { launch, slowDown } from '../chromium.mjs';
import { serve } from '../server.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serves the page and starts a browser; `close` ends both. @param {Record<string, string>} [folders] */
export async function openShop(folders = {}) {
  const site = mkdtempSync(path.join(os.tmpdir(), 'firn-dashboard-'));
  await writeSite(site);
  const server = await serve({ folders: { shop: site, ...folders } });
  const browser = await launch();
  return {
    site,
    origin: server.origin,
    browser,
    close: async () => {
      await browser.close();
      server.close();
      rmSync(site, { recursive: true });
    },
    /** Opens an address below the origin; nothing may be complained about meanwhile.
     * @template T @param {string} address @param {(page: Page) => Promise<T>} use @param {ContextOptions} [options] */
    visit: async (address, use, options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
        ...options,
      });
      const page = await context.newPage();
      await slowDown(page);
      /** @type {string[]} */
      const complaints = [];
      page.on('console', (message) => {
        // A refusal by the Content Security Policy is an error on the console.
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      try {
        await page.goto(`${server.origin}/${address}`);
        const made = await use(page);
        assert.deepEqual(complaints, [], 'the page complains');
        return made;
      } finally {
        await context.close();
      }
    },
  };
}

/** Address of a file of a store. @param {Record<string, string | number>} place */
export const placeInShop = (place) =>
  `shop/index.html#${new URLSearchParams(Object.entries(place).map(([key, value]) => [key, String(value)]))}`;

/** Waits until the code of `file` is on screen. @param {Page} page @param {string} file @param {string} [heading] */
export async function untilShown(page, file, heading = file) {
  await page.getByRole('heading', { level: 2, name: heading, exact: true }).waitFor();
  const code = page.getByRole('grid', { name: `Code of ${file}`, exact: true });
  await code.locator('.row.same, .row.added, .row.changed').first().waitFor();
}

/** What assistive technology would stumble over. @param {Page} page */
export async function accessibilityProblems(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    // @ts-expect-error axe is a global of the script above.
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return violations.map((/** @type {any} */ { id, nodes }) => ({
    id,
    where: nodes
      .slice(0, 3)
      .map((/** @type {any} */ node) => `${node.target}: ${node.failureSummary}`),
  }));
}

/** Texts of what is on screen, from top to bottom: rows are used again, so their order in the document says nothing.
 * @param {Page} page @param {string} selector */
export function inOrder(page, selector) {
  return page.evaluate((wanted) => {
    const rows = [...document.querySelectorAll('.row:not([hidden])')].sort(
      (a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex),
    );
    const cells = new Map(
      [...document.querySelectorAll(wanted)].map((cell) => [
        cell.closest('.row'),
        cell.textContent,
      ]),
    );
    return rows.flatMap((row) => cells.get(row) ?? []);
  }, selector);
}

/** Waits until these texts are on screen, from top to bottom. @param {Page} page @param {string} selector @param {string[]} texts */
export const untilInOrder = (page, selector, texts) =>
  until(`${selector} as it is meant`, async () =>
    assert.deepEqual(await inOrder(page, selector), texts),
  );

/** @param {import('playwright-core').Locator} locator @param {number} count */
export const untilCounted = (locator, count) =>
  until(`${count} of ${locator}`, async () => assert.equal(await locator.count(), count));

/** Opens files of a user's own, through the page's picker. @param {Page} page @param {Record<string, string>} files */
export async function pickFiles(page, files) {
  await page.locator('body').press('o');
  await page.getByLabel('Choose files').setInputFiles(
    Object.entries(files).map(([name, text]) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(text),
    })),
  );
}

/** The page reads when it likes. @type {string[]} */
const picked = [];
process.once('exit', () => {
  for (const folder of picked) rmSync(folder, { recursive: true });
});

/** Opens a folder of a user's own. @param {Page} page @param {Record<string, string | Uint8Array>} files */
export async function pickFolder(page, files) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-folder-'));
  picked.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  await page.locator('body').press('o');
  await page.getByLabel('Choose a folder').setInputFiles(folder);
}
