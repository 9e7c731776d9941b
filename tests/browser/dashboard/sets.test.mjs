// @ts-check
/** Patch sets as `firn build` reads them: patches that follow others, conditions, and what a build would refuse. */
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { applyFile, buildManifest, patchIndex, printBuildManifest } from '@firn/sets';

import { filesOfSet, made, setOf } from '../../js/sets/sets.mjs';
import { openShop, pickFolder, untilCounted, untilInOrder, untilShown } from './shop.mjs';

/** @typedef {import('../../js/sets/sets.mjs').Made} Made */

const native = await loadEngine({ backend: 'native' });
const shop = await openShop();
after(() => shop.close());

const BASELINE = 'one\ntwo\nthree\nfour\nfive\nsix\n';

/** @param {number} line @param {string} text @returns {import('@firn/engine').PatchInput[]} */
const put = (line, text) => [{ op: 'replace', line, text }];

const loud = made('loud', BASELINE, put(2, 'TWO'));
const calm = made('calm', loud.result, [{ op: 'replace', line: 2, lines: ['Two', 'and a half'] }]);
const last = made('last', calm.result, [{ op: 'delete', line: 7 }]);
const beside = made('beside', BASELINE, put(5, 'FIVE'));

/** A folder with one set. @param {Made[]} patches @returns {Record<string, string>} */
function folderOf(...patches) {
  const { manifest, files } = filesOfSet(native, 'shop', patches);
  const texts = [...files].map(([name, bytes]) => [`patches/shop/${name}`, bytes.toString()]);
  return {
    'baseline/a.txt': BASELINE,
    'patches/shop/firn.json': manifest,
    ...Object.fromEntries(texts),
  };
}

/** What a build makes of the file. @param {Made[]} patches */
function builtOf(...patches) {
  const index = patchIndex([setOf(native, 'shop', patches)]);
  const baseline = native.freeze(BASELINE);
  const built = applyFile(native, baseline, index.of('a.txt'));
  return {
    lines: built.patched.lines(1, built.patched.lineCount),
    manifest: buildManifest(native, index, [built.proof]),
  };
}

/** @param {import('playwright-core').Page} page @param {Record<string, string>} files */
async function open(page, files) {
  await untilShown(page, 'index.html');
  await pickFolder(page, files);
  await untilShown(page, 'a.txt');
  await page.keyboard.press('1');
  await untilCounted(page.locator('.row.removed:not([hidden])'), 0);
}

/** @param {import('playwright-core').Page} page @param {string} name */
const switchOf = (page, name) => page.getByRole('switch', { name: `Patch ${name}`, exact: true });

/** A line on screen. @param {import('playwright-core').Page} page @param {string} text */
const line = (page, text) => page.locator('.row:not([hidden]) .code', { hasText: text });

describe('patches that follow each other', () => {
  const chain = [loud, calm, last, beside].map((patch) => ({
    ...patch,
    content: patch.content.replace('{ "op"', '{"op"').replace('{"op"', `{"id":"${patch.id}","op"`),
  }));

  it('make what a build makes of them, and equal it', async () => {
    const { lines, manifest } = builtOf(...chain);
    await shop.visit('shop/index.html', async (page) => {
      await open(page, {
        ...folderOf(...chain),
        'firn-manifest.json': printBuildManifest(manifest),
      });
      await page.getByText('Equals the build', { exact: true }).waitFor();
      await page.getByTitle(`Artefact ${manifest.id}`).waitFor();
      await untilInOrder(page, '.row:not(.gone) .code', lines);
    });
  });

  it('say at each line which of them wrote it or took it', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await open(page, folderOf(...chain));
      await page.keyboard.press('2');
      await page.locator('.row.removed').first().waitFor();
      await untilInOrder(page, '.row.added .margin', ['calm', '', '']);
      await untilInOrder(page, '.row.removed .margin', ['loud', 'beside', 'last']);
      await page.locator('.row.added', { hasText: 'and a half' }).click();
      await page.getByText('Written by calm').waitFor();
    });
  });

  it('can be switched off from the last on; one whose ground is gone waits for it', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await open(page, folderOf(...chain));
      await switchOf(page, 'last').click();
      await line(page, 'six').waitFor();
      await switchOf(page, 'calm').click();
      await line(page, 'TWO').waitFor();
      await untilInOrder(page, '.row .code', builtOf(loud, beside).lines);
      for (const name of ['last', 'calm', 'loud']) await switchOf(page, name).click();
      await page.getByText('2 refused', { exact: true }).waitFor();
      await untilCounted(page.locator('.item .state', { hasText: 'waits' }), 2);
      await page.getByRole('button', { name: 'last' }).first().click();
      await page.locator('.row.note').first().click();
      await page.getByText(/Turn all of the patch on that this one follows/).waitFor();
      await untilInOrder(page, '.row:not(.note) .code', builtOf(beside).lines);
    });
  });

  it('keep what collides with them out, as long as they are on', async () => {
    const rival = made('rival', BASELINE, put(2, 'zwei'));
    await shop.visit('shop/index.html', async (page) => {
      await open(page, folderOf(rival, ...chain));
      await line(page, 'and a half').waitFor();
      await page.locator('.row.note').click();
      await page.getByText('No two patches touch the same line.').waitFor();
      await page.getByRole('button', { name: 'Turn loud off' }).click();
      await line(page, 'zwei').waitFor();
      await untilCounted(page.locator('.item .state', { hasText: 'waits' }), 2);
    });
  });
});

describe('a set that a build would refuse', () => {
  it('is told as the build tells it', async () => {
    const forged = { ...calm, result: 'something else\n' };
    const stale = made('stale', 'another text\n', put(1, 'x'));
    await shop.visit('shop/index.html', async (page) => {
      await open(page, { ...folderOf(loud, forged, stale), 'patches/shop/stray.json': '[]' });
      const broken = page.locator('.broken li');
      await broken.filter({ hasText: 'stray.json is not in the manifest' }).waitFor();
      await broken.filter({ hasText: /calm.*not .* as was recorded/ }).waitFor();
      await broken.filter({ hasText: /stale.*was made for text/ }).waitFor();
      await line(page, 'TWO').waitFor();
    });
  });

  it('because of its manifest is not opened, and the place is named', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFolder(page, {
        'patches/shop/firn.json': '{ "schema": "firn.set/1" }',
        'a.txt': '',
      });
      await page
        .getByRole('alert')
        .getByText(/set_malformed: .*firn.json/)
        .waitFor();
    });
  });
});

describe('two sets', () => {
  it('are compared in every file that one of them patches', async () => {
    const patch = (/** @type {string} */ file) =>
      JSON.stringify({ file, patches: [{ op: 'replace', line: 1, text: file }] });
    await shop.visit('shop/index.html', async (page) => {
      await open(page, {
        'baseline/a.txt': BASELINE,
        'baseline/b.txt': BASELINE,
        'patches/left/a.json': patch('a.txt'),
        'patches/right/b.json': patch('b.txt'),
      });
      await page.getByRole('combobox', { name: 'Compare with' }).selectOption('right');
      await page.getByRole('button', { name: 'b.txt' }).click();
      await page.getByText('left against right').waitFor();
      await line(page, 'one').first().waitFor();
    });
  });
});

describe('a patch under a condition', () => {
  it('is off until it is switched on, and says when it is taken', async () => {
    const winter = made('winter', BASELINE, put(2, 'snow'), { when: { season: 'winter' } });
    await shop.visit('shop/index.html', async (page) => {
      await open(page, folderOf(beside, winter));
      await page.getByText(/replaces line 2, when season = winter/).waitFor();
      await untilInOrder(page, '.row .code', builtOf(beside).lines);
      await page.getByRole('switch').last().click();
      await line(page, 'snow').waitFor();
    });
  });
});
