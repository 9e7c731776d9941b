// @ts-check
// What someone waits for who looks at patches in a page: from bytes to painted code, and from a switch to painted code.

import { row } from './row.mjs';

/** @import { Section } from './row.mjs' */

const SMALL = '1,000/100';
const LARGE = '100,000/1,000';

/** @param {string} what @param {string} size @param {string} peer @param {string} against @param {number} [bound] */
const beside = (what, size, peer, against, bound) =>
  row({
    work: `${what === 'first' ? 'bytes to painted code' : 'one patch off to painted code'}, ${size}`,
    subject: `page:firn ${what} ${size}`,
    against,
    yardstick: `page:${peer} ${what} ${size}`,
    bound,
    headline: bound !== undefined,
  });

/** @type {Section} */
export const inPage = {
  title: '<firn-view> in Chromium',
  kind: 'faster',
  rows: [
    beside('first', SMALL, 'codemirror-right', '@codemirror/merge that finds the changes', 20),
    beside('first', LARGE, 'codemirror', '@codemirror/merge as it comes: all is one change'),
    beside('first', LARGE, 'diff2html', 'jsdiff and diff2html', 20),
    beside('switch', LARGE, 'diff2html', 'jsdiff and diff2html', 50),
  ],
};

const HUGE = '1,000,000/10,000';

/** @type {Section} */
export const ofPage = {
  title: '<firn-view> in Chromium, what it takes',
  kind: 'amount',
  rows: [
    // The worker and the compiled module are some 30 MB, whatever the file: of a small one they are most.
    row({
      work: `memory over an empty page, for each byte of the file, ${LARGE}`,
      subject: `open-page:memory ${LARGE}`,
      against: 'worker and WebAssembly among it',
      yardstick: '',
    }),
    row({
      work: `memory over an empty page, for each byte of the file, ${HUGE}`,
      subject: `open-page:memory ${HUGE}`,
      against: 'worker and WebAssembly among it',
      yardstick: '',
      bound: 3,
      headline: true,
    }),
    row({
      work: `tasks over 50 ms while it is opened, scrolled, searched and switched, ${HUGE}`,
      subject: `open-page:long tasks ${HUGE}`,
      against: 'on the main thread',
      yardstick: '',
      bound: 0,
      headline: true,
    }),
  ],
};
