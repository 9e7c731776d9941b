// @ts-check
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { readCorpus, writeCount } from './corpus.mjs';
import { runCase } from './run-case.mjs';

/** Runs the corpus over one backend, each case a test. @param {'native' | 'wasm'} backend @param {keyof typeof import('./corpus.mjs').RUNNERS | undefined} countFile None: its count is not one of those that are compared.
 * @param {import('@firn/engine').Engine} [given] */
export async function runInNode(backend, countFile, given) {
  const engine = given ?? (await loadEngine({ backend }));
  assert.equal(engine.backend, backend);
  let passed = 0;
  let failed = 0;
  after(() => {
    if (countFile !== undefined) writeCount(countFile, passed, failed);
  });
  for (const { name, cases } of readCorpus()) {
    describe(name, () => {
      for (const test of cases) {
        it(test.name, () => {
          const { difference } = runCase(engine, test);
          if (difference === undefined) passed += 1;
          else failed += 1;
          assert.equal(difference, undefined, difference);
        });
      }
    });
  }
}
