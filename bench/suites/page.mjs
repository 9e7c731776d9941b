// @ts-check
// What shows patched files in a page, in Chromium: the clock counts, since what people wait for is pixels.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium as playwright } from 'playwright-core';
import { findChromium } from '../../tests/browser/find-chromium.mjs';
import { serve } from '../../tests/browser/server.mjs';
import { root } from './suite.mjs';

/** @import { Suite } from './suite.mjs' */
/** @typedef {{ measure: typeof import('../page/page.mjs').measure }} Page */

/** A contender takes frames, the slow ones seconds. */
const MOST_ROUNDS = 3;

/** @type {Suite} */
export const page = {
  name: 'page',
  measure: async (names, { rounds }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'firn-bench-page-'));
    await build({
      entryPoints: [path.join(root, 'bench/page/page.mjs')],
      outfile: path.join(folder, 'page.mjs'),
      ...{ bundle: true, format: 'esm', minify: true, platform: 'browser' },
      logLevel: 'error',
    });
    for (const name of ['index.html', 'page.css']) {
      copyFileSync(path.join(root, 'bench/page', name), path.join(folder, name));
    }
    const server = await serve({
      folders: { bench: folder, dashboard: path.join(root, 'js/dashboard/dist/page') },
      // CodeMirror writes its styles into the page.
      policy: "default-src 'self' 'unsafe-inline' data: 'wasm-unsafe-eval'",
    });
    const browser = await playwright.launch({ executablePath: findChromium() });
    try {
      const opened = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await opened.goto(`${server.origin}/bench/index.html`);
      const measured = await opened.evaluate(
        ([all, count]) => {
          const { measure } = /** @type {typeof globalThis & Page} */ (globalThis);
          return measure(all, count);
        },
        /** @type {const} */ ([names, Math.min(rounds, MOST_ROUNDS) + 1]),
      );
      return { rounds: measured, facts: { Chromium: browser.version() } };
    } finally {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
