// @ts-check
// The map of a patched text, as a string and as the object that bundlers take; all have applied the
// edits before: what is timed is the map.

import { editedMagicString } from './peers.mjs';

/** @import { Engine } from '@firn/engine' */
/** @import { Field } from './field.mjs' */
/** @import { Workload } from './workload.mjs' */

const SOURCE = 'src/input.js';

/** @typedef {'line' | 'boundary'} Hires */

/** @param {Engine} engine @param {Workload} workload */
const patchedBy = (engine, { text, json }) => engine.freeze(text).apply(engine.batch(json));

/** @param {Workload} workload @param {Hires} hires */
function magicMap(workload, hires) {
  const edited = editedMagicString(workload);
  const fine = hires === 'boundary' && hires;
  return () => edited.generateMap({ source: SOURCE, includeContent: true, hires: fine });
}

/** @param {Hires} hires @returns {Field<Workload>['tasks']} */
const tasks = (hires) => ({
  [`map ${hires}`]: (engine, workload) => {
    const patched = patchedBy(engine, workload);
    return () => patched.sourceMap({ source: SOURCE, hires });
  },
  [`map object ${hires}`]: (engine, workload) => {
    const patched = patchedBy(engine, workload);
    return () => ({
      ...{ version: 3, sources: [SOURCE], sourcesContent: [workload.text], names: [] },
      mappings: patched.mappings({ hires }),
    });
  },
});

/** @param {Hires} hires @returns {Field<Workload>['peers']} */
const peers = (hires) => ({
  [`magic map ${hires}`]: (workload) => {
    const map = magicMap(workload, hires);
    return () => map().toString();
  },
  [`magic map object ${hires}`]: (workload) => magicMap(workload, hires),
  /** The map is there already and becomes a string. */
  [`least map ${hires}`]: (workload) => {
    const bytes = Buffer.from(magicMap(workload, hires)().toString());
    return () => bytes.toString('latin1');
  },
});

/** @type {Field<Workload>} */
export const mapping = {
  tasks: { ...tasks('line'), ...tasks('boundary') },
  peers: { ...peers('line'), ...peers('boundary') },
  // The tests compare the maps place by place; here it is enough that all do the work.
  isRight: (made, { text, expected }) => {
    const { sourcesContent, mappings } = typeof made === 'string' ? JSON.parse(made) : made;
    const lines = mappings.replace(/;$/, '').split(';').length;
    return sourcesContent[0] === text && lines === expected.split('\n').length - 1;
  },
};
