// @ts-check
/** Another version of the baseline: what becomes of every patch, what a person decides, and the set that the command takes. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { filesOfSet, made } from '../../js/sets/sets.mjs';
import { until } from '../../until.mjs';
import {
  accessibilityProblems,
  openShop,
  pickFolder,
  untilCounted,
  untilInOrder,
  untilShown,
} from './shop.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../../js/sets/sets.mjs').Made} Made */

const native = await loadEngine({ backend: 'native' });
const shop = await openShop();
const scratch = mkdtempSync(path.join(os.tmpdir(), 'firn-upgrade-'));
after(async () => {
  await shop.close();
  rmSync(scratch, { recursive: true });
});

const firn = path.resolve(import.meta.dirname, '../../../js/cli/bin/firn.js');

const OLD = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n';
/** A line more above, the change of `gone` taken over, and another one where `rival` has its own. */
const NEW = 'zero\none\nTWO\nthree\nfour\nfive\nsechs\nseven\neight\n';

/** @param {number} line @param {string} text @returns {import('@firn/engine').PatchInput[]} */
const put = (line, text) => [{ op: 'replace', line, text }];
const gone = made('gone', OLD, put(2, 'TWO'));
const moved = made('moved', OLD, put(4, 'FOUR'));
const rival = made('rival', OLD, put(6, 'SIX'));
const above = made('above', rival.result, put(8, 'EIGHT'));

/** A project with one set. @param {Made[]} patches */
function project(...patches) {
  const { manifest, files } = filesOfSet(native, 'shop', patches);
  return Object.fromEntries([
    ['baseline/a.txt', OLD],
    ['patches/shop/firn.json', manifest],
    ...[...files].map(([name, bytes]) => [`patches/shop/${name}`, bytes.toString()]),
  ]);
}

/** Opens a project, and drops a new baseline on it. @param {Page} page @param {Made[]} patches @param {string} text */
async function upgrade(page, patches, text) {
  await untilShown(page, 'index.html');
  await pickFolder(page, project(...patches));
  await untilShown(page, 'a.txt');
  await dropBaseline(page, Buffer.from(text));
}

/** @param {Page} page @param {Uint8Array} bytes */
async function dropBaseline(page, bytes) {
  await page.locator('body').press('b');
  await page.getByRole('heading', { name: 'New baseline' }).waitFor();
  await page.evaluate(
    (content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(content)], 'a.txt'));
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
      }
    },
    [...bytes],
  );
}

/** @param {Page} page @param {string} name */
const row = (page, name) => page.locator('.carried li', { hasText: `shop/${name}` });

/** Takes it over, saves the set, and gives it to the command beside the new baseline. @param {Page} page @param {string} text */
async function shipped(page, text) {
  await page.getByRole('button', { name: 'Take it over' }).click();
  await untilShown(page, 'a.txt');
  await page.locator('body').press('s');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the set shop' }).click(),
  ]);
  const folder = mkdtempSync(path.join(scratch, 'shop-'));
  const archive = path.join(folder, 'shop.zip');
  await saved.saveAs(archive);
  execFileSync('python3', ['-m', 'zipfile', '-e', archive, folder]);
  mkdirSync(path.join(folder, 'baseline'));
  writeFileSync(path.join(folder, 'baseline/a.txt'), text);
  const words = ['check', '--root', 'baseline', '--set', 'shop', '--json'];
  return JSON.parse(
    execFileSync(process.execPath, [firn, ...words], { cwd: folder, encoding: 'utf8' }),
  );
}

describe('a new baseline', () => {
  it('is told patch by patch: moved, upstream, in conflict, and what waits for that', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await upgrade(page, [gone, moved, rival, above], NEW);
      await row(page, 'gone').getByText('1 upstream already').waitFor();
      await row(page, 'moved').getByText('1 moved (line 4 to 5)').waitFor();
      await row(page, 'rival').getByText('1 in conflict').waitFor();
      await row(page, 'above').getByText('blocked', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Take it over', disabled: true }).waitFor();
      assert.deepEqual(await accessibilityProblems(page), []);
    });
  });

  it('is taken over once the conflicts are decided, with what follows, and the command takes the set', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await upgrade(page, [gone, moved, rival, above], NEW);
      await page.getByRole('button', { name: 'Decide about shop/rival' }).click();
      const sides = page.locator('.sides pre');
      await until('the three sides', async () =>
        assert.deepEqual(await sides.allTextContents(), ['six', 'SIX', 'sechs']),
      );
      assert.deepEqual(await accessibilityProblems(page), []);
      await page.getByRole('button', { name: 'Take your lines' }).click();
      await page.getByRole('button', { name: 'Decide so' }).click();
      await row(page, 'above').getByText('1 moved (line 8 to 9)').waitFor();
      await page.getByText('nothing left to decide').waitFor();
      const { ok } = await shipped(page, NEW);
      assert.equal(ok, true);
      await page.keyboard.press('1');
      const decided = ['zero', 'one', 'TWO', 'three', 'FOUR', 'five', 'SIX', 'seven', 'EIGHT'];
      await untilInOrder(page, '.row:not(.gone) .code', decided);
    });
  });

  it('takes lines that somebody writes in place of both', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await upgrade(page, [rival], NEW);
      await page.getByRole('button', { name: 'Decide about shop/rival' }).click();
      await page.getByRole('textbox', { name: 'What is to stand there' }).fill('Sechs\nund mehr');
      await page.getByRole('button', { name: 'Decide so' }).click();
      await page.getByText('nothing left to decide').waitFor();
      assert.equal((await shipped(page, NEW)).ok, true);
      await page.locator('.row .code', { hasText: 'und mehr' }).waitFor();
    });
  });

  it('takes no line, or an empty one, as it is told', async () => {
    for (const [words, text] of [
      ['No line', 'zero\none\nTWO\nthree\nfour\nfive\nseven\neight\n'],
      ['One empty line', 'zero\none\nTWO\nthree\nfour\nfive\n\nseven\neight\n'],
    ]) {
      await shop.visit('shop/index.html', async (page) => {
        await upgrade(page, [rival], NEW);
        await page.getByRole('button', { name: 'Decide about shop/rival' }).click();
        await page.getByRole('button', { name: 'Take your lines' }).click();
        await page.getByRole('textbox', { name: 'What is to stand there' }).fill('');
        await page.getByRole('button', { name: words, exact: true }).click();
        await page.getByRole('button', { name: 'Decide so' }).click();
        await page.getByText('nothing left to decide').waitFor();
        await page.getByRole('button', { name: 'Take it over' }).click();
        await page.locator('.row.removed .code', { hasText: /^sechs$/ }).waitFor();
        const [saved] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Download the patched file' }).click(),
        ]);
        const file = path.join(scratch, 'patched.txt');
        await saved.saveAs(file);
        assert.equal(readFileSync(file, 'utf8'), text);
      });
    }
  });

  it('that has all of a patch leaves nothing of it; who takes the new lines says so too', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await upgrade(page, [moved, rival], NEW);
      await page.getByRole('button', { name: 'Decide about shop/rival' }).click();
      await page.getByRole('button', { name: 'Take the new lines' }).click();
      await page.getByRole('button', { name: 'Decide so' }).click();
      await row(page, 'rival').getByText('upstream', { exact: true }).waitFor();
      assert.equal((await shipped(page, NEW)).ok, true);
      await untilCounted(page.getByRole('switch'), 1);
    });
  });

  it('may cost a patch, when somebody leaves it out', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await upgrade(page, [moved, rival, above], NEW);
      for (const name of ['rival', 'above']) {
        await page.getByRole('button', { name: `Leave out shop/${name}` }).click();
      }
      assert.equal((await shipped(page, NEW)).ok, true);
      await untilCounted(page.getByRole('switch'), 1);
    });
  });

  it('is written into a folder that never had the patch that is left out', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await page.evaluate(() => {
        const showDirectoryPicker = () => navigator.storage.getDirectory();
        Object.assign(window, { showDirectoryPicker });
      });
      await upgrade(page, [moved, rival], NEW);
      await page.getByRole('button', { name: 'Leave out shop/rival' }).click();
      await page.getByRole('button', { name: 'Take it over' }).click();
      await untilShown(page, 'a.txt');
      await page.locator('body').press('s');
      await page.getByRole('button', { name: 'Write into the folder of shop' }).click();
      await page.getByText('shop is written').waitFor();
    });
  });

  it('leaves out what was left out, whatever is decided about those below it', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await upgrade(page, [rival, above], NEW);
      await page.getByRole('button', { name: 'Leave out shop/above' }).click();
      await page.getByRole('button', { name: 'Decide about shop/rival' }).click();
      await page.getByRole('button', { name: 'Take your lines' }).click();
      await page.getByRole('button', { name: 'Decide so' }).click();
      await row(page, 'above').getByText('left out', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Bring back shop/above' }).click();
      await row(page, 'above').getByText('carried', { exact: true }).waitFor();
    });
  });

  it('leaves a patch that nobody could read as it is', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFolder(page, {
        'baseline/a.txt': OLD,
        'patches/shop/good.json': JSON.stringify(put(4, 'FOUR')),
        'patches/shop/wrong.json': '[{ "op": "replace", "line": 2, "text": "2", "expect": "no" }]',
      });
      await untilShown(page, 'a.txt');
      await dropBaseline(page, Buffer.from(NEW));
      await row(page, 'good').getByText('1 moved (line 4 to 5)').waitFor();
      await page.getByRole('button', { name: 'Take it over' }).click();
      await page.locator('.row.added .code', { hasText: /^FOUR$/ }).waitFor();
      await page.locator('.row.note', { hasText: 'is not applied' }).waitFor();
    });
  });

  it('is not decided about where the page would lose bytes', async () => {
    const latin = (/** @type {string} */ text) => Buffer.from(text, 'latin1');
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFolder(page, {
        'baseline/a.txt': latin('one\ncaf\xe9\n'),
        'patches/shop/rival.json': JSON.stringify(put(2, 'bar')),
      });
      await untilShown(page, 'a.txt');
      await dropBaseline(page, latin('one\nth\xe9\n'));
      await page.getByRole('button', { name: 'Decide about shop/rival' }).click();
      await page.getByRole('alert').getByText('bytes that are not UTF-8').waitFor();
      assert.equal(await page.locator('.conflicts').count(), 0);
    });
  });

  it('keeps a CR within a line, which a form would lose', async () => {
    const loose = JSON.stringify(put(2, 'b\rar'));
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFolder(page, { 'baseline/a.txt': 'one\ntwo\n', 'patches/shop/rival.json': loose });
      await untilShown(page, 'a.txt');
      await dropBaseline(page, Buffer.from('one\nzwei\n'));
      await page.getByRole('button', { name: 'Decide about shop/rival' }).click();
      await page.getByRole('button', { name: 'Take your lines' }).click();
      await page.getByText('A line holds a CR').waitFor();
      const form = page.getByRole('textbox', { name: 'What is to stand there' });
      assert.equal(await form.getAttribute('readonly'), '');
      await page.getByRole('button', { name: 'Decide so' }).click();
      await page.getByText('nothing left to decide').waitFor();
      await page.getByRole('button', { name: 'Take it over' }).click();
      await page.locator('.row.added .code', { hasText: 'b␍ar' }).waitFor();
    });
  });

  it('is forgotten when another project is opened meanwhile', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await upgrade(page, [rival], NEW);
      await row(page, 'rival').waitFor();
      await pickFolder(page, { ...project(moved), 'baseline/b.txt': OLD });
      await untilShown(page, 'a.txt');
      await page.getByRole('switch').waitFor();
      await untilCounted(page.locator('.upgrade'), 0);
    });
  });

  it('that is the old one has nothing to carry; and Back changes nothing', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFolder(page, project(moved));
      await untilShown(page, 'a.txt');
      // From the start it is reached as well.
      await page.locator('body').press('o');
      await page.getByText('Choose a folder').waitFor();
      await dropBaseline(page, Buffer.from(OLD));
      await page.getByText('The file is what the patches were made for').waitFor();
      await page.getByRole('button', { name: 'Back' }).click();
      await page.locator('.row.added .code', { hasText: /^FOUR$/ }).waitFor();
    });
  });
});
