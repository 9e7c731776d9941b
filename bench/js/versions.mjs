// @ts-check
// Published files and their next versions: what differs, and our own changes merged into the newer.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { pairs } from '@firn/test-pairs';
import { createPatch } from 'diff';
import { diff3Merge } from 'node-diff3';

/** @import { Engine } from '@firn/engine' */
/** @import { Contenders } from './rounds.mjs' */

/** jsdiff takes minutes for the others, node-diff3 for all but the first. */
export const COMPARED = ['commander', 'bootstrap', 'lodash', 'react-dom'];
export const MERGED = ['commander'];
const LINES_PER_OWN_CHANGE = 200;

/** @param {string} text */
const withOwnChanges = (text) =>
  text
    .split('\n')
    .map((line, at) => ((at + 1) % LINES_PER_OWN_CHANGE === 0 ? `${line}  // our own` : line))
    .join('\n');

/**
 * From two strings to a unified diff, with nothing prepared.
 * @param {Engine} engine @param {string} older @param {string} newer
 */
function unifiedDiff(engine, older, newer) {
  const before = engine.freeze(older);
  const batch = engine.diff(before, newer);
  const patched = before.apply(batch);
  const diff = patched.unifiedDiff();
  for (const handle of [patched, batch, before]) handle.dispose();
  return diff;
}

/** node-diff3 merges arrays and leaves it to the caller to split and join.
 * @param {string} base @param {string} ours @param {string} theirs */
function diff3(base, ours, theirs) {
  const regions = diff3Merge(ours.split('\n'), base.split('\n'), theirs.split('\n'));
  return regions
    .flatMap(({ ok, conflict }) => ok ?? [...(conflict?.a ?? []), ...(conflict?.b ?? [])])
    .join('\n');
}

/** @param {Engine} engine @param {string} older @param {string} newer @param {string} name */
function requireRight(engine, older, newer, name) {
  const [file] = engine.parseDiff(unifiedDiff(engine, older, newer)).files;
  const snapshot = engine.freeze(older);
  const patched = file && snapshot.apply(file.place(snapshot).batch).text();
  if (patched === newer) return;
  console.error(`bench: the diff of ${name} does not give the newer text`);
  process.exit(1);
}

/**
 * One pair at a time, so that what is timed together is of one size.
 * @param {Record<string, Engine>} engines
 * @returns {Generator<Contenders>}
 */
export function* contendersForPairs(engines) {
  for (const { name, older: olderPath, newer: newerPath } of pairs) {
    if (!COMPARED.includes(name)) continue;
    const older = readFileSync(olderPath, 'utf8');
    const newer = readFileSync(newerPath, 'utf8');
    const ours = withOwnChanges(older);
    /** @type {Contenders} */
    const contenders = {
      [`jsdiff createPatch ${name}`]: () => createPatch(name, older, newer),
    };
    const merges = MERGED.includes(name);
    if (merges) contenders[`node-diff3 merge ${name}`] = () => diff3(older, ours, newer);
    for (const [backend, engine] of Object.entries(engines)) {
      requireRight(engine, older, newer, name);
      contenders[`${backend} diff ${name}`] = () => unifiedDiff(engine, older, newer);
      if (merges) {
        contenders[`${backend} merge ${name}`] = () => engine.merge(older, ours, newer).text();
      }
    }
    yield contenders;
  }
}
