// @ts-check
// The engine by itself, in C++: beside memcpy of the same bytes, and beside itself with twice as much to do.

import { row } from './row.mjs';

/** @import { Section } from './row.mjs' */

/** @type {Section} */
export const freeze = {
  title: 'Freeze: line index and fingerprint, native core',
  kind: 'times',
  rows: Object.entries({ '200 KB': 200_000, '1 MB': 1_000_000, '10 MB': 10_000_000 }).map(
    ([work, byteCount]) =>
      row({
        work,
        subject: `core:freeze_owned/${byteCount}`,
        against: 'memcpy of the bytes, reused memory',
        yardstick: `core:freeze_memcpy/${byteCount}`,
        bound: 6,
        headline: true,
      }),
  ),
};

const SIZES = [
  { name: '5,000/500', key: '5000/500', bound: 8 },
  { name: '100,000/1,000', key: '100000/1000' },
  { name: '1,000,000/10,000', key: '1000000/10000', bound: 2 },
];

/** @type {Section} */
export const apply = {
  title: 'Normalize + execute to bytes, native core, lines/shuffled patches',
  kind: 'times',
  rows: SIZES.flatMap(({ name, key, bound }) => [
    row({
      work: `${name} into new pages`,
      subject: `core:apply_fresh/${key}`,
      against: 'memcpy of the output, new pages',
      yardstick: `core:apply_memcpy_fresh/${key}`,
      bound,
      headline: bound !== undefined,
    }),
    row({
      work: `${name} into reused memory`,
      subject: `core:apply_reused/${key}`,
      against: 'memcpy of the output, reused memory',
      yardstick: `core:apply_memcpy_reused/${key}`,
      bound,
    }),
  ]),
};

/** @type {Section} */
export const wasmOverNative = {
  title: 'Frozen snapshot + parsed batch to bytes, WASM in Node beside the native core',
  kind: 'times',
  rows: [
    ['5,000/500', '5000/500'],
    ['1,000,000/10,000', '1000000/10000'],
  ].map(([name, key]) =>
    row({
      work: `${name}, crossing included`,
      subject: `node:wasm bytes ${name}`,
      against: 'native core, new pages',
      yardstick: `core:apply_fresh/${key}`,
      bound: 2.5,
      headline: true,
    }),
  ),
};

/**
 * Both sizes of a pair lie in the same cache, or both in none: what a larger memory costs more than
 * a smaller one is the machine's doing.
 * @type {Section}
 */
export const doubling = {
  title: 'Twice as much to do',
  kind: 'times',
  rows: [
    {
      work: 'apply, 1,000,000 lines for 500,000',
      subject: 'core:apply_reused/1000000/10000',
      yardstick: 'core:apply_reused/500000/10000',
    },
    {
      work: 'apply, 20,000 patches for 10,000',
      subject: 'core:apply_reused/1000000/20000',
      yardstick: 'core:apply_reused/1000000/10000',
    },
    {
      work: 'read a batch, 10,000 patches for 5,000',
      subject: 'core:read_batch/1000000/10000',
      yardstick: 'core:read_batch/1000000/5000',
    },
    {
      work: 'freeze, 400 KB for 200 KB',
      subject: 'core:freeze_owned/400000',
      yardstick: 'core:freeze_owned/200000',
    },
  ].map((fields) => row({ ...fields, against: 'half of it', bound: 2.1, headline: true })),
};
