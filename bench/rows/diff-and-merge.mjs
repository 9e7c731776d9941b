// @ts-check
// Published files and their next versions: what differs, and our own changes merged into the newer.

import { pairs } from '@firn/test-pairs';
import { COMPARED, MERGED } from '../js/versions.mjs';
import { BACKENDS, row } from './row.mjs';

/** @import { Section } from './row.mjs' */

/** @type {Section} */
export const diff = {
  title: 'Diff of a published file and its next version, from bytes, native core',
  kind: 'faster',
  rows: pairs.flatMap(({ name }) => [
    row({
      work: name,
      subject: `peers:diff/${name}`,
      against: 'libgit2 git_patch_from_buffers',
      yardstick: `peers:libgit2_diff/${name}`,
      bound: 8,
      headline: true,
    }),
    ...(COMPARED.includes(name)
      ? [
          row({
            work: name,
            subject: `peers:diff/${name}`,
            against: 'jsdiff createPatch',
            yardstick: `node:jsdiff createPatch ${name}`,
            bound: 40,
            headline: true,
          }),
        ]
      : []),
  ]),
};

/** @type {Section} */
export const diffText = {
  title: 'Two strings to a unified diff, crossing included',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, backendName]) =>
    COMPARED.map((name) =>
      row({
        work: `${name}, ${backendName}`,
        subject: `node:${backend} diff ${name}`,
        against: 'jsdiff createPatch',
        yardstick: `node:jsdiff createPatch ${name}`,
      }),
    ),
  ),
};

/** @type {Section} */
export const merge = {
  title: 'Merge of own changes and the next version, from bytes',
  kind: 'faster',
  rows: [
    ...pairs.map(({ name }) =>
      row({
        work: `${name}, native core`,
        subject: `peers:merge/${name}`,
        against: 'libgit2 git_merge_file',
        yardstick: `peers:libgit2_merge/${name}`,
        bound: 5,
        headline: true,
      }),
    ),
    ...MERGED.flatMap((name) => [
      row({
        work: `${name}, native core`,
        subject: `peers:merge/${name}`,
        against: 'node-diff3',
        yardstick: `node:node-diff3 merge ${name}`,
        bound: 50,
        headline: true,
      }),
      ...Object.entries(BACKENDS).map(([backend, backendName]) =>
        row({
          work: `${name}, ${backendName}`,
          subject: `node:${backend} merge ${name}`,
          against: 'node-diff3',
          yardstick: `node:node-diff3 merge ${name}`,
          bound: 50,
        }),
      ),
    ]),
  ],
};
