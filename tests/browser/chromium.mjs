// @ts-check
import assert from 'node:assert/strict';
import process from 'node:process';

import { chromium } from 'playwright-core';

import { PATIENCE_MILLISECONDS } from '../until.mjs';
import { findChromium } from './find-chromium.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */

/** A browser whose pages have the time they need: half a minute, Playwright's own patience, is short where much else runs. @returns {Promise<Browser>} */
export async function launch() {
  const timeout = PATIENCE_MILLISECONDS;
  const browser = await chromium.launch({ executablePath: findChromium(), timeout });
  browser.on('context', (context) => context.setDefaultTimeout(timeout));
  return browser;
}

/** FIRN_SLOW=6: as on a machine that does much else. A test that does not wait for what it asserts fails then. */
const slowness = Number(process.env['FIRN_SLOW'] ?? 1);

/** With FIRN_SLOW a page has that part of the processor, and what it asks of its workers takes its time.
 * @param {Page} page */
export async function slowDown(page) {
  if (slowness <= 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  await page.addInitScript((milliseconds) => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function postLater(/** @type {any[]} */ ...message) {
      setTimeout(() => Reflect.apply(postMessage, this, message), milliseconds);
    };
  }, 50 * slowness);
}

/** Opens an address, and hands the page to `use`; nothing may be complained about meanwhile.
 * @template T @param {Browser} browser @param {string} address @param {(page: Page) => Promise<T>} use @returns {Promise<T>} */
export async function withPage(browser, address, use) {
  const page = await browser.newPage();
  await slowDown(page);
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} was not loaded`));
  page.on('response', (response) => {
    if (!response.ok() && response.status() !== 204) {
      complaints.push(`${response.url()} answered ${response.status()}`);
    }
  });
  try {
    await page.goto(address, { waitUntil: 'load' });
    const made = await use(page);
    const violations = await page.evaluate(() => globalThis.firnPage?.violations ?? []);
    assert.deepEqual([...complaints, ...violations], [], 'the page complains');
    return made;
  } finally {
    await page.close();
  }
}
