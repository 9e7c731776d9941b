// @ts-check
/** Names in source maps: what a minifier renames is still called as in the frozen file, through every bundler's chain. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';

import { builders } from './builders.mjs';
import { folderOf, writeSet } from './project.mjs';

const FROZEN = `export function totalOf(amounts: number[]) {
  let runningTotal = 0;
  const growth: number = 1;
  for (const amountOfItem of amounts) {
    runningTotal += amountOfItem * growth;
  }
  return runningTotal;
}
`;
const PATCHED_LINE = 3;

/** @param {string} folder */
function mapIn(folder) {
  const file = readdirSync(folder).find((name) => name.endsWith('.js.map')) ?? '';
  return new TraceMap(readFileSync(path.join(folder, file), 'utf8'));
}

describe('names in the map of a bundle', () => {
  for (const [bundler, build] of Object.entries(builders)) {
    it(`by ${bundler} are those of the frozen file, where they stand in it`, async (test) => {
      const folder = folderOf(test, {
        'root/main.js': "import { totalOf } from './total.tsx';\nconsole.log(totalOf([1, 2]));\n",
        'root/total.tsx': FROZEN,
      });
      const lines = ['  // More for everybody.', '  const growth: number = 2;'];
      const patches = [/** @type {const} */ ({ op: 'replace', line: PATCHED_LINE, lines })];
      writeSet(folder, 'store', [{ id: 'growth', file: 'total.tsx', patches }]);
      const [root, out] = ['root', 'out'].map((name) => path.join(folder, name));
      assert.ok(root && out);
      const firn = { root, patches: path.join(folder, 'patches') };
      await build({ root, entry: 'main.js', out, minify: true, firn });

      const frozen = FROZEN.split('\n');
      /** @type {Set<string>} */
      const names = new Set();
      eachMapping(mapIn(out), ({ source, name, originalLine, originalColumn }) => {
        if (!source?.endsWith('total.tsx')) return;
        assert.notEqual(originalLine, PATCHED_LINE, 'what a patch wrote leads nowhere');
        if (name === null) return;
        const found = frozen[originalLine - 1]?.slice(originalColumn) ?? '';
        assert.ok(found.startsWith(name), `${name} at "${found}"`);
        names.add(name);
      });
      // Above the patch, and below it, where lines have moved.
      assert.ok(names.has('runningTotal') && names.has('amountOfItem'), [...names].join());
    });
  }
});
