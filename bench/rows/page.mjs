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
