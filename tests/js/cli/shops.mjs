// @ts-check
/** A baseline and patch sets of it on disk, recorded as `firn add` would. */
import { readFileSync } from 'node:fs';

import { loadEngine } from '@firn/engine';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { fingerprint, spliced } from '../sets/sets.mjs';
import { folderFor } from './run-firn.mjs';

const engine = await loadEngine();

const schema = new URL('../../../js/cli/schema/firn.conflicts.schema.json', import.meta.url);
/** Whether it is a file that a rebase leaves beside a patch. */
export const isConflicts = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')));

/**
 * @typedef {import('@firn/engine').BatchInput['patches']} Patches
 * @typedef {object} Patch
 * @property {string} file
 * @property {Patches} patches
 * @property {string} [after] id of the patch that it follows
 * @property {Partial<import('@firn/sets').PatchEntry>} [entry]
 * @property {boolean} [diff] whether it is stored as a diff
 * @typedef {Record<string, string>} Tree
 */

/** A diff without context, of lines that end with LF. @param {string} file @param {string} from @param {string} to */
function diffOf(file, from, to) {
  const [before, after] = [engine.freeze(from), engine.freeze(to)];
  const batch = engine.diff(before, after);
  const patched = before.apply(batch);
  const text = patched.unifiedDiff({ oldName: `a/${file}`, newName: `b/${file}` });
  for (const handle of [patched, batch, before, after]) handle.dispose();
  return text;
}

/**
 * The files of `patches/`, made for the baseline.
 * @param {Tree} baseline @param {Record<string, Record<string, Patch>>} sets
 */
export function setFiles(baseline, sets) {
  /** @type {Tree} */
  const files = {};
  for (const [set, patches] of Object.entries(sets)) {
    /** @type {Record<string, string>} */
    const results = {};
    const entries = Object.entries(patches).map(
      ([id, { file, patches: ops, after, entry, diff }]) => {
        const base = (after === undefined ? baseline[file] : results[after]) ?? '';
        const result = spliced(base, ops);
        results[id] = result;
        const patch = `${id}.${diff ? 'patch' : 'json'}`;
        const batch = `${JSON.stringify({ schema: 'firn.batch/1', patches: ops }, null, 2)}\n`;
        files[`patches/${set}/${patch}`] = diff ? diffOf(file, base, result) : batch;
        const prints = { base: fingerprint(engine, base), result: fingerprint(engine, result) };
        return { id, file, patch, order: 10, ...prints, ...entry };
      },
    );
    const manifest = { schema: 'firn.set/1', id: set, patches: entries };
    files[`patches/${set}/firn.json`] = `${JSON.stringify(manifest, null, 2)}\n`;
  }
  return files;
}

/** @param {Tree} tree @param {string} folder */
export const below = (folder, tree) =>
  Object.fromEntries(Object.entries(tree).map(([name, text]) => [`${folder}/${name}`, text]));

/**
 * A folder with `shop/`, `patches/`, and what else there is.
 * @param {Parameters<typeof folderFor>[0]} test @param {Tree} baseline
 * @param {Record<string, Record<string, Patch>>} sets @param {Tree} [more]
 */
export function shopFor(test, baseline, sets, more = {}) {
  return folderFor(test, { ...below('shop', baseline), ...setFiles(baseline, sets), ...more });
}
