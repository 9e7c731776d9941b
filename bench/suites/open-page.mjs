// @ts-check
// A page with one large file in it: what it holds, and how long it ever keeps a user waiting.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { findChromium } from '../../tests/browser/find-chromium.mjs';
import { serve } from '../../tests/browser/server.mjs';
import { makeWorkload, sizeOf } from '../js/workload.mjs';
import { root } from './suite.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Suite } from './suite.mjs' */

/** Each opens the file anew. */
const MOST_ROUNDS = 3;

/** Then what was let go is given back. */
const REST_MILLISECONDS = 1000;

/** Puts the file into the page, and resolves when its first lines are there. @param {Page} page */
async function open(page) {
  await page.evaluate(async () => {
    const view = document.createElement('firn-view');
    const ready = new Promise((resolve, reject) => {
      view.addEventListener('firn-ready', resolve);
      view.addEventListener('firn-error', ({ detail }) => reject(new Error(detail.message)));
    });
    view.setAttribute('name', 'file.js');
    view.setAttribute('context', 'all');
    view.setAttribute('baseline-src', 'file.js');
    view.setAttribute('batches-src', 'batch.json');
    document.body.append(view);
    await ready;
  });
  await page.locator('firn-view .row.same').first().waitFor();
}

/**
 * Bytes over an empty page, for each byte of the file: what the page's process has for itself, the worker and WebAssembly among it.
 * @param {Page} page @param {string} origin @param {number} byteLength
 */
async function memory(page, origin, byteLength) {
  const session = await page.context().newCDPSession(page);
  const held = async () => {
    await session.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(REST_MILLISECONDS);
    return privateBytes(page);
  };
  await page.goto(`${origin}/bench/empty.html`);
  const before = await held();
  await page.goto(`${origin}/bench/open.html`);
  await open(page);
  return ((await held()) - before) / byteLength;
}

/** Of all processes for pages: there is one page. @param {Page} page */
async function privateBytes(page) {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (!session) throw new Error('the page has no browser');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')))
    .reduce((sum, found) => sum + 1024 * Number(found?.[1]), 0);
}

/**
 * Tasks for which the main thread has a processor for more than 50 ms, while the file is opened, scrolled, searched, and
 * patches are switched off and on. By the clock they would be those of other processes too.
 * @param {Page} page @param {string} origin
 */
async function longTasks(page, origin) {
  await page.goto(`${origin}/bench/open.html`);
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await open(page);
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const view = document.querySelector('firn-view');
    const viewport = view?.shadowRoot?.querySelector('.viewport');
    if (!view || !viewport) throw new Error('there is no view');
    for (let step = 0; step <= 60; step += 1) {
      viewport.scrollTop = (viewport.scrollHeight * step) / 60;
      for (let frames = 0; frames < 3; frames += 1) await frame();
    }
    const found = await view.search('await store, 5');
    if (found?.total === 0) throw new Error('nothing was found');
    for (let patch = 1; patch <= 6; patch += 1) {
      const ready = new Promise((resolve) =>
        view.addEventListener('firn-ready', resolve, { once: true }),
      );
      view.filter = ({ id }) => patch === 6 || id !== `#${1000 * patch}`;
      await ready;
      await frame();
    }
  });
  return tasksOver(50, (await browser.stopTracing()).toString());
}

/** @param {number} milliseconds @param {string} trace */
function tasksOver(milliseconds, trace) {
  /** @type {{ traceEvents: { name: string, pid: number, tid: number, tdur?: number, args: { name?: string } }[] }} */
  const { traceEvents } = JSON.parse(trace);
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && mainThreads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error('the trace has no tasks');
  return tasks.filter(({ tdur = 0 }) => tdur > 1000 * milliseconds).length;
}

/** @type {Suite} */
export const openPage = {
  name: 'open-page',
  measure: async (names, { rounds }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'firn-bench-open-'));
    for (const name of ['empty.html', 'open.html', 'page.css']) {
      copyFileSync(path.join(root, 'bench/page', name), path.join(folder, name));
    }
    const server = await serve({
      folders: { bench: folder, dashboard: path.join(root, 'js/dashboard/dist/page') },
      policy: "default-src 'self' data: 'wasm-unsafe-eval'",
    });
    const browser = await playwright.launch({ executablePath: findChromium() });
    try {
      /** @type {Record<string, number[]>} */
      const measured = {};
      for (const name of names) {
        const size = sizeOf(name.split(' ').at(-1) ?? '');
        if (!size) throw new Error(`${name} names no size`);
        const { text, json } = makeWorkload(size);
        writeFileSync(path.join(folder, 'file.js'), text);
        writeFileSync(path.join(folder, 'batch.json'), json);
        measured[name] = [];
        for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
          const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
          const isMemory = name.startsWith('memory');
          measured[name].push(
            isMemory
              ? await memory(page, server.origin, Buffer.byteLength(text))
              : await longTasks(page, server.origin),
          );
          await page.close();
        }
      }
      return { rounds: measured, facts: { Chromium: browser.version() } };
    } finally {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
