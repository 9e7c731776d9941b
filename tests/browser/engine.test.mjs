// @ts-check
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import fc from 'fast-check';

import { sample } from '../js/properties/arbitraries.mjs';
import { paste, seed } from '../js/properties/check-property.mjs';
import { attempt, input, withHandles } from '../js/properties/handles.mjs';
import { launch, withPage } from './chromium.mjs';
import { serve } from './server.mjs';

const server = await serve();
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
});
const address = `${server.origin}/pages/engine.html`;

/** @param {Uint8Array} bytes */
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

describe('@firn/engine in a page', () => {
  it('loads with one import, no bundler, under a strict Content Security Policy', async () => {
    const native = await loadEngine({ backend: 'native' });
    const about = await withPage(browser, address, (page) =>
      page.evaluate(() => globalThis.firnPage.about()),
    );
    assert.deepEqual(about, { backend: 'wasm', version: native.version });
  });

  it('loads when the server does not know what WebAssembly is', async () => {
    const plain = await serve({ types: { '.wasm': 'application/octet-stream' } });
    const there = `${plain.origin}/pages/engine.html`;
    const about = await withPage(browser, there, (page) =>
      page.evaluate(() => globalThis.firnPage.about()),
    );
    plain.close();
    assert.equal(about.backend, 'wasm');
  });

  it('loads in two parts, of which the second is called for', async () => {
    const said = await withPage(browser, address, (page) =>
      page.evaluate(() => globalThis.firnPage.inParts()),
    );
    assert.deepEqual(said, ['invalid_argument', 1]);
  });

  it('loads in a module worker', async () => {
    const said = await withPage(browser, address, (page) =>
      page.evaluate(() => globalThis.firnPage.inWorker()),
    );
    assert.deepEqual(said, { backend: 'wasm', text: 'two\n' });
  });

  it('is under a policy that is really in force', async () => {
    const refused = withPage(browser, address, (page) =>
      page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true';
        document.head.append(script);
        return globalThis.ran;
      }),
    );
    await assert.rejects(refused, /the page complains/);
  });

  it('gives the bytes, reports and errors that the native engine gives', async () => {
    const native = await loadEngine({ backend: 'native' });
    const samples = fc.sample(sample, { numRuns: 1_000, seed });
    const expected = samples.map((given) =>
      withHandles(native, given, ({ snapshot, batch }) => {
        const applied = attempt(() => snapshot.apply(batch, given.options));
        if ('errors' in applied) return { errors: applied.errors };
        const { made } = applied;
        const { microseconds, ...report } = made.report;
        const seen = { bytes: base64(made.bytes()), diff: base64(made.unifiedDiffBytes()), report };
        made.dispose();
        return seen;
      }),
    );
    const found = await withPage(browser, address, (page) =>
      page.evaluate(
        (all) => globalThis.firnPage.applyAll(all),
        samples.map(({ text, batch, options }) => ({
          base: Buffer.from(text, 'latin1').toString('base64'),
          batch: input(batch),
          options,
        })),
      ),
    );
    for (const [at, given] of samples.entries()) {
      assert.deepEqual(found[at], expected[at], `FIRN_SEED=${seed}\n${paste(given)}`);
    }
  });
});
