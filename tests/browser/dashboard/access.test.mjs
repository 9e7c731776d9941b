// @ts-check
/** The dashboard for everybody: assistive technology, keys, every size of screen, light and dark. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { until } from '../../until.mjs';
import {
  accessibilityProblems,
  openShop,
  pickFiles,
  placeInShop,
  untilCounted,
  untilShown,
} from './shop.mjs';

/** @typedef {import('playwright-core').Page} Page */

const shop = await openShop();
after(() => shop.close());

const FILE = 'src/components/Cart.jsx';
const place = placeInShop({ set: 'kaiju-games', file: FILE });

/** @type {Record<string, (page: Page) => Promise<void>>} */
const STATES = {
  'the unified view': async () => {},
  'the patched file': async (page) => {
    await page.keyboard.press('1');
    await untilCounted(page.locator('.row.removed:not([hidden])'), 0);
  },
  'side by side, with a line chosen': async (page) => {
    await page.keyboard.press('3');
    await page.locator('.is-split .row.changed .code').first().click();
    await page.getByText('Written by').waitFor();
  },
  'a search': async (page) => {
    await page.keyboard.press('/');
    await page.getByRole('searchbox', { name: 'Search in the file' }).fill('const');
    await page.locator('.found').first().waitFor();
  },
  'the sheet of keys': async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  },
  'the editor': async (page) => {
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: /^Patched text/ }).waitFor();
  },
  'an edit to be saved': async (page) => {
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: /^Patched text/ }).press('x');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Recorded/).waitFor();
    await page.locator('body').press('s');
    await page.getByRole('dialog', { name: 'Save' }).waitFor();
  },
  'an edit to be recorded or not': async (page) => {
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: /^Patched text/ }).press('x');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor();
  },
  'the start': async (page) => {
    await page.keyboard.press('o');
    await page.getByText('Choose a folder').waitFor();
  },
  'refused patches': async (page) => {
    await pickFiles(page, {
      'a.txt': 'one\n\u202etwo\n',
      'a.json': '[{ "op": "delete", "line": 2 }]',
      'b.json': '[{ "id": "b", "op": "replace", "line": 2, "text": "x" }]',
      'c.json': '[{ "op": "delete", "line": 9, "expect": "x" }, 7]',
    });
    await page.locator('.row.note').first().click();
    await page.getByText('What to do').waitFor();
  },
};

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  describe(`axe, in ${colorScheme}, finds nothing in`, () => {
    for (const [name, reach] of Object.entries(STATES)) {
      it(name, async () => {
        const use = async (/** @type {Page} */ page) => {
          await untilShown(page, FILE);
          await reach(page);
          assert.deepEqual(await accessibilityProblems(page), []);
        };
        await shop.visit(place, use, { colorScheme });
      });
    }
  });
}

describe('the layout', () => {
  it('does not shift while the page comes up', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, FILE);
      await page.getByText('Equals what ships').waitFor();
      const shift = await page.evaluate(
        () =>
          new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const one of list.getEntries()) sum += Reflect.get(one, 'value');
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 200);
          }),
      );
      assert.ok(Number(shift) < 0.01, `layout shift ${shift}`);
    });
  });

  it('stays where it is, whatever a user looks at', async () => {
    /** What each key brings. @type {[string, string][]} */
    const keys = [
      ['1', '.choice [aria-pressed="true"]:text("Patched")'],
      ['3', '.is-split'],
      ['2', '.viewport:not(.is-split)'],
      ['f', '[aria-label="Fold unchanged lines"][aria-pressed="false"]'],
      ['n', '.row.is-cursor'],
      ['/', '.find'],
    ];
    await shop.visit(place, async (page) => {
      await untilShown(page, FILE);
      await page.getByText('Equals what ships').waitFor();
      const boxes = () =>
        Promise.all(
          ['.top-bar', '.files', '.title', '.toolbar', '.facts', '.side'].map((part) =>
            page.locator(part).boundingBox(),
          ),
        );
      const before = await boxes();
      for (const [key, brought] of keys) {
        await page.locator('body').press(key);
        await page.locator(brought).first().waitFor();
        assert.deepEqual(await boxes(), before, key);
      }
      await until('the code above what is below it', async () => {
        const code = await page.locator('.viewport').boundingBox();
        const facts = await page.locator('.facts').boundingBox();
        assert.ok(code && facts && code.y + code.height <= facts.y);
      });
    });
  });
});

describe('Escape', () => {
  it('closes a dialog, and gives the keys back to the page', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, FILE);
      for (const open of ['?', 'g']) {
        await page.locator('body').press(open);
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.locator('body').press('3');
      await page.locator('.is-split').waitFor();
    });
  });
});

describe('a telephone', () => {
  const viewport = { width: 360, height: 740 };

  it('shows one pane at a time, and nothing beside the screen', async () => {
    await shop.visit(
      place,
      async (page) => {
        // There is no room for its folder.
        await untilShown(page, FILE, 'Cart.jsx');
        const panes = page.getByRole('navigation', { name: 'Panes' });
        for (const pane of ['Files', 'Patches', 'Code']) {
          await panes.getByText(pane).click();
          await panes.locator('[aria-current]', { hasText: pane.toLowerCase() }).waitFor();
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.equal(width, viewport.width, pane);
          assert.deepEqual(await accessibilityProblems(page), [], pane);
        }
        await panes.getByText('Patches').click();
        await page.getByRole('switch', { name: 'Patch head' }).click();
        await page.getByRole('switch', { name: 'Patch head', checked: false }).waitFor();
      },
      { viewport, hasTouch: true },
    );
  });
});

describe('the keyboard', () => {
  it('reaches every pane in order, and the code with one stop', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, FILE);
      /** @type {string[]} */
      const stops = [];
      for (let at = 0; at < 60; at += 1) {
        await page.keyboard.press('Tab');
        stops.push(
          await page.evaluate(() => {
            const { activeElement } = document;
            const style = activeElement && getComputedStyle(activeElement);
            const isVisible = style?.outlineStyle !== 'none' || activeElement?.role === 'grid';
            const pane = activeElement?.closest('header, .pane')?.className ?? 'nowhere';
            return isVisible ? pane : `${pane}, not visible`;
          }),
        );
      }
      const panes = stops.filter((pane, at) => pane !== stops[at - 1]);
      assert.deepEqual(panes.slice(0, 4), ['top-bar', 'pane files', 'pane code', 'pane side']);
    });
  });

  it('moves the edge of a pane', async () => {
    await shop.visit(place, async (page) => {
      await untilShown(page, FILE);
      const edge = page.getByRole('separator', { name: 'Width of the patches' });
      const before = Number(await edge.getAttribute('aria-valuenow'));
      await edge.press('ArrowLeft');
      await until('another width', async () =>
        assert.equal(Number(await edge.getAttribute('aria-valuenow')), before + 16),
      );
    });
  });
});
