// @ts-check
/** Files of a user's own: what collides, what is stale, what is hostile. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { artefactId } from '@firn/sets';

import { until } from '../../until.mjs';
import {
  inOrder,
  openShop,
  pickFiles,
  pickFolder,
  untilCounted,
  untilInOrder,
  untilShown,
} from './shop.mjs';

const shop = await openShop();
after(() => shop.close());

const LINES = ['one', 'two', 'three', 'four', 'five', 'six'];
const BASELINE = `${LINES.join('\n')}\n`;

/** @param {unknown[]} patches @param {object} [rest] */
const batch = (patches, rest = {}) => JSON.stringify({ schema: 'firn.batch/1', patches, ...rest });

describe('patches that do not go together', () => {
  const files = {
    'list.txt': BASELINE,
    'a.json': batch([{ id: 'loud', op: 'replace', line: 2, text: 'TWO' }]),
    'b.json': batch([
      { id: 'short', op: 'delete', line: 2, endLine: 3 },
      { id: 'sure', op: 'replace', line: 5, text: 'FIVE', expect: 'cinq' },
    ]),
  };

  it('are told where they are, with the law, and what to do', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await pickFiles(page, files);
      await untilShown(page, 'list.txt');
      await page.getByText('2 refused', { exact: true }).waitFor();
      await until('both notes', async () => {
        const notes = await inOrder(page, '.row.note .message');
        assert.match(String(notes[0]), /^short is not applied: .*line 2/);
        assert.match(String(notes[1]), /^sure is not applied: /);
      });
      await page.locator('.row.note').first().click();
      const origin = page.getByRole('region', { name: 'Origin' });
      await origin.getByText('No two patches touch the same line.').waitFor();
      await origin.getByText(/Turn one of the two off/).waitFor();
      await page.locator('.row.note').last().click();
      await origin.getByText('cinq', { exact: true }).waitFor();
      await origin.getByText('five', { exact: true }).waitFor();
    });
  });

  it('are settled by a switch, or by their order', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await pickFiles(page, files);
      await untilShown(page, 'list.txt');
      await page.locator('.row.added', { hasText: 'TWO' }).waitFor();
      const short = page.getByRole('switch', { name: 'Patch short' });
      await short.press('Alt+ArrowUp');
      await page.locator('.row.removed', { hasText: 'three' }).waitFor();
      await page.locator('.row.note', { hasText: 'loud is not applied' }).waitFor();
      await page.getByRole('switch', { name: 'Patch loud' }).click();
      await page.getByText('1 refused', { exact: true }).waitFor();
    });
  });

  it('are dragged to another place of their order', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await pickFiles(page, files);
      await untilShown(page, 'list.txt');
      const item = (/** @type {string} */ name) => page.locator('.item', { hasText: name });
      await item('short').dragTo(item('loud'));
      await page.locator('.row.note', { hasText: 'loud is not applied' }).waitFor();
      const names = page.locator('.item .name');
      const order = ['short', 'loud', 'sure'];
      await until('the other order', async () =>
        assert.deepEqual(await names.allTextContents(), order),
      );
    });
  });

  it('are stale when they were made for another text, and cannot be switched on', async () => {
    await shop.visit('shop/index.html', async (page) => {
      const base = { fingerprint: '0'.repeat(32), lineCount: 6 };
      await pickFolder(page, {
        'baseline/list.txt': BASELINE,
        'patches/shop/a.json': batch([{ id: 'old', op: 'delete', line: 1 }], { base }),
        'patches/shop/b.json': '{ "patches": [',
      });
      await untilShown(page, 'list.txt');
      await page.getByRole('switch', { name: 'Patch old', disabled: true }).waitFor();
      await page.locator('.broken', { hasText: 'a.json' }).waitFor();
      await page.locator('.broken', { hasText: 'b.json' }).waitFor();
    });
  });

  it('may be diffs', async () => {
    await shop.visit('shop/index.html', async (page) => {
      const diff = '--- a/list.txt\n+++ b/list.txt\n@@ -2,1 +2,1 @@\n-two\n+deux\n';
      await pickFiles(page, { 'list.txt': BASELINE, 'change.patch': diff });
      await page.locator('.row.added', { hasText: 'deux' }).waitFor();
    });
  });
});

describe('files of a user', () => {
  it('may be dropped', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await page.evaluate(
        (files) => {
          const dataTransfer = new DataTransfer();
          for (const [name, text] of Object.entries(files)) {
            dataTransfer.items.add(new File([text], name));
          }
          for (const type of ['dragover', 'drop']) {
            document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
          }
        },
        { 'list.txt': BASELINE, 'a.json': batch([{ op: 'replace', line: 2, text: 'dropped' }]) },
      );
      await page.locator('.row.added', { hasText: 'dropped' }).waitFor();
    });
  });

  it('are held against the manifest of their build, which must be what the build wrote', async () => {
    const firn = await loadEngine({ backend: 'native' });
    const patch = [{ op: 'replace', line: 2, text: 'TWO' }];
    const snapshot = firn.freeze(BASELINE);
    const patched = snapshot.apply(firn.batch(/** @type {any} */ (patch)));
    const file = { base: snapshot.fingerprint, patches: ['shop/a'], result: patched.fingerprint };
    /** @type {Omit<import('@firn/sets').BuildManifest, 'id'>} */
    const build = {
      schema: 'firn.build/1',
      engine: firn.version,
      sets: ['shop'],
      conditions: {},
      files: { 'list.txt': file },
    };
    const id = artefactId(firn, build);
    const files = {
      'baseline/list.txt': BASELINE,
      'patches/shop/a.json': batch(patch, { file: 'list.txt' }),
    };
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFolder(page, { ...files, 'firn-manifest.json': JSON.stringify({ ...build, id }) });
      await untilShown(page, 'list.txt');
      await page.getByTitle(`Artefact ${id}`).getByText(id.slice(0, 8)).waitFor();
      const forged = { ...build, files: { 'list.txt': { ...file, result: '0'.repeat(32) } }, id };
      await pickFolder(page, { ...files, 'firn-manifest.json': JSON.stringify(forged) });
      await page
        .getByRole('alert')
        .getByText(/set_artefact_mismatch/)
        .waitFor();
    });
  });
});

describe('a line that is too long to be shown at once', () => {
  it('is read to its end, piece by piece, and back', async () => {
    const pieces = Array.from({ length: 500 }, (_, at) => `<${1000 + at}>😀😀`);
    await shop.visit('shop/index.html', async (page) => {
      await pickFiles(page, {
        'long.txt': `${pieces.join('')}\nshort\n`,
        'a.json': batch([{ op: 'replace', line: 2, text: 'SHORT' }]),
      });
      await page.locator('.row.added', { hasText: 'SHORT' }).waitFor();
      const line = page.locator('.row.same .text').first();
      const seen = new Set();
      const look = async () => {
        const text = String(await line.textContent());
        assert.ok(!text.includes('\ufffd'));
        for (const piece of pieces) if (text.includes(piece)) seen.add(piece);
      };
      await look();
      await page.locator('.viewport').focus();
      for (const key of ['Shift+ArrowRight', 'Shift+ArrowLeft']) {
        const rest = page.locator(`.rest.${key === 'Shift+ArrowRight' ? 'after' : 'before'}`);
        for (let step = 0; step < 20 && (await rest.count()) > 0; step += 1) {
          const before = await line.textContent();
          await page.keyboard.press(key);
          await page.waitForFunction(
            (text) => document.querySelector('.row.same .text')?.textContent !== text,
            before,
          );
          await look();
        }
        await untilCounted(rest, 0);
      }
      assert.equal(seen.size, pieces.length);
      await page.locator('.rest.after').click();
      await page.locator('.rest.before', { hasText: '1,000 characters before' }).waitFor();
    });
  });
});

describe('a hostile set', () => {
  const markup =
    '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

  it('shows as text, with what is invisible marked', async () => {
    await shop.visit('shop/index.html', async (page) => {
      await pickFiles(page, {
        'list.txt': BASELINE,
        'a.json': batch(
          [
            {
              id: markup,
              op: 'replace',
              line: 2,
              text: `${markup}\u202eevil\u0000\u200b`,
              'x-why': markup,
            },
            { id: '\u202egnp.exe', op: 'insert', line: 4, text: 'emoji 👩‍💻 stay whole' },
          ],
          { id: markup },
        ),
      });
      await untilShown(page, 'list.txt');
      await untilInOrder(page, '.row.added .code', [
        `${markup}U+202Eevil␀U+200B`,
        'emoji 👩‍💻 stay whole',
      ]);
      await page.locator('.row.added .code').first().click();
      await page.getByRole('region', { name: 'Origin' }).getByText(markup).first().waitFor();
      await page.getByRole('switch', { name: 'U+202Egnp.exe' }).waitFor();
      assert.equal(await page.locator('#app img, #app script').count(), 0);
      assert.notEqual(await page.title(), 'owned');
    });
  });

  it('of more files than anybody reads lists some, and the filter finds the others', async () => {
    const texts = Array.from({ length: 1_200 }, (_, at) => [
      `baseline/${1000 + at}.txt`,
      `${at}\n`,
    ]);
    await shop.visit('shop/index.html', async (page) => {
      await untilShown(page, 'index.html');
      await pickFolder(page, {
        ...Object.fromEntries(texts),
        'patches/shop/a.json': batch([{ op: 'replace', line: 1, text: 'x' }], { file: '2199.txt' }),
      });
      await untilShown(page, '2199.txt');
      await page.getByRole('checkbox', { name: 'Files without patches too' }).check();
      await page.getByText('200 more: filter them.').waitFor();
      await untilCounted(page.locator('.file'), 1_000);
      await page.getByRole('searchbox', { name: 'Filter files' }).fill('2150');
      await page.getByRole('button', { name: '2150.txt' }).click();
      await untilShown(page, '2150.txt');
    });
  });

  it('with a line of a million characters, and a million lines, is shown, searched and switched', async () => {
    const long = `${'x'.repeat(1_000_000)}needle`;
    const many = Array.from({ length: 1_000_000 }, (_, at) => `line ${at + 1}`);
    many[499_999] = long;
    await shop.visit('shop/index.html', async (page) => {
      await pickFiles(page, {
        'many.txt': `${many.join('\n')}\n`,
        'a.json': batch([{ id: 'last', op: 'replace', line: 1_000_000, text: 'the end' }]),
      });
      await page.locator('.row.added', { hasText: 'the end' }).waitFor();
      await page.locator('body').press('f');
      await page.locator('.row.fold').first().waitFor({ state: 'hidden' });
      await page.locator('body').press('/');
      await page.getByRole('searchbox', { name: 'Search in the file' }).fill('needle');
      await page.getByText('1 of 1', { exact: true }).waitFor();
      // The piece of the line that has it, and of that piece what is in sight.
      const needle = page.locator('.row.is-cursor .found');
      await needle.getByText(/^needle$/).waitFor();
      await until('the place in sight', async () => {
        const [mark, code] = await Promise.all(
          [needle, page.locator('.viewport')].map((one) => one.boundingBox()),
        );
        assert.ok(mark && code && mark.x >= code.x && mark.x + mark.width <= code.x + code.width);
      });
      await page.getByRole('searchbox', { name: 'Search in the file' }).fill('the end');
      await page.locator('.row.added.is-cursor .number.line', { hasText: '1000000' }).waitFor();
      await page.getByRole('switch', { name: 'Patch last' }).click();
      await untilCounted(page.locator('.row.added:not([hidden])'), 0);
    });
  });
});
