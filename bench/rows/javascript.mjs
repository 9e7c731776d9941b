// @ts-check
// What a user of JavaScript waits for: the packages as they ship, the crossing into the engine and
// back included, beside what else there is.

import { BACKENDS, row } from './row.mjs';

/** @import { Section } from './row.mjs' */

/** Lines/patches; bench/js/workload.mjs makes them. */
const SIZES = ['10/1', '100/10', '1,000/100', '5,000/500', '100,000/1,000', '1,000,000/10,000'];
const JUDGED = ['5,000/500', '100,000/1,000'];

export const PEERS = {
  naive: 'split, splice, join',
  slice: 'slice and join',
  jsdiff: 'jsdiff applyPatch',
  lsp: 'LSP applyEdits',
  magic: 'magic-string',
  codemirror: 'CodeMirror ChangeSet',
  dmp: 'diff-match-patch',
};
const JUDGES = ['naive', 'jsdiff', 'lsp'];

/** diff-match-patch takes seconds for these, magic-string's search is quadratic in the largest. */
const TOO_SLOW = new Set(['dmp 100,000/1,000', 'dmp 1,000,000/10,000', 'magic 1,000,000/10,000']);

/** Where the engine runs: the suite that measures it, and what is asked of it. */
export const HOSTS = [
  { name: 'addon', suite: 'node', backend: 'addon', bound: 25 },
  { name: 'WASM in Node', suite: 'node', backend: 'wasm' },
  { name: 'WASM in Chromium', suite: 'chromium', backend: 'wasm', bound: 10 },
];

/**
 * @param {typeof HOSTS[number]} host
 * @param {{ title: string, task: string, yardstick: (peer: string) => string }} how
 * @returns {Section}
 */
function besidePeers({ name, suite, backend, bound }, { title, task, yardstick }) {
  return {
    title: `${title}, ${name}`,
    kind: 'faster',
    rows: SIZES.flatMap((size) =>
      Object.entries(PEERS)
        .filter(([peer]) => !TOO_SLOW.has(`${peer} ${size}`))
        .map(([peer, against]) => {
          const judged = JUDGED.includes(size) && JUDGES.includes(peer);
          return row({
            work: size,
            subject: `${suite}:${backend} ${task} ${size}`,
            against,
            yardstick: `${suite}:${yardstick(peer)} ${size}`,
            bound: judged ? bound : undefined,
            least: judged && bound ? `${suite}:least ${task} ${size}` : undefined,
            headline: judged && bound !== undefined,
          });
        }),
    ),
  };
}

export const toBytes = HOSTS.map((host) =>
  besidePeers(host, {
    title: 'Frozen snapshot + parsed batch to bytes',
    task: 'bytes',
    yardstick: (peer) => peer,
  }),
);

/** The peers write what they made into such memory, too. */
export const toKeptBytes = HOSTS.map((host) =>
  besidePeers(host, {
    title: 'Frozen snapshot + parsed batch to bytes in memory the caller keeps',
    task: 'bytes-kept',
    yardstick: (peer) => `${peer} bytes-kept`,
  }),
);

/** @type {Section} */
export const overLeast = {
  title: 'The same beside the least there can be: the ready output copied into a new object',
  kind: 'times',
  rows: HOSTS.flatMap(({ name, suite, backend }) =>
    JUDGED.flatMap((size) => [
      row({
        work: `${size} to bytes, ${name}`,
        subject: `${suite}:${backend} bytes ${size}`,
        against: 'new bytes',
        yardstick: `${suite}:least bytes ${size}`,
      }),
      row({
        work: `${size} to string, ${name}`,
        subject: `${suite}:${backend} text ${size}`,
        against: 'new string',
        yardstick: `${suite}:least text ${size}`,
      }),
    ]),
  ),
};

/** @type {Section} */
export const fromJson = {
  title: 'JSON bytes to patched bytes, snapshot frozen',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, name]) =>
    SIZES.map((size) => {
      const judged = backend === 'addon' && size === '5,000/500';
      return row({
        work: `${size}, ${name}`,
        subject: `node:${backend} json-bytes ${size}`,
        against: 'JSON.parse + split, splice, join',
        yardstick: `node:naive json-bytes ${size}`,
        bound: judged ? 8 : undefined,
        least: judged ? `node:least bytes ${size}` : undefined,
        headline: judged,
      });
    }),
  ),
};

/** @param {string} backend @param {number} lineCount */
function coldBound(backend, lineCount) {
  if (backend === 'addon') return lineCount >= 5_000 ? 2 : 1;
  return lineCount >= 1_000 ? 1 : undefined;
}

/** @type {Section} */
export const cold = {
  title: 'Cold: a string and an array of patches to a string, nothing prepared',
  kind: 'faster',
  rows: Object.entries(BACKENDS).flatMap(([backend, name]) =>
    SIZES.map((size) => {
      const bound = coldBound(backend, Number.parseInt(size.replaceAll(',', ''), 10));
      return row({
        work: `${size}, ${name}`,
        subject: `node:${backend} cold array ${size}`,
        against: 'split, splice, join',
        yardstick: `node:naive ${size}`,
        bound,
        least: bound === undefined ? undefined : `node:least cold ${backend} ${size}`,
        headline: bound !== undefined,
      });
    }),
  ),
};

/** @type {Section} */
export const coldOverLeast = {
  title: 'Cold beside the least there can be: the text crosses, the ready output comes back',
  kind: 'times',
  rows: Object.entries(BACKENDS).flatMap(([backend, name]) =>
    SIZES.map((size) =>
      row({
        work: `${size}, ${name}`,
        subject: `node:${backend} cold array ${size}`,
        against: backend === 'addon' ? 'a call with a string in and out' : 'encodeInto, toString',
        yardstick: `node:least cold ${backend} ${size}`,
      }),
    ),
  ),
};

/** @type {Section} */
export const viewport = {
  title: 'A viewport of 60 lines, after one patch was switched off',
  kind: 'faster',
  rows: HOSTS.flatMap(({ name, suite, backend }) =>
    [
      { peer: 'jsdiff', against: 'jsdiff applyPatch + split' },
      { peer: 'codemirror', against: 'CodeMirror ChangeSet + slice' },
    ].map(({ peer, against }) => {
      const judged = suite === 'chromium' && peer === 'jsdiff';
      return row({
        work: `100,000/1,000, ${name}`,
        subject: `${suite}:${backend} viewport 100,000/1,000`,
        against,
        yardstick: `${suite}:${peer} viewport 100,000/1,000`,
        bound: judged ? 100 : undefined,
        headline: judged,
      });
    }),
  ),
};

const MEASURED_FOR_MEMORY = '100,000/1,000';

/** Over what each has at hand: a frozen snapshot and a parsed batch, a string and the patches as it likes them best. @type {Section} */
export const heldInNode = {
  title: 'Memory in Node: most held at once to make the patched text, over what was at hand',
  kind: 'amount',
  rows: Object.entries({ 'addon bytes': 'addon', 'wasm bytes': 'WASM', ...PEERS })
    .filter(([contender]) => !TOO_SLOW.has(`${contender} ${MEASURED_FOR_MEMORY}`))
    .map(([contender, name]) =>
      row({
        work: `${MEASURED_FOR_MEMORY}, ${name}`,
        subject: `memory:${contender} ${MEASURED_FOR_MEMORY}`,
        against: 'for each byte of the output',
        yardstick: '',
      }),
    ),
};
