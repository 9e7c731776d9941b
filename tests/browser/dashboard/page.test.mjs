// @ts-check
/** The dashboard as a user meets it, in Chromium, under the policy that it promises to run under. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { loadSets } from '@firn/sets/node';

import { inOrder, openShop, placeInShop, untilCounted, untilShown } from './shop.mjs';

const native = await loadEngine({ backend: 'native' });
const shop = await openShop();
after(() => shop.close());

const sets = loadSets(path.join(shop.site, 'patches'));
const THEME = 'src/styles/theme.css';

/** What the addon makes of a file of a store. @param {string} store @param {string} file */
function patchNatively(store, file) {
  const patch = sets.find(({ id }) => id === store)?.patches.find((one) => one.file === file);
  assert.ok(patch);
  const snapshot = native.freeze(readFileSync(path.join(shop.site, 'baseline', file)));
  return { snapshot, patched: snapshot.apply(native.batch(patch.bytes)) };
}

/** Tall enough for every row of a file. */
const tall = { viewport: { width: 1280, height: 9000 } };

describe('the dashboard', () => {
  for (const { id, patches } of sets) {
    it(`makes of every file of ${id} what the native addon made of it`, async () => {
      const files = new Set(patches.map(({ file }) => file)).size;
      await shop.visit(placeInShop({ set: id }), async (page) => {
        await page.getByText('Equals what ships').waitFor();
        const equal = page.locator('.file .status.good', { hasText: 'equals the build' });
        assert.equal(await equal.count(), files);
      });
    });
  }

  it('shows each line of the patched file and of the baseline, in every view', async () => {
    const { snapshot, patched } = patchNatively('alpenglow', THEME);
    const before = snapshot.lines(1, snapshot.lineCount);
    const after = patched.lines(1, patched.lineCount);
    const changes = patched.changes();
    const gone = changes.flatMap(({ base }) => before.slice(base.from - 1, base.to));
    await shop.visit(
      placeInShop({ set: 'alpenglow', file: THEME, view: 'patched' }),
      async (page) => {
        await untilShown(page, THEME);
        await page.keyboard.press('f');
        await page.locator('.row.fold').first().waitFor({ state: 'hidden' });
        assert.deepEqual(await inOrder(page, '.row:not(.gone) .code'), after);
        await page.keyboard.press('2');
        await page.locator('.row.removed').first().waitFor();
        assert.deepEqual(await inOrder(page, '.row:not(.removed) .code'), after);
        assert.deepEqual(await inOrder(page, '.row.removed .code'), gone);
        await page.keyboard.press('3');
        await page.locator('.is-split').waitFor();
        assert.deepEqual(await inOrder(page, '.code:nth-child(3):not(.void)'), before);
        assert.deepEqual(await inOrder(page, '.code:nth-child(5):not(.void)'), after);
      },
      tall,
    );
  });

  it('switches a patch off and on, and says when the file is not what ships', async () => {
    await shop.visit(placeInShop({ set: 'alpenglow', file: THEME }), async (page) => {
      await untilShown(page, THEME);
      const calm = page.getByRole('switch', { name: 'Patch calm' });
      await page.getByText('Equals the build', { exact: true }).waitFor();
      await calm.click();
      await page.getByText('A preview: some patches are off').waitFor();
      assert.equal(await calm.getAttribute('aria-checked'), 'false');
      await calm.press('Space');
      await page.getByText('Equals the build', { exact: true }).waitFor();
    });
  });

  it('goes through the revisions between the baseline and all patches', async () => {
    await shop.visit(placeInShop({ set: 'alpenglow', file: THEME }), async (page) => {
      await untilShown(page, THEME);
      const slider = page.getByRole('slider', { name: 'Revision' });
      await slider.fill('0');
      await page.getByText('180 → 180 lines').waitFor();
      assert.equal(await page.locator('.row:is(.added, .removed):not([hidden])').count(), 0);
      await slider.press('ArrowRight');
      await page.locator('.row.added').first().waitFor();
    });
  });

  it('finds what is not rendered, and goes from place to place', async () => {
    const { patched } = patchNatively('bulk-depot', 'src/lib/i18n.ts');
    const wanted = 'checkout';
    const places = patched.text().split(wanted).length - 1;
    await shop.visit(
      placeInShop({ set: 'bulk-depot', file: 'src/lib/i18n.ts', view: 'patched' }),
      async (page) => {
        await untilShown(page, 'src/lib/i18n.ts');
        await page.keyboard.press('/');
        const search = page.getByRole('searchbox', { name: 'Search in the file' });
        await page.getByRole('checkbox', { name: 'Match case' }).check();
        await search.fill(wanted);
        await page.getByText(`1 of ${places}`, { exact: true }).waitFor();
        await search.press('Shift+Enter');
        await page.getByText(`${places} of ${places}`, { exact: true }).waitFor();
        const current = page.locator('.row.is-cursor .found').first();
        assert.equal(await current.textContent(), wanted);
        await page.keyboard.press('Escape');
        await untilCounted(page.locator('.row:not([hidden]) .found'), 0);
      },
    );
  });

  it('walks the changes and goes to a line by keys alone', async () => {
    await shop.visit(
      placeInShop({ set: 'alpenglow', file: THEME, view: 'split' }),
      async (page) => {
        await untilShown(page, THEME);
        await page.keyboard.press('n');
        const cursor = page.locator('.row.is-cursor');
        const first = await cursor.getAttribute('aria-rowindex');
        await page.keyboard.press('n');
        assert.notEqual(await cursor.getAttribute('aria-rowindex'), first);
        await page.keyboard.press('p');
        assert.equal(await cursor.getAttribute('aria-rowindex'), first);
        await page.keyboard.press('g');
        await page.getByRole('spinbutton', { name: /Line/ }).fill('150');
        await page.keyboard.press('Enter');
        await page.locator('.row.is-cursor .number.line', { hasText: /^150$/ }).waitFor();
      },
    );
  });

  it('begins every file at its top, with nothing left of the search in the one before', async () => {
    const file = 'src/lib/i18n.ts';
    await shop.visit(placeInShop({ set: 'bulk-depot', file, view: 'patched' }), async (page) => {
      await untilShown(page, file);
      await page.keyboard.press('f');
      await page.keyboard.press('/');
      await page.getByRole('searchbox', { name: 'Search in the file' }).fill('checkout');
      await page.locator('.row .found').first().waitFor();
      await page.keyboard.press('Enter');
      const viewport = page.locator('.viewport');
      await viewport.evaluate((element) => element.scrollTo(40, element.scrollHeight));
      await page.getByRole('button', { name: /^Cart.jsx/ }).click();
      await untilShown(page, 'src/components/Cart.jsx');
      assert.equal(await page.locator('.row:not([hidden]) .found').count(), 0);
      const place = await viewport.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]);
      assert.deepEqual(place, [0, 0]);
      assert.equal(
        await page.getByRole('searchbox', { name: 'Search in the file' }).inputValue(),
        '',
      );
    });
  });

  it('tells where a line comes from: the baseline, or a patch with its reason', async () => {
    const file = 'src/components/Cart.jsx';
    await shop.visit(placeInShop({ set: 'kaiju-games', file }), async (page) => {
      await untilShown(page, file);
      const origin = page.getByRole('region', { name: 'Origin' });
      await page.locator('.row.added .code').first().click();
      await origin.getByText('Written by import-state').waitFor();
      await origin.getByText('The cart says what it earns').waitFor();
      // All of a row is in sight: to choose one moves nothing.
      assert.equal(await page.locator('.viewport').evaluate(({ scrollLeft }) => scrollLeft), 0);
      await page.locator('.row.same .code').first().click();
      await origin.getByText('Line 1 of the baseline, untouched').waitFor();
    });
  });

  it('copies the diff that the engine writes', async () => {
    const { patched } = patchNatively('alpenglow', THEME);
    const expected = patched.unifiedDiff({
      oldName: `a/${THEME}`,
      newName: `b/${THEME}`,
      functionNames: 'plain',
    });
    await shop.visit(placeInShop({ set: 'alpenglow', file: THEME }), async (page) => {
      await untilShown(page, THEME);
      await page.getByRole('button', { name: 'Copy as diff' }).click();
      await page.getByText('The diff is in the clipboard').waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), expected);
    });
  });

  it('compares two variants of a store line by line', async () => {
    const [left, right] = ['bulk-depot', 'alpenglow'].map((store) => patchNatively(store, THEME));
    assert.ok(left && right);
    const counts = native
      .freeze(left.patched.bytes())
      .apply(native.diff(left.patched.bytes(), right.patched.bytes())).report.counts;
    await shop.visit(
      placeInShop({ set: 'alpenglow', against: 'bulk-depot', file: THEME }),
      async (page) => {
        await page.getByText('alpenglow against bulk-depot').waitFor();
        await page.locator('.row.added').first().waitFor();
        const lines = await page.locator('.title .lines').textContent();
        assert.equal(lines, `+${counts.linesAdded} −${counts.linesRemoved}`);
      },
    );
  });

  it('keeps a place in its address, and the layout from visit to visit', async () => {
    const place = placeInShop({ set: 'bulk-depot', file: THEME, view: 'patched', line: 60 });
    await shop.visit(place, async (page) => {
      await untilShown(page, THEME);
      await page.locator('.row.is-cursor .number.line', { hasText: /^60$/ }).waitFor();
      await page.keyboard.press('3');
      await page.getByRole('button', { name: /Colours: system/ }).click();
      await page.waitForURL(/view=split/);
      await page.goto(`${shop.origin}/shop/index.html`);
      await page.reload();
      await page.locator('.is-split').waitFor();
      const theme = await page.evaluate(() => document.documentElement.getAttribute('data-theme'));
      assert.equal(theme, 'light');
    });
  });

  it('leaves single keys alone when it is told to', async () => {
    await shop.visit(placeInShop({ set: 'alpenglow', file: THEME }), async (page) => {
      await untilShown(page, THEME);
      await page.keyboard.press('?');
      await page.getByRole('checkbox', { name: /Single keys act/ }).uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('3');
      assert.equal(await page.locator('.is-split').count(), 0);
    });
  });

  it('says what to do when there is nothing to show', async () => {
    await shop.visit('shop/index.html?project=baseline/index.html', async (page) => {
      const alert = page.getByRole('alert');
      await alert.waitFor();
      assert.match(String(await alert.textContent()), /index.html is no JSON/);
      await page.getByText('Choose a folder').waitFor();
      await page.getByRole('textbox', { name: /address of a project/ }).fill('firn.project.json');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await untilShown(page, 'index.html');
    });
  });
});
