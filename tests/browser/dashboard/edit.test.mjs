// @ts-check
/** Editing a patched file in the page: what is written becomes a patch, which can be taken back, and saved. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import {
  inOrder,
  openShop,
  pickFiles,
  pickFolder,
  placeInShop,
  untilCounted,
  untilShown,
} from './shop.mjs';

/** @typedef {import('playwright-core').Page} Page */

const native = await loadEngine({ backend: 'native' });
const shop = await openShop();
const scratch = mkdtempSync(path.join(os.tmpdir(), 'firn-page-edits-'));
after(async () => {
  await shop.close();
  rmSync(scratch, { recursive: true });
});

const THEME = 'src/styles/theme.css';
const place = placeInShop({ set: 'alpenglow', file: THEME, view: 'patched' });
const firn = path.resolve(import.meta.dirname, '../../../js/cli/bin/firn.js');

/** @param {Page} page */
const editor = (page) => page.getByRole('textbox', { name: /^Patched text of/ });

/** Opens the editor, puts the cursor at the end of a line, and types. @param {Page} page @param {string} line @param {string} text */
async function type(page, line, text) {
  await page.locator('body').press('e');
  await editor(page).waitFor();
  await page.locator('.cm-line', { hasText: line }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.type(text);
}

/** @param {Page} page @param {string} text */
const line = (page, text) => page.locator('.row:not([hidden]) .code', { hasText: text });

/** What the page saves when `save` is done: the bytes, in a file. @param {Page} page @param {() => Promise<unknown>} save */
async function download(page, save) {
  const [saved] = await Promise.all([page.waitForEvent('download'), save()]);
  const file = path.join(scratch, saved.suggestedFilename());
  await saved.saveAs(file);
  return file;
}

/** A copy of the shop with what an archive holds. @param {string} archive */
function unpacked(archive) {
  const folder = mkdtempSync(path.join(scratch, 'shop-'));
  for (const part of ['baseline', 'patches']) {
    cpSync(path.join(shop.site, part), path.join(folder, part), { recursive: true });
  }
  execFileSync('python3', ['-m', 'zipfile', '-e', archive, folder]);
  return folder;
}

/** @param {string} folder @param {string[]} words */
const run = (folder, ...words) =>
  execFileSync(process.execPath, [firn, ...words], { cwd: folder, encoding: 'utf8' });

describe('an edit', () => {
  it('becomes a patch beside the others, and back, and forth', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await page.getByText('Equals the build', { exact: true }).waitFor();
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await page.getByRole('textbox', { name: 'Id of the patch' }).fill('rounder');
      await page.getByRole('textbox', { name: 'Why' }).fill('It is rounder');
      await page.getByRole('button', { name: 'Record' }).click();
      await page.locator('.viewport:focus').waitFor();
      await line(page, '/* rounder */').first().click();
      await page.getByText('It is rounder').waitFor();
      await page.getByText('Differs from the build', { exact: true }).waitFor();
      await page.locator('body').press('u');
      await page.getByText('Equals the build', { exact: true }).waitFor();
      await untilCounted(line(page, '/* rounder */'), 0);
      await page.locator('body').press('r');
      await line(page, '/* rounder */').first().waitFor();
    });
  });

  it('is saved into its set, which the command takes', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Recorded as theme-2').waitFor();
      const shown = await inOrder(page, '.row:not(.gone) .code');
      await page.locator('body').press('s');
      const archive = await download(page, () =>
        page.getByRole('button', { name: 'Download the set alpenglow' }).click(),
      );
      const folder = unpacked(archive);
      run(folder, 'check', '--root', 'baseline', '--set', 'alpenglow');
      run(folder, 'build', '--root', 'baseline', '--set', 'alpenglow', '--out', 'out');
      const built = readFileSync(path.join(folder, 'out', THEME), 'utf8');
      assert.ok(built.includes('/* rounder */'));
      assert.ok(shown.every((text) => built.includes(String(text))));
      await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    });
  });

  it('of a line that a patch wrote follows that patch', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await page.locator('.row:is(.added, .changed) .code', { hasText: /\w/ }).first().waitFor();
      const [first = ''] = await inOrder(page, '.row:is(.added, .changed) .code');
      await type(page, first.trim(), ' /* finer */');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: /of what .* makes/ }).waitFor();
      await page.locator('body').press('s');
      const archive = await download(page, () =>
        page.getByRole('button', { name: 'Download the set alpenglow' }).click(),
      );
      run(unpacked(archive), 'check', '--root', 'baseline', '--set', 'alpenglow');
    });
  });

  it('is saved as a batch that expects what it replaces, and as a diff that patch takes', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await page.keyboard.press('Control+Enter');
      await line(page, '/* rounder */').first().waitFor();
      await page.locator('body').press('s');
      const batch = await download(page, () =>
        page.getByRole('button', { name: 'theme-2 as a batch' }).click(),
      );
      const baseline = readFileSync(path.join(shop.site, 'baseline', THEME));
      const json = JSON.parse(readFileSync(batch, 'utf8'));
      assert.match(json.patches[0].expect, /color-scheme/);
      const patched = native
        .freeze(baseline)
        .apply(native.batch(readFileSync(batch)))
        .bytes();
      const diff = await download(page, () =>
        page.getByRole('button', { name: 'theme-2 as a diff' }).click(),
      );
      const copy = path.join(scratch, 'theme.css');
      writeFileSync(copy, baseline);
      execFileSync('patch', ['--silent', copy, diff]);
      assert.deepEqual(readFileSync(copy), Buffer.from(patched));
    });
  });

  it('keeps every byte beside it: ends of lines, of the file, and what cannot be seen', async () => {
    const text = 'one\r\ntwo\tx\r\n\u202ethree \r\nfour';
    const files = {
      'a.txt': text,
      'a.json': '[{ "op": "replace", "line": 4, "text": "FOUR" }]',
    };
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFiles(page, files);
      await untilShown(page, 'a.txt');
      await type(page, 'two', '!\nand');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Recorded as', { exact: false }).waitFor();
      const file = await download(page, () =>
        page.getByRole('button', { name: 'Download the patched file' }).click(),
      );
      assert.equal(readFileSync(file, 'utf8'), 'one\r\ntwo\tx!\r\nand\r\n\u202ethree \r\nFOUR');
    });
  });

  it('is recorded once, however often it is asked for, and taken back step by step', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await Promise.all([
        page.keyboard.press('Control+Enter'),
        page.keyboard.press('Control+Enter'),
      ]);
      await line(page, '/* rounder */').first().waitFor();
      await page.locator('body').press('s');
      await untilCounted(page.locator('.changes li'), 1);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await type(page, '/* rounder */', ' /* softer */');
      await page.keyboard.press('Control+Enter');
      await line(page, '/* softer */').first().waitFor();
      await Promise.all([page.locator('body').press('u'), page.locator('body').press('u')]);
      await page.getByText('Equals the build', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Take the last edit back', disabled: true }).waitFor();
    });
  });

  it('that leaves nothing is no line, or an empty one, as it is told', async () => {
    const files = { 'a.txt': 'one\n', 'a.json': '[{ "op": "replace", "line": 1, "text": "ONE" }]' };
    for (const [words, text] of [
      ['No line', ''],
      ['One empty line', '\n'],
    ]) {
      await shop.visit('shop/index.html', async (page) => {
        await pickFiles(page, files);
        await untilShown(page, 'a.txt');
        await page.locator('body').press('e');
        await editor(page).fill('');
        await page.getByRole('button', { name: words, exact: true }).click();
        await page.getByRole('button', { name: 'Record', exact: true }).click();
        await page.getByText('Recorded').waitFor();
        const file = await download(page, () =>
          page.getByRole('button', { name: 'Download the patched file' }).click(),
        );
        assert.equal(readFileSync(file, 'utf8'), text);
      });
    }
  });

  it('that no single patch can say is refused with the names, and stays in the editor', async () => {
    const files = {
      'a.txt': 'one\ntwo\nthree\nfour\n',
      'a.json': '[{ "op": "replace", "line": 1, "text": "ONE" }]',
      'b.json': '[{ "op": "replace", "line": 2, "text": "TWO" }]',
    };
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFiles(page, files);
      await untilShown(page, 'a.txt');
      await page.locator('body').press('e');
      await editor(page).fill('both\nof them\nthree\nfour');
      await page.keyboard.press('Control+Enter');
      await page.getByText('The edit changes lines of a and b').waitFor();
      await editor(page).getByText('of them').waitFor();
    });
  });
});

describe('what is not recorded or not saved', () => {
  it('is asked about before another file is opened', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      const next = page.getByRole('button', { name: /^Cart.jsx/ });
      const dialog = page.getByRole('dialog', { name: 'The edit is not recorded' });
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await next.click();
      await dialog.getByRole('button', { name: 'Stay here' }).click();
      await editor(page).getByText('rounder').waitFor();
      await next.click();
      await dialog.press('Escape');
      await editor(page).waitFor();
      await page.getByRole('textbox', { name: 'Id of the patch' }).fill('rounder');
      await page.getByRole('textbox', { name: 'Why' }).fill('It is rounder');
      await next.click();
      await dialog.getByRole('button', { name: 'Record it' }).click();
      await page.getByText('Recorded as rounder').waitFor();
      await untilShown(page, 'src/components/Cart.jsx');
      await page.getByRole('button', { name: /^theme.css/ }).click();
      await line(page, '/* rounder */').first().click();
      await page.getByText('It is rounder').waitFor();
    });
  });

  it('is asked about before another project is opened, and before the page goes', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await page.keyboard.press('Control+Enter');
      await line(page, '/* rounder */').first().waitFor();
      await pickFiles(page, { 'a.txt': 'one\n', 'a.json': '[{ "op": "delete", "line": 1 }]' });
      const dialog = page.getByRole('dialog', { name: 'Edits are not saved' });
      await dialog.getByRole('button', { name: 'Stay here' }).click();
      const asked = page.waitForEvent('dialog');
      const closing = page.close({ runBeforeUnload: true });
      const question = await asked;
      assert.equal(question.type(), 'beforeunload');
      await question.dismiss();
      await closing;
      await line(page, '/* rounder */').first().waitFor();
    });
  });

  it('stays open when what is opened instead is no project', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await page.keyboard.press('Control+Enter');
      await line(page, '/* rounder */').first().waitFor();
      await pickFiles(page, { 'a.txt': 'one\n' });
      await page.getByRole('alert').getByText('no patch was found').waitFor();
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await line(page, '/* rounder */').first().waitFor();
    });
  });

  it('stays when it was to be saved and could not be', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await pickFolder(page, {
        'baseline/a.txt': 'one\ntwo\n',
        'patches/shop/good.json': '[{ "op": "replace", "line": 1, "text": "ONE" }]',
        'patches/shop/wrong.json': 'this is no batch',
      });
      await untilShown(page, 'a.txt');
      await type(page, 'two', ', and more');
      await page.keyboard.press('Control+Enter');
      await line(page, 'two, and more').first().waitFor();
      await pickFiles(page, { 'b.txt': 'one\n', 'b.json': '[{ "op": "delete", "line": 1 }]' });
      const dialog = page.getByRole('dialog', { name: 'Edits are not saved' });
      await dialog.getByRole('button', { name: 'Download them' }).click();
      await page.getByRole('alert').getByText('A build would refuse the set').waitFor();
      await line(page, 'two, and more').first().waitFor();
    });
  });
});

describe('another place of the address', () => {
  it('keeps what was recorded, and that it is not saved', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await page.keyboard.press('Control+Enter');
      await line(page, '/* rounder */').first().waitFor();
      for (const file of ['src/components/Cart.jsx', THEME]) {
        await page.evaluate((hash) => location.assign(hash), `#set=alpenglow&file=${file}`);
        await untilShown(page, file);
      }
      await line(page, '/* rounder */').first().waitFor();
      await page.getByRole('button', { name: 'Save' }).waitFor();
    });
  });
});

describe('a folder of the disk', () => {
  it('takes the set, where the browser lets a page write', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      // The browser's private disk stands in for the user's: the same handles, and nobody needs to pick.
      await page.evaluate(() => {
        const showDirectoryPicker = () => navigator.storage.getDirectory();
        Object.assign(window, { showDirectoryPicker });
      });
      await type(page, 'color-scheme: light dark', ' /* rounder */');
      await page.keyboard.press('Control+Enter');
      await line(page, '/* rounder */').first().waitFor();
      await page.locator('body').press('s');
      await page.getByRole('button', { name: 'Write into the folder of alpenglow' }).click();
      await page.getByText('alpenglow is written').waitFor();
      const written = await page.evaluate(async () => {
        const folder = await navigator.storage.getDirectory();
        const text = async (/** @type {string} */ name) =>
          (await (await folder.getFileHandle(name)).getFile()).text();
        return { manifest: await text('firn.json'), patch: await text('theme-2.json') };
      });
      const { patches } = JSON.parse(written.manifest);
      const entry = patches.find((/** @type {any} */ { id }) => id === 'theme-2');
      const baseline = native.freeze(readFileSync(path.join(shop.site, 'baseline', THEME)));
      const patched = baseline.apply(native.batch(written.patch));
      assert.deepEqual([entry.base, entry.result], [baseline.fingerprint, patched.fingerprint]);
    });
  });
});
