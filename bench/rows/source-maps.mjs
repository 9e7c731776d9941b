// @ts-check
// Source maps of patched texts, with the frozen text in them.

import { BACKENDS, row } from './row.mjs';

/** @import { Section } from './row.mjs' */

/** Whoever hands a map to a bundler as an object has the text at hand: only the mappings cross. */
const FORMS = { map: 'string out', 'map object': 'object out' };

/** @type {Section} */
export const sourceMap = {
  title: 'Source map of a patched text, the frozen text in it',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, backendName]) =>
    Object.entries(FORMS).flatMap(([form, formName]) =>
      ['line', 'boundary'].flatMap((hires) =>
        ['1,000/100', '5,000/500'].map((size) =>
          row({
            work: `${hires} ${size}, ${formName}, ${backendName}`,
            subject: `node:${backend} ${form} ${hires} ${size}`,
            against: 'magic-string generateMap',
            yardstick: `node:magic ${form} ${hires} ${size}`,
            bound: backend === 'addon' ? 5 : undefined,
            // Half of what a map of lines takes is the string that holds the text.
            least: form === 'map' ? `node:least map ${hires} ${size}` : undefined,
            headline: backend === 'addon' && form === 'map' && size === '5,000/500',
          }),
        ),
      ),
    ),
  ),
};
