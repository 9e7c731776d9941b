// @ts-check
// The WebAssembly engine and its JavaScript peers in Chromium, each group in a page of its own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium as playwright } from 'playwright-core';
import { findChromium } from '../../tests/browser/find-chromium.mjs';
import { serve } from '../../tests/browser/server.mjs';
import { mainThreadTime } from './processor-time.mjs';
import { root } from './suite.mjs';

/** @import { Browser } from 'playwright-core' */
/** @import { Measured, Suite } from './suite.mjs' */

const PAGE = '<!doctype html><script type="module" src="in-page.js"></script>';

/** @param {string} folder */
async function makePage(folder) {
  writeFileSync(path.join(folder, 'index.html'), PAGE);
  await build({
    entryPoints: [`${root}bench/js/in-page.mjs`],
    outfile: path.join(folder, 'in-page.js'),
    ...{ bundle: true, format: 'esm', minify: true, platform: 'browser' },
    logLevel: 'error',
  });
}

/**
 * The time of the page, in milliseconds: Chromium keeps more processes for pages, which do nothing.
 * @param {Browser} browser
 */
async function clockOfPages(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  return () => pages.reduce((sum, { id }) => sum + mainThreadTime(id), 0);
}

/** @type {Suite} */
export const chromium = {
  name: 'chromium',
  measure: async (names, effort) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'firn-bench-page-'));
    await makePage(folder);
    const server = await serve({ folders: { bench: folder } });
    const browser = await playwright.launch({ executablePath: findChromium() });
    try {
      const page = await browser.newPage();
      await page.goto(`${server.origin}/bench/index.html`, { waitUntil: 'load' });
      await page.exposeFunction('processorTime', await clockOfPages(browser));
      /** @type {Measured} */
      const { rounds, facts } = await page.evaluate(
        ([asked, how]) => Reflect.get(globalThis, 'measureInPage')(asked, how),
        /** @type {const} */ ([names, effort]),
      );
      return { rounds, facts: { ...facts, Chromium: browser.version() } };
    } finally {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true });
    }
  },
};
