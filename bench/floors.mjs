// @ts-check
// How far a ratio may fall before CI fails, and why.
//
// Where a bound is reached, the floor is a fifth below it (a fifth above it where less is better):
// what a noisy machine may take. Counts are the same in every run, and get a fiftieth.
//
// Where a bound is not reached, the floor is a fifth below what is measured, and stands here with
// the reason. It is raised when the row gets better, and goes when the bound is reached.

/** @import { Row, Section } from './rows/row.mjs' */

/** @typedef {{ floor: number, why: string }} Floor */

/**
 * Rows that CI does not measure, by words in their names, and why.
 * @type {Record<string, string>}
 */
export const LEFT_OUT = {
  'whole processes': 'by the clock, with the disk in it: no machine of CI is quiet enough',
  '<firn-view> in Chromium': 'by the clock, with layout in it: no machine of CI is quiet enough',
  ': 1,000,000/10,000, addon': 'seconds for what 100,000/1,000 tells as well',
  ': 1,000,000/10,000, WASM in Node': 'seconds for what 100,000/1,000 tells as well',
  'react-dom, jsdiff': 'seconds for what lodash tells as well',
};

const TO_KEPT_BYTES = 'Frozen snapshot + parsed batch to bytes in memory the caller keeps, addon';
const TO_BYTES = 'Frozen snapshot + parsed batch to bytes, addon';
const COLD = 'Cold: a string and an array of patches to a string, nothing prepared';
const DIFF = 'Diff of a published file and its next version, from bytes, native core';
const MERGE = 'Merge of own changes and the next version, from bytes';

const CHROMIUM = 'Frozen snapshot + parsed batch to bytes, WASM in Chromium';

/** A page of memory that nobody has used yet costs more than to write it. */
const NEW_MEMORY =
  'new memory for the output takes most of the time; who makes a string gets used one';
/** applyEdits() sorts offsets and slices, whatever they mean. */
const PROVED =
  'two thirds of it are the patches read, proved lawful and ordered, before a byte is written';
/** The crossing alone is a twentieth of it: see the rows beside the least there can be. */
const EACH_CALL =
  'a snapshot, a batch and a plan are made and freed, which takes longer than the ten lines do with so few';
/** Beside the least there can be: the same text in, the ready one out. */
const BOTH_WAYS = 'half of it is the text that crosses, both ways';
/** jsdiff's work grows with what differs. */
const FEW_CHANGES =
  'so little differs that jsdiff has not much to do, while both texts are read whole';
/** What is paid for each patch of an array. */
const ARRAY = 'every patch of an array is read in JavaScript and packed for the engine to read';

/** @type {Record<string, Floor>} */
const NOT_REACHED = {
  [`${TO_BYTES}: 5,000/500, split, splice, join`]: { floor: 10, why: NEW_MEMORY },
  [`${TO_BYTES}: 5,000/500, jsdiff applyPatch`]: { floor: 12, why: NEW_MEMORY },
  [`${TO_BYTES}: 5,000/500, LSP applyEdits`]: { floor: 4.5, why: NEW_MEMORY },
  [`${TO_BYTES}: 100,000/1,000, split, splice, join`]: { floor: 12, why: NEW_MEMORY },
  [`${TO_BYTES}: 100,000/1,000, jsdiff applyPatch`]: { floor: 11, why: NEW_MEMORY },
  [`${TO_BYTES}: 100,000/1,000, LSP applyEdits`]: { floor: 2, why: NEW_MEMORY },
  [`${TO_KEPT_BYTES}: 5,000/500, LSP applyEdits`]: { floor: 12, why: PROVED },
  [`${TO_KEPT_BYTES}: 100,000/1,000, LSP applyEdits`]: { floor: 10, why: PROVED },
  [`${CHROMIUM}: 5,000/500, split, splice, join`]: { floor: 1.4, why: NEW_MEMORY },
  [`${CHROMIUM}: 5,000/500, jsdiff applyPatch`]: { floor: 2, why: NEW_MEMORY },
  [`${CHROMIUM}: 5,000/500, LSP applyEdits`]: { floor: 0.4, why: NEW_MEMORY },
  [`${CHROMIUM}: 100,000/1,000, split, splice, join`]: { floor: 1.6, why: NEW_MEMORY },
  [`${CHROMIUM}: 100,000/1,000, jsdiff applyPatch`]: { floor: 1.4, why: NEW_MEMORY },
  [`${CHROMIUM}: 100,000/1,000, LSP applyEdits`]: { floor: 0.25, why: NEW_MEMORY },
  'JSON bytes to patched bytes, snapshot frozen: 5,000/500, addon, JSON.parse + split, splice, join':
    {
      floor: 5,
      why: 'from 6 to 9 in one day: the new memory of the output is most of what is left',
    },
  [`${COLD}: 10/1, addon, split, splice, join`]: { floor: 0.35, why: EACH_CALL },
  [`${COLD}: 5,000/500, addon, split, splice, join`]: { floor: 1.5, why: BOTH_WAYS },
  [`${COLD}: 1,000/100, WASM in Node, split, splice, join`]: { floor: 0.72, why: ARRAY },
  [`${DIFF}: commander, jsdiff createPatch`]: { floor: 25, why: FEW_CHANGES },
  [`${MERGE}: mime-db, native core, libgit2 git_merge_file`]: {
    floor: 2.1,
    why: 'to merge as git does, what git searches in vain must be searched as far',
  },
  [`${MERGE}: react-dom, native core, libgit2 git_merge_file`]: {
    floor: 3.4,
    why: 'from 4 to 6 in one day: what git searches in vain must be searched as far',
  },
};

/** @param {Section['kind']} kind @param {number} bound */
function aFifthFrom(kind, bound) {
  if (kind === 'faster') return bound * 0.8;
  return kind === 'times' ? bound * 1.2 : bound * 1.02;
}

/** @param {Section['kind']} kind @param {Row} row @param {string} name */
export function floorOf(kind, { bound }, name) {
  const exception = NOT_REACHED[name];
  if (exception) return exception.floor;
  if (bound === undefined) throw new Error(`${name} has no bound`);
  return aFifthFrom(kind, bound);
}

/** A floor of a row that is gone would guard nothing. @param {string[]} names Of the rows with a bound. */
export function requireKnown(names) {
  const floors = Object.keys(NOT_REACHED).filter((name) => !names.includes(name));
  const words = Object.keys(LEFT_OUT).filter((some) => !names.some((name) => name.includes(some)));
  const unknown = [...floors, ...words];
  if (unknown.length > 0) throw new Error(`floors.mjs names no row: ${unknown.join('; ')}`);
}
