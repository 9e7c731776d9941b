// @ts-check
// Whole processes, by the clock: what someone waits for at a prompt or in a job.

import { row } from './row.mjs';

/** @import { Section } from './row.mjs' */

/** @type {Section} */
export const tree = {
  title: 'A patch of 5,000 files applied to a tree, whole processes',
  kind: 'faster',
  rows: [
    row({
      work: 'firn apply -p1',
      subject: 'processes:tree firn',
      against: 'git apply',
      yardstick: 'processes:tree git',
      bound: 2,
      // Node has to start, and the system to do what it is asked.
      least: 'processes:tree floor',
      headline: true,
    }),
    row({
      work: 'firn apply -p1',
      subject: 'processes:tree firn',
      against: 'GNU patch -p1',
      yardstick: 'processes:tree patch',
      bound: 5,
      least: 'processes:tree floor',
      headline: true,
    }),
  ],
};

/** @type {Section} */
export const doublingFiles = {
  title: 'A patch of twice as many files, whole processes',
  kind: 'times',
  rows: [
    row({
      work: 'firn apply -p1, 5,000 files for 2,500',
      subject: 'processes:tree firn',
      against: 'half of it',
      yardstick: 'processes:tree half firn',
      bound: 2.1,
      headline: true,
    }),
  ],
};

/** @type {Section} */
export const build = {
  title: 'A tree of 20,000 files made with 500 of them patched, whole processes',
  kind: 'faster',
  rows: [
    row({
      work: 'firn build',
      subject: 'processes:build firn',
      against: 'cp -r and git apply',
      yardstick: 'processes:build cp',
      bound: 1,
      headline: true,
    }),
  ],
};

/** @type {Section} */
export const oneFile = {
  title: 'One published file, whole processes: Node has to start first',
  kind: 'faster',
  rows: ['lodash', 'typescript'].flatMap((name) =>
    [
      { verb: 'apply', against: 'git apply', peer: 'git' },
      { verb: 'apply', against: 'GNU patch', peer: 'patch' },
      { verb: 'diff', against: 'git diff --no-index', peer: 'git' },
      { verb: 'diff', against: 'diff -u', peer: 'diff' },
      { verb: 'merge', against: 'git merge-file', peer: 'git' },
    ].map(({ verb, against, peer }) =>
      row({
        work: `firn ${verb}, ${name}`,
        subject: `processes:${verb} firn ${name}`,
        against,
        yardstick: `processes:${verb} ${peer} ${name}`,
      }),
    ),
  ),
};

const SETS = [
  { work: '50 of 2,000 modules patched', set: 'some', bound: 1.03 },
  { work: '2,000 of 2,000 modules patched', set: 'all', bound: 1.15 },
];

/** @type {Section} */
export const bundle = {
  title: 'A build of 2,000 modules by Vite with @firn/unplugin, whole processes',
  kind: 'times',
  rows: [
    ...SETS.map(({ work, set, bound }) =>
      row({
        work,
        subject: `processes:bundle firn ${set}`,
        against: 'the same build without the plugin',
        yardstick: 'processes:bundle none',
        bound,
        // Vite has to hand each of these modules to JavaScript and take it back, whatever is done to it.
        least: `processes:bundle touch ${set}`,
        headline: true,
      }),
    ),
    // A minifier hides what a plugin costs behind what it costs itself.
    ...SETS.map(({ work, set }) =>
      row({
        work: `${work}, nothing minified`,
        subject: `processes:bundle firn ${set} bare`,
        against: 'the same build without the plugin',
        yardstick: 'processes:bundle none bare',
      }),
    ),
  ],
};
