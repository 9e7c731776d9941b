// @ts-check
// The rows of the report: which measurement stands against which, and what it must reach.
//
// A measurement is named as bench/core or bench/js names it. "times" rows say how many times as long
// as the yardstick the subject takes (less is better); "faster" rows how many times faster it is
// (more is better). `must` is what a release has to meet, `aim` what we are working towards.

import { pairs } from '@firn/test-pairs';
import { COMPARED, MERGED } from './js/versions.mjs';

/** The benchmarks of bench/hostile/hostile_bench.cpp. */
const HOSTILE = {
  read_one_hunk: 'reading a hunk of 130,000 lines',
  read_many_hunks: 'reading 100,000 hunks',
  place_nowhere: 'placing a hunk that fits nowhere',
  place_many_hunks: 'placing 100,000 hunks',
  diff_equal_lines: 'diff of equal lines, more of them',
  diff_nothing_shared: 'diff of texts that share no line',
  diff_shuffled: 'diff of a shuffled text',
  merge_rewritten: 'merge of texts rewritten',
};

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
    ['5,000/500', '100,000/1,000']
      .flatMap((size) => [
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
      ])
      .concat(
        ['line', 'boundary'].map((hires) =>
          row({
            work: `map of 5,000/500, ${hires}, ${name}`,
            subject: `${backend} map ${hires} 5,000/500`,
            against: 'new string',
            yardstick: `floor map ${hires} 5,000/500`,
          }),
        ),
      ),
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

/** @type {Section} */
const diff = {
  title: 'Diff of a published file and its next version, from bytes, native core',
  kind: 'faster',
  rows: pairs.flatMap(({ name }) => [
    row({
      work: name,
      subject: `diff/${name}`,
      against: 'libgit2 git_patch_from_buffers',
      yardstick: `libgit2_diff/${name}`,
      must: 5,
      aim: 8,
    }),
    ...(COMPARED.includes(name)
      ? [
          row({
            work: name,
            subject: `diff/${name}`,
            against: 'jsdiff createPatch',
            yardstick: `jsdiff createPatch ${name}`,
            must: 30,
            aim: 40,
          }),
        ]
      : []),
  ]),
};

/** @type {Section} */
const diffText = {
  title: 'Two strings to a unified diff',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, backendName]) =>
    COMPARED.map((name) =>
      row({
        work: `${name}, ${backendName}`,
        subject: `${backend} diff ${name}`,
        against: 'jsdiff createPatch',
        yardstick: `jsdiff createPatch ${name}`,
      }),
    ),
  ),
};

/** @type {Section} */
const merge = {
  title: 'Merge of own changes and the next version, from bytes',
  kind: 'faster',
  rows: [
    ...pairs.map(({ name }) =>
      row({
        work: `${name}, native core`,
        subject: `merge/${name}`,
        against: 'libgit2 git_merge_file',
        yardstick: `libgit2_merge/${name}`,
        must: 5,
      }),
    ),
    ...MERGED.flatMap((name) =>
      Object.entries(BACKENDS).map(([backend, backendName]) =>
        row({
          work: `${name}, ${backendName}`,
          subject: `${backend} merge ${name}`,
          against: 'node-diff3',
          yardstick: `node-diff3 merge ${name}`,
          must: 50,
        }),
      ),
    ),
  ],
};

/** @type {Section} */
const tree = {
  title: 'A patch of 5,000 files applied to a tree, whole processes',
  kind: 'faster',
  rows: [
    row({
      work: 'firn apply -p1',
      subject: 'tree firn',
      against: 'git apply',
      yardstick: 'tree git',
      must: 2,
    }),
  ],
};

/** Whoever hands a map to a bundler as an object has the text at hand: only the mappings cross. */
const MAP_FORMS = { map: 'string out', 'map object': 'object out' };

/** @type {Section} */
const sourceMap = {
  title: 'Source map of a patched text, the frozen text in it',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, backendName]) =>
    Object.entries(MAP_FORMS).flatMap(([form, formName]) =>
      ['line', 'boundary'].flatMap((hires) =>
        ['1,000/100', '5,000/500'].map((size) =>
          row({
            work: `${hires} ${size}, ${formName}, ${backendName}`,
            subject: `${backend} ${form} ${hires} ${size}`,
            against: 'magic-string generateMap',
            yardstick: `magic ${form} ${hires} ${size}`,
            ...(backend === 'addon' && mapBound(`${form} ${hires} ${size}`)),
          }),
        ),
      ),
    ),
  ),
};

/**
 * Half of what a map of lines takes is the string that holds the text: overFloor shows it.
 * @param {string} name
 */
function mapBound(name) {
  return name === 'map line 5,000/500' ? { must: 4, aim: 5 } : { must: 5 };
}

/** @type {Section} */
const hostile = {
  title: 'Hostile input: twice as much of it',
  kind: 'times',
  rows: Object.entries(HOSTILE).map(([name, work]) =>
    row({
      work,
      subject: `${name}/twice`,
      against: 'half of it',
      yardstick: `${name}/once`,
      must: 2.1, // Twice the time, give or take what two runs of the same differ by.
    }),
  ),
};

export const SECTIONS = [
  freeze,
  apply,
  ...toBytes,
  overFloor,
  fromJson,
  cold,
  diff,
  diffText,
  merge,
  sourceMap,
  tree,
  hostile,
];

/** What the browser downloads: the module and its glue, gzip -9. */
export const DOWNLOAD = { must: 90 * 1024, files: ['firn.wasm', 'firn.mjs'] };
