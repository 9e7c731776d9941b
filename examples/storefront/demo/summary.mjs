// @ts-check
// The table of all files: whose they are, what was done to each, how long both backends took.
import { table } from './print.mjs';

/** @import { Row } from './demo.mjs' */
/** @import { Column } from './print.mjs' */

const BACKENDS = /** @type {const} */ (['native', 'wasm']);

/** @param {Row[]} rows One for each file. */
export function summary(rows) {
  return table([
    ...namesOf(rows),
    ...countsOf(rows),
    ...BACKENDS.map((backend, at) => timesOf(rows, backend, 3 - at)),
    ...BACKENDS.map((backend, at) => fingerprintsOf(rows, backend, 1 - at)),
    samenessOf(rows),
  ]);
}

/** @param {Row[]} rows @returns {Column[]} */
function namesOf(rows) {
  const stores = rows.map(({ store }, at) => (store === rows[at - 1]?.store ? '' : store));
  const storeCount = new Set(rows.map(({ store }) => store)).size;
  const files = rows.map(({ file }) => file);
  return [
    { title: 'store', align: 'left', cells: [...stores, `${storeCount} stores`] },
    { title: 'file', align: 'left', least: 22, cells: [...files, `${rows.length} files`] },
  ];
}

/** @param {Row[]} rows @returns {Column[]} */
function countsOf(rows) {
  const patches = rows.map(({ native }) => native.report.applied.length);
  const added = withSum(rows.map(({ native }) => native.report.counts.linesAdded));
  const removed = withSum(rows.map(({ native }) => native.report.counts.linesRemoved));
  const lines = added.map((count, at) => `+${count} −${removed[at]}`);
  return [
    { title: 'patches', align: 'right', leaves: 4, cells: withSum(patches).map(String) },
    { title: 'lines', align: 'right', leaves: 5, cells: lines },
  ];
}

/** @param {Row[]} rows @param {'native' | 'wasm'} backend @param {number} leaves @returns {Column} */
function timesOf(rows, backend, leaves) {
  const times = withSum(rows.map((row) => row[backend].microseconds));
  return { title: backend, align: 'right', leaves, cells: times.map(duration) };
}

/** @param {Row[]} rows @param {'native' | 'wasm'} backend @param {number} leaves @returns {Column} */
function fingerprintsOf(rows, backend, leaves) {
  const cells = [...rows.map((row) => row[backend].proof.result.slice(0, 12)), ''];
  return { title: `${backend} XXH3`, align: 'left', style: 'dim', leaves, cells };
}

/** @param {Row[]} rows @returns {Column} */
function samenessOf(rows) {
  const same = rows.filter((row) => row.same).length;
  return {
    title: 'same',
    align: 'right',
    style: same === rows.length ? 'green' : 'red',
    cells: [...rows.map((row) => (row.same ? 'yes' : 'NO')), `${same}/${rows.length}`],
  };
}

/** @param {number[]} numbers */
const withSum = (numbers) => [...numbers, numbers.reduce((sum, number) => sum + number, 0)];

/** @param {number} microseconds */
const duration = (microseconds) =>
  microseconds < 1000 ? `${microseconds.toFixed(0)} µs` : `${(microseconds / 1000).toFixed(1)} ms`;
