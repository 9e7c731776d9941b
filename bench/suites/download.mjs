// @ts-check
// What a page downloads for the engine, compressed.

import { downloadOf } from '../../tools/test/download.mjs';
import { root } from './suite.mjs';

/** @import { Suite } from './suite.mjs' */

/** @type {Suite} */
export const download = {
  name: 'download',
  measure: () => {
    const { page, whole, glue } = downloadOf(`${root}js/engine/dist`);
    // Kilobytes: 1,000 bytes, as everywhere here.
    const rounds = { page: [(page + glue) / 1_000], whole: [(whole + glue) / 1_000] };
    return { rounds, facts: {} };
  },
};
