// @ts-check
// The rows of the report: which measurement stands against which, and what it must reach.
//
// A measurement is named as bench/core or bench/js names it. "times" rows say how many times as long
// as the yardstick the subject takes (less is better); "faster" rows how many times faster it is
// (more is better). `must` is what a release has to meet, `aim` what we are working towards.

/**
 * @typedef {object} Row
 * @property {string} work
 * @property {string} subject
 * @property {string} against
 * @property {string} yardstick
 * @property {number} [must]
 * @property {number} [aim]
 *
 * @typedef {object} Section
 * @property {string} title
 * @property {'times' | 'faster'} kind
 * @property {boolean} [brief] Only rows with a bound are printed; the others are for --all.
 * @property {Row[]} rows
 */

const CORE_SIZES = [
  { name: '5,000/500', key: '5000/500', must: 10, aim: 8 },
  { name: '100,000/1,000', key: '100000/1000' },
  { name: '1,000,000/10,000', key: '1000000/10000', aim: 2 },
];
const JS_SIZES = ['10/1', '100/10', '1,000/100', '5,000/500', '100,000/1,000'];

/** Drops what is undefined, so that a row says only what applies. */
const row = (/** @type {Record<string, unknown>} */ fields) =>
  /** @type {Row} */ (
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  );

/** @type {Section} */
const freeze = {
  title: 'Freeze: line index and fingerprint, native core',
  kind: 'times',
  rows: [
    ['200 KB', '200000'],
    ['1 MB', '1000000'],
    ['10 MB', '10000000'],
  ].map(([name, key]) =>
    row({
      work: name,
      subject: `freeze_owned/${key}`,
      against: 'memcpy of the bytes, reused memory',
      yardstick: `freeze_memcpy/${key}`,
      aim: 6,
    }),
  ),
};

/** @type {Section} */
const apply = {
  title: 'Normalize + execute to bytes, native core, lines/shuffled patches',
  kind: 'times',
  rows: CORE_SIZES.flatMap(({ name, key, must, aim }) => [
    row({
      work: `${name} into new pages`,
      subject: `apply_fresh/${key}`,
      against: 'memcpy of the output, new pages',
      yardstick: `apply_memcpy_fresh/${key}`,
      must,
      aim,
    }),
    row({
      work: `${name} into reused memory`,
      subject: `apply_reused/${key}`,
      against: 'memcpy of the output, reused memory',
      yardstick: `apply_memcpy_reused/${key}`,
      must,
      aim,
    }),
  ]),
};

/** @type {Record<string, string>} */
const PEERS = {
  naive: 'split, splice, join',
  slice: 'slice and join',
  jsdiff: 'jsdiff applyPatch',
  lsp: 'LSP applyEdits',
  magic: 'magic-string',
};

/** @type {Record<string, Partial<Record<string, Pick<Row, 'must' | 'aim'>>>>} */
const BOUNDS = {
  'addon 5,000/500': {
    naive: { must: 20, aim: 25 },
    jsdiff: { must: 20, aim: 25 },
    lsp: { aim: 25 },
  },
  'addon 100,000/1,000': { naive: { aim: 25 }, jsdiff: { aim: 25 }, lsp: { aim: 25 } },
  'wasm 5,000/500': { jsdiff: { must: 8 } },
};

const BACKENDS = { addon: 'addon', wasm: 'WASM in Node' };

/** @type {Section[]} */
const toBytes = Object.entries(BACKENDS).map(([backend, name]) => ({
  title: `Frozen snapshot + parsed batch to bytes, ${name}`,
  kind: 'faster',
  brief: true,
  rows: JS_SIZES.flatMap((size) =>
    Object.entries(PEERS).map(([peer, against]) =>
      row({
        work: size,
        subject: `${backend} bytes ${size}`,
        against,
        yardstick: `${peer} ${size}`,
        ...BOUNDS[`${backend} ${size}`]?.[peer],
      }),
    ),
  ),
}));

/** @type {Section} */
const overFloor = {
  title: 'The same beside its floor: a copy of the ready output as a new object',
  kind: 'times',
  rows: Object.entries(BACKENDS).flatMap(([backend, name]) =>
    ['5,000/500', '100,000/1,000'].flatMap((size) => [
      row({
        work: `${size} to bytes, ${name}`,
        subject: `${backend} bytes ${size}`,
        against: 'new bytes',
        yardstick: `floor bytes ${size}`,
      }),
      row({
        work: `${size} to string, ${name}`,
        subject: `${backend} text ${size}`,
        against: 'new string',
        yardstick: `floor text ${size}`,
      }),
    ]),
  ),
};

/** @type {Section} */
const fromJson = {
  title: 'JSON bytes to patched bytes, snapshot frozen',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, name]) =>
    JS_SIZES.map((size) =>
      row({
        work: `${size}, ${name}`,
        subject: `${backend} json-bytes ${size}`,
        against: 'JSON.parse + split, splice, join',
        yardstick: `naive json-bytes ${size}`,
        aim: backend === 'addon' && size === '5,000/500' ? 8 : undefined,
      }),
    ),
  ),
};

/** @param {string} backend @param {number} lineCount */
function coldAim(backend, lineCount) {
  if (backend === 'addon') return lineCount >= 5_000 ? 2 : 1;
  return lineCount >= 1_000 ? 1 : undefined;
}

/** @type {Section} */
const cold = {
  title: 'Cold: a string and an array of patches to a string, nothing prepared',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, name]) =>
    JS_SIZES.map((size) =>
      row({
        work: `${size}, ${name}`,
        subject: `${backend} cold array ${size}`,
        against: 'split, splice, join',
        yardstick: `naive ${size}`,
        aim: coldAim(backend, Number.parseInt(size.replaceAll(',', ''), 10)),
      }),
    ),
  ),
};

export const SECTIONS = [freeze, apply, ...toBytes, overFloor, fromJson, cold];

/** What the browser downloads: the module and its glue, gzip -9. */
export const DOWNLOAD = { must: 90 * 1024, files: ['firn.wasm', 'firn.mjs'] };
