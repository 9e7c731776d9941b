// @ts-check
/** Files of a new baseline, wherever somebody took hold of it: each is the file that it is in the project. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { newBaseline } from '../../../js/dashboard/dist/js/page/project-files.js';

/** @param {string} path */
const stored = (path) => ({ path, bytes: async () => new Uint8Array() });

/** The paths that files are taken for. @param {string[]} known @param {string[]} given */
function taken(known, given) {
  const files = new Map(known.map((path) => [path, stored(path)]));
  return [...newBaseline({ name: 'shop', files, sets: [] }, given.map(stored)).keys()];
}

const KNOWN = ['index.js', 'src/index.js', 'src/Cart.jsx', 'lib/index.js'];

/** @type {Record<string, [given: string[], taken: string[]]>} */
const holds = {
  'a folder of any name that holds all of it': [
    ['shop-1.1/index.js', 'shop-1.1/src/Cart.jsx'],
    ['index.js', 'src/Cart.jsx'],
  ],
  'a baseline/ beside other things': [
    ['shop/baseline/src/Cart.jsx', 'shop/README.md'],
    ['src/Cart.jsx'],
  ],
  'a folder of its own': [
    ['src/index.js', 'src/Cart.jsx', 'src/New.jsx'],
    ['src/index.js', 'src/Cart.jsx', 'src/New.jsx'],
  ],
  'a file of a name that only one has': [['Cart.jsx'], ['src/Cart.jsx']],
  'a file of a name that one has at the top': [['index.js'], ['index.js']],
};

for (const [name, [given, expected]] of Object.entries(holds)) {
  it(`by ${name}`, () => assert.deepEqual(taken(KNOWN, given), expected));
}
