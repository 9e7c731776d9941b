// @ts-check
// The map of a patched text as a string, and the object that bundlers take; beside magic-string's of the same edits.

import process from 'node:process';
import { editedMagicString } from './peers.mjs';

/** @import { Engine } from '@firn/engine' */
/** @import { Contenders } from './rounds.mjs' */
/** @import { Workload } from './workload.mjs' */

const SOURCE = 'src/input.js';

/**
 * Both have applied the edits before: what is timed is the map.
 * @param {Workload} workload @param {Record<string, Engine>} engines
 * @returns {Contenders}
 */
export function mapContenders(workload, engines) {
  /** @type {Contenders} */
  const contenders = {};
  const magic = editedMagicString(workload);
  /** @type {Record<string, string>} */
  const strings = {};
  for (const hires of /** @type {const} */ (['line', 'boundary'])) {
    const fine = hires === 'boundary' && hires;
    const theirs = () => magic.generateMap({ source: SOURCE, includeContent: true, hires: fine });
    contenders[`magic map ${hires}`] = () => theirs().toString();
    contenders[`magic map object ${hires}`] = theirs;
    for (const [backend, engine] of Object.entries(engines)) {
      const snapshot = engine.freeze(workload.text);
      const patched = snapshot.apply(engine.batch(JSON.stringify(workload.patches)));
      const map = () => patched.sourceMap({ source: SOURCE, hires });
      requireSameShape(map(), theirs().toString(), workload);
      contenders[`${backend} map ${hires}`] = map;
      contenders[`${backend} map object ${hires}`] = () => ({
        ...{ version: 3, sources: [SOURCE], sourcesContent: [workload.text], names: [] },
        mappings: patched.mappings({ hires }),
      });
      strings[hires] = map();
    }
  }
  return { ...contenders, ...floors(strings) };
}

/**
 * What no engine can beat: the map is there already and becomes a string.
 * @param {Record<string, string>} strings
 */
function floors(strings) {
  return Object.fromEntries(
    Object.entries(strings).map(([hires, text]) => {
      const bytes = Buffer.from(text);
      return [`floor map ${hires}`, () => bytes.toString('latin1')];
    }),
  );
}

/**
 * The tests compare the maps place by place; here it is enough that both do the work.
 * @param {string} ours @param {string} theirs @param {Workload} workload
 */
function requireSameShape(ours, theirs, { name, text, expected }) {
  const lineCount = expected.split('\n').length - 1;
  const wrong = [ours, theirs].some((json) => {
    const { sourcesContent, mappings } = JSON.parse(json);
    const lines = mappings.replace(/;$/, '').split(';').length;
    return sourcesContent[0] !== text || lines !== lineCount;
  });
  if (!wrong) return;
  console.error(`bench: the source maps at ${name} are not of the same text`);
  process.exit(1);
}
