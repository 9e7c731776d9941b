// @ts-check
/** The page's address, and the browser's Back. */
import { after, describe, it } from 'node:test';

import { openShop, placeInShop, untilShown } from './shop.mjs';

const shop = await openShop();
after(() => shop.close());

const THEME = 'src/styles/theme.css';
const CART = 'src/components/Cart.jsx';

/** @param {import('playwright-core').Page} page @param {string} id */
const store = (page, id) => page.getByRole('button', { name: id, pressed: true });

describe('Back', () => {
  it('goes to the file that was shown before, and Forward to the one after', async () => {
    await shop.visit(
      placeInShop({ set: 'alpenglow', file: THEME, view: 'patched' }),
      async (page) => {
        await untilShown(page, THEME);
        await page.getByRole('button', { name: /^Cart.jsx/ }).click();
        await untilShown(page, CART);
        // Another view is no step.
        await page.keyboard.press('3');
        await page.waitForURL(/view=split/);
        await page.getByRole('button', { name: 'bulk-depot' }).click();
        await page.waitForURL(/set=bulk-depot/);
        await page.goBack();
        await store(page, 'alpenglow').waitFor();
        await page.waitForURL(/set=alpenglow/);
        await untilShown(page, CART);
        await page.goBack();
        await untilShown(page, THEME);
        await page.waitForFunction(() => document.title.startsWith('theme.css · alpenglow'));
        await page.goForward();
        await untilShown(page, CART);
      },
    );
  });

  it('asks before an edit goes, and stays when it is told to', async () => {
    await shop.visit(placeInShop({ set: 'alpenglow', file: THEME }), async (page) => {
      await untilShown(page, THEME);
      await page.getByRole('button', { name: /^Cart.jsx/ }).click();
      await untilShown(page, CART);
      await page.waitForURL(/Cart/);
      await page.keyboard.press('e');
      await page.getByRole('textbox', { name: /^Patched text/ }).press('x');
      await page.goBack();
      const dialog = page.getByRole('dialog', { name: 'The edit is not recorded' });
      await dialog.getByRole('button', { name: 'Stay here' }).click();
      await page.waitForURL(/Cart/);
      await page.getByRole('textbox', { name: /^Patched text of .*Cart/ }).waitFor();
    });
  });
});

describe('an address', () => {
  it('that is none is told as it was written', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await page.keyboard.press('o');
      await page.getByRole('textbox', { name: /address of a project/ }).fill('http://[');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.getByRole('alert').getByText('http://[ is no address').waitFor();
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await untilShown(page, 'index.html');
    });
  });

  it('that names what is not there says so, and shows what is', async () => {
    await shop.visit(placeInShop({ set: 'alpenglow', file: 'src/gone.css' }), async (page) => {
      await page.getByRole('alert').getByText('src/gone.css').waitFor();
      await untilShown(page, 'index.html');
    });
  });

  it('of a line keeps it when the page is loaded again', async () => {
    await shop.visit(placeInShop({ set: 'alpenglow', file: THEME, line: 40 }), async (page) => {
      await untilShown(page, THEME);
      await page.locator('.row.is-cursor .number.line', { hasText: /^40$/ }).waitFor();
      await page.reload();
      await untilShown(page, THEME);
      await page.locator('.row.is-cursor .number.line', { hasText: /^40$/ }).waitFor();
    });
  });
});
