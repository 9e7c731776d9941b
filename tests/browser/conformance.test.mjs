// @ts-check
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { readCorpus, writeCount } from '../conformance/corpus.mjs';
import { launch, withPage } from './chromium.mjs';
import { serve } from './server.mjs';

/** @typedef {import('../conformance/run-case.mjs').Result} Result */

const server = await serve();
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
});

let passed = 0;
let failed = 0;
after(() => writeCount('wasm-chromium.json', passed, failed));

describe('the corpus in Chromium', () => {
  for (const { name, cases } of readCorpus()) {
    describe(name, () => {
      /** @type {Result[]} */
      let results = [];
      before(async () => {
        const address = `${server.origin}/pages/engine.html`;
        results = await withPage(browser, address, (page) =>
          page.evaluate((file) => globalThis.firnPage.runFile(file), name),
        );
      });
      it('runs whole', () => assert.equal(results.length, cases.length));
      for (const [at, test] of cases.entries()) {
        it(test.name, () => {
          const result = results[at];
          if (result && result.difference === undefined) passed += 1;
          else failed += 1;
          assert.equal(result?.name, test.name, 'has not run');
          assert.equal(result.difference, undefined, result.difference);
        });
      }
    });
  }
});
