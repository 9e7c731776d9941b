// @ts-check
// Published files and their next versions: what differs, and our own changes merged into the newer.

import { applyPatch, createPatch } from 'diff';
import { diff3Merge } from 'node-diff3';

/** @import { Engine } from '@firn/engine' */
/** @import { Field } from './field.mjs' */

/** @typedef {{ name: string, older: string, newer: string }} Versions */

/** All but typescript, for which jsdiff takes minutes. */
export const COMPARED = ['commander', 'mime-db', 'bootstrap', 'lodash', 'react-dom'];
/** node-diff3 takes minutes for the others. */
export const MERGED = ['commander'];
const LINES_PER_OWN_CHANGE = 200;

/** As bench/peers/versions.cpp makes it. @param {string} text */
export const withOwnChanges = (text) =>
  text
    .split('\n')
    .map((line, at) => ((at + 1) % LINES_PER_OWN_CHANGE === 0 ? `${line}  // our own` : line))
    .join('\n');

/**
 * From two strings to a unified diff, with nothing prepared.
 * @param {Engine} engine @param {Versions} versions
 */
function unifiedDiff(engine, { older, newer }) {
  const before = engine.freeze(older);
  const batch = engine.diff(before, newer);
  const patched = before.apply(batch);
  const diff = patched.unifiedDiff();
  for (const handle of [patched, batch, before]) handle.dispose();
  return diff;
}

/** @type {Field<Versions>} */
export const differing = {
  tasks: { diff: (engine, versions) => () => unifiedDiff(engine, versions) },
  peers: {
    'jsdiff createPatch':
      ({ name, older, newer }) =>
      () =>
        createPatch(name, older, newer),
  },
  isRight: (made, { older, newer }) =>
    typeof made === 'string' && applyPatch(older, made) === newer,
};

/**
 * node-diff3 merges arrays and leaves it to the caller to split and join.
 * @param {string} base @param {string} ours @param {string} theirs
 */
function diff3(base, ours, theirs) {
  const regions = diff3Merge(ours.split('\n'), base.split('\n'), theirs.split('\n'));
  return regions
    .flatMap(({ ok, conflict }) => ok ?? [...(conflict?.a ?? []), ...(conflict?.b ?? [])])
    .join('\n');
}

/** @type {Field<Versions>} */
export const merging = {
  tasks: {
    merge: (engine, { older, newer }) => {
      const ours = withOwnChanges(older);
      return () => engine.merge(older, ours, newer).text();
    },
  },
  peers: {
    'node-diff3 merge': ({ older, newer }) => {
      const ours = withOwnChanges(older);
      return () => diff3(older, ours, newer);
    },
  },
  // Both keep each line of ours; where they draw a conflict is theirs to say.
  isRight: (made) => typeof made === 'string' && made.includes('// our own'),
};
