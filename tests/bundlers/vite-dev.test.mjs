// @ts-check
/** Vite's server while patches are edited: a running page follows without a reload, and sees what is wrong. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import firn from '@firn/unplugin/vite';
import { createServer } from 'vite';

import { launch } from '../browser/chromium.mjs';
import { until } from '../until.mjs';
import { folderOf, replace, write, writeSet } from './project.mjs';

const PAGE =
  '<!doctype html>\n<title>frozen page</title>\n<script type="module" src="/main.js"></script>\n';
const MAIN = `import build from 'virtual:firn';
import { other } from './other.js';
import { text } from './text.js';
globalThis.loads = (globalThis.loads ?? 0) + 1;
globalThis.shown = { text, other, build };
globalThis.updates = [];
import.meta.hot.accept('./text.js', (next) => {
  globalThis.shown.text = next.text;
  globalThis.updates.push('text');
});
import.meta.hot.accept('./other.js', () => globalThis.updates.push('other'));
`;
const FILES = {
  'root/index.html': PAGE,
  'root/main.js': MAIN,
  'root/text.js': "export const text = 'frozen text';\n",
  'root/other.js': "export const other = 'frozen other';\n",
  'root/later.js': "export const later = 'frozen later';\n",
};
const TITLE = replace('title', 'index.html', 2, '<title>patched page</title>');
const OTHER = replace('other', 'other.js', 1, "export const other = 'patched other';");

/** @param {string} text */
const textPatch = (text) => replace('text', 'text.js', 1, `export const text = '${text}';`);

/** @param {string} folder @param {object} [config] */
async function served(folder, config = {}) {
  const server = await createServer({
    root: path.join(folder, 'root'),
    configFile: false,
    logLevel: 'silent',
    cacheDir: path.join(folder, 'cache'),
    server: { port: 0, host: '127.0.0.1' },
    plugins: [firn({ patches: path.join(folder, 'patches') })],
    ...config,
  });
  if (!server.config.server.middlewareMode) await server.listen();
  return server;
}

/** @param {import('vite').ViteDevServer} server */
const addressOf = (server) => server.resolvedUrls?.local[0] ?? '';

describe("Vite's server", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /** The page of a server that runs as long as the test. @param {import('node:test').TestContext} test @param {string} folder */
  async function shownIn(test, folder) {
    const server = await served(folder);
    test.after(() => server.close());
    return openIn(test, server, 'globalThis.shown');
  }

  /** Opens the page, and waits until it shows that and is told of changes. @param {import('node:test').TestContext} test @param {import('vite').ViteDevServer} server @param {string} shown */
  async function openIn(test, server, shown) {
    const page = await browser.newPage();
    test.after(() => page.close());
    // The server greets whom it tells; a page that loads itself again is greeted again.
    let isGreeted = false;
    page.on('websocket', (socket) => {
      isGreeted = false;
      socket.once('framereceived', () => {
        isGreeted = true;
      });
    });
    await page.goto(addressOf(server));
    const isThere = () => page.evaluate(`Boolean(${shown})`);
    await until('the page', async () => (await isThere()) && isGreeted);
    return page;
  }

  it('updates exactly the module whose patch changed, and the page is not loaded again', async (test) => {
    const folder = folderOf(test, FILES);
    writeSet(folder, 'store', [TITLE, OTHER, textPatch('first')]);
    const page = await shownIn(test, folder);
    const shown = () => page.evaluate('globalThis.shown');
    assert.equal(await page.title(), 'patched page');
    const before = await shown();
    assert.deepEqual([before.text, before.other], ['first', 'patched other']);
    await page.evaluate('globalThis.isSamePage = true');

    // What else a change updated would be seen by the time of the next one. A patch and its manifest are two files: who is
    // between them updates twice.
    for (const text of ['second', 'third']) {
      writeSet(folder, 'store', [TITLE, OTHER, textPatch(text)]);
      await page.waitForFunction(`globalThis.shown.text === '${text}'`);
      const state = '[globalThis.isSamePage, globalThis.loads, [...new Set(globalThis.updates)]]';
      assert.deepEqual(await page.evaluate(state), [true, 1, ['text']]);
    }
    await page.waitForFunction(`globalThis.shown.build.id !== '${before.build.id}'`);
  });

  it('loads a page again whose own patch changed', async (test) => {
    const folder = folderOf(test, FILES);
    writeSet(folder, 'store', [TITLE, OTHER]);
    const page = await shownIn(test, folder);
    assert.equal(await page.title(), 'patched page');
    const renewed = replace('title', 'index.html', 2, '<title>renewed page</title>');
    writeSet(folder, 'store', [renewed, OTHER]);
    await until('the page', async () => assert.equal(await page.title(), 'renewed page'));
  });

  it('shows what is wrong in its overlay, and goes on once it is mended', async (test) => {
    const folder = folderOf(test, FILES);
    writeSet(folder, 'store', [TITLE, OTHER, textPatch('first')]);
    const page = await shownIn(test, folder);

    const overlay =
      "document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? 'no overlay'";
    /** A file is empty for a moment, and that is told, too. @param {RegExp[]} words */
    const untilTold = (...words) =>
      until('the overlay', async () => {
        const text = await page.evaluate(overlay);
        for (const each of words) assert.match(text, each);
      });
    write(folder, { 'patches/store/text.json': '[{ "op": "delete", "line": 9 }]' });
    await untilTold(/store\/text.*is refused.*line 9/s, /frozen text/);

    writeSet(folder, 'store', [TITLE, OTHER, textPatch('mended')]);
    await page.waitForFunction("globalThis.shown?.text === 'mended'");
    await page.waitForSelector('vite-error-overlay', { state: 'detached' });

    write(folder, { 'patches/store/firn.json': '{\n' });
    await untilTold(/firn\.json/);
  });

  it('patches a file that was not patched when it started', async (test) => {
    const folder = folderOf(test, FILES);
    writeSet(folder, 'store', [OTHER]);
    const server = await served(folder);
    test.after(() => server.close());
    const address = addressOf(server);
    const later = async () => (await fetch(`${address}later.js`)).text();
    assert.match(await later(), /frozen later/);
    writeSet(folder, 'store', [
      OTHER,
      replace('later', 'later.js', 1, "export const later = 'patched later';"),
    ]);
    await until('the server patches it', async () => assert.match(await later(), /patched later/));
  });

  it('renders on the server what is patched', async (test) => {
    const folder = folderOf(test, FILES);
    writeSet(folder, 'store', [textPatch('rendered'), OTHER]);
    const server = await served(folder, { server: { middlewareMode: true, ws: false } });
    test.after(() => server.close());
    const { text } = await server.ssrLoadModule('/text.js');
    assert.equal(text, 'rendered');
  });

  /** A page that shows what a package gives. @param {import('node:test').TestContext} test */
  function withPackage(test) {
    const folder = folderOf(test, {
      ...FILES,
      'root/main.js': "import { given } from 'given';\nglobalThis.given = given;\n",
      'root/node_modules/given/package.json':
        '{ "name": "given", "version": "1.0.0", "main": "index.js" }',
      'root/node_modules/given/index.js': "exports.given = 'frozen';\n",
    });
    /** @param {string} text */
    const writePatch = (text) =>
      writeSet(folder, 'store', [
        replace('given', 'node_modules/given/index.js', 1, `exports.given = '${text}';`),
      ]);
    return { folder, writePatch };
  }

  it('bundles a package anew whose patch changed, and the page shows it', async (test) => {
    const { folder, writePatch } = withPackage(test);
    writePatch('first');
    const server = await served(folder);
    test.after(() => server.close());
    const page = await openIn(test, server, "globalThis.given === 'first'");
    writePatch('second');
    // The page loads itself again once the server is back, and may be between two loads whenever it is asked.
    await until('the page', async () =>
      assert.equal(await page.evaluate('globalThis.given'), 'second'),
    );
  });

  it('patches packages that it bundles beforehand, anew when the patch is another', async (test) => {
    const { folder, writePatch } = withPackage(test);
    for (const text of ['first', 'second']) {
      writePatch(text);
      const server = await served(folder);
      const page = await browser.newPage();
      try {
        await page.goto(addressOf(server));
        await page.waitForFunction('globalThis.given');
        assert.equal(await page.evaluate('globalThis.given'), text);
      } finally {
        await page.close();
        await server.close();
      }
    }
  });
});
