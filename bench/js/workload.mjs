// @ts-check
// The generated input of the benchmarks: bench/core/workload.cpp makes the same, byte for byte, and
// the fingerprints are compared. Runs in Node and in a page.

/**
 * @typedef {object} Patch A patch whose lines count from 1, as `engine.batch()` takes it.
 * @property {'replace' | 'insert' | 'delete'} op
 * @property {number} line
 * @property {number} [endLine]
 * @property {string[]} [lines]
 *
 * @typedef {object} Workload
 * @property {number} lineCount
 * @property {string} text
 * @property {Patch[]} patches In shuffled order.
 * @property {string} json The patches as a batch.
 * @property {string} expected The patched text.
 */

const WORDS = [
  ...['const', 'total', '=', 'price', '*', '(1', '+', 'rate)'],
  ...['cart', 'items', 'map(', 'return', 'await', 'store,', '{ id,', 'name }'],
];

/**
 * Mulberry32; the function gives whole numbers from 0 to below its argument.
 * @param {number} seed
 * @returns {(bound: number) => number}
 */
function randomOf(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

/**
 * Code-like ASCII, 40 bytes on average, one line in eight empty.
 * @param {(bound: number) => number} below
 * @param {number} number
 */
function makeLine(below, number) {
  if (below(8) === 0) return '';
  let line = ' '.repeat(2 * below(6));
  const size = 12 + below(52);
  while (line.length < size) line += `${WORDS[below(WORDS.length)]} `;
  return line + number;
}

/**
 * @param {(bound: number) => number} below
 * @param {number} first The first line of the patch's own part of the text.
 * @param {number} stride Lines of that part.
 * @param {number} number
 * @returns {Patch}
 */
function makePatch(below, first, stride, number) {
  const kind = below(10);
  const op = kind < 6 ? 'replace' : kind < 8 ? 'insert' : 'delete';
  /** @type {Patch} */
  const patch = { op, line: first + below(stride - 2) };
  if (op !== 'insert') patch.endLine = patch.line + below(3);
  if (op === 'delete') return patch;
  const lineCount = 1 + below(3);
  patch.lines = Array.from({ length: lineCount }, () => makeLine(below, number));
  return patch;
}

/**
 * The patched text as anyone would make it: by line, so that order does not matter.
 * @param {string} text
 * @param {Patch[]} patches
 */
function splice(text, patches) {
  const byLine = new Map(patches.map((patch) => [patch.line, patch]));
  /** @type {string[]} */
  const out = [];
  let skipTo = 0;
  text
    .split('\n')
    .slice(0, -1)
    .forEach((line, index) => {
      const patch = byLine.get(index + 1);
      if (patch) {
        out.push(...(patch.lines ?? []));
        if (patch.endLine !== undefined) skipTo = patch.endLine;
      }
      if (index + 1 > skipTo) out.push(line);
    });
  return out.map((line) => `${line}\n`).join('');
}

/**
 * The numbers of lines and patches that a name such as "5,000/500" states; undefined if it is none.
 * @param {string} name
 */
export function sizeOf(name) {
  const [, lines, patches] = /^([\d,]+)\/([\d,]+)$/.exec(name) ?? [];
  if (lines === undefined || patches === undefined) return undefined;
  return {
    lineCount: Number(lines.replaceAll(',', '')),
    patchCount: Number(patches.replaceAll(',', '')),
  };
}

/** By line. @param {Patch[]} patches */
export const inOrder = (patches) => patches.toSorted((a, b) => a.line - b.line);

/**
 * Fisher and Yates.
 * @param {Patch[]} patches
 * @param {(bound: number) => number} below
 */
function shuffle(patches, below) {
  for (let i = patches.length; i > 1; i -= 1) {
    const j = below(i);
    const last = /** @type {Patch} */ (patches[i - 1]);
    patches[i - 1] = /** @type {Patch} */ (patches[j]);
    patches[j] = last;
  }
}

/**
 * REQUIRES at least three lines for each patch.
 * @param {{ lineCount: number, patchCount: number }} size
 * @returns {Workload}
 */
export function makeWorkload({ lineCount, patchCount }) {
  const belowText = randomOf(lineCount);
  const lines = Array.from({ length: lineCount }, (_, i) => makeLine(belowText, i));
  // join() makes one flat string, as a file read from disk is; += would leave a rope.
  const text = lines.concat('').join('\n');

  const below = randomOf(patchCount);
  const stride = Math.floor(lineCount / patchCount);
  const patches = Array.from({ length: patchCount }, (_, i) =>
    makePatch(below, i * stride + 1, stride, i),
  );
  shuffle(patches, below);
  const json = JSON.stringify({ patches });
  return { lineCount, text, patches, json, expected: splice(text, patches) };
}
