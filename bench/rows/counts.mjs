// @ts-check
// What is counted, not timed.

import { row } from './row.mjs';

/** @import { Section } from './row.mjs' */

/** Each bound is what is reached, rounded up: who makes a verb do more, says so here. */
const INSTRUCTIONS = {
  freeze: { by: 'bytes of the text', bound: 2 },
  read_batch: { by: 'bytes of the JSON', bound: 14 },
  normalize: { by: 'patches', bound: 225 },
  execute: { by: 'bytes of the output', bound: 0.26 },
  apply: { by: 'bytes of the output', bound: 0.8 },
  diff: { by: 'bytes of both texts', bound: 0.52 },
  merge: { by: 'bytes of the three texts', bound: 4.4 },
  place: { by: 'bytes of the diff', bound: 18 },
};

/** @type {Section} */
export const instructions = {
  title: 'Instructions, native core with AVX2: 5,000 lines, 500 patches; lodash',
  kind: 'amount',
  rows: Object.entries(INSTRUCTIONS).map(([verb, { by, bound }]) =>
    row({
      work: verb,
      subject: `counts:instructions ${verb}`,
      against: by,
      yardstick: `counts:units ${verb}`,
      bound,
    }),
  ),
};

/** @type {Section} */
export const memory = {
  title: 'Memory, native core',
  kind: 'amount',
  rows: [
    row({
      work: 'file and JSON to bytes, 100,000/1,000: most held at once',
      subject: 'counts:peak apply',
      against: 'file + output',
      yardstick: '',
      bound: 1.2,
      headline: true,
    }),
    row({
      work: 'apply into given memory, warm: allocations',
      subject: 'counts:allocations apply',
      against: 'besides the output',
      yardstick: '',
      bound: 0,
      headline: true,
    }),
  ],
};

/** @type {Section} */
export const size = {
  title: 'Download: WebAssembly and glue, gzip -9',
  kind: 'amount',
  unit: 'KB',
  rows: [
    row({
      work: 'before a page shows anything: firn.page.wasm + its glue',
      subject: 'download:page',
      against: '',
      yardstick: '',
      bound: 90,
      headline: true,
    }),
    row({
      work: 'every verb at once: firn.wasm + its glue',
      subject: 'download:whole',
      against: '',
      yardstick: '',
    }),
  ],
};
