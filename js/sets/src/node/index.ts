/**
 * Patch sets on disk: `patches/SET/firn.json` beside the patch files that it names.
 *
 *     const index = patchIndex(loadSets('patches', ['alpenglow']));
 *     for (const file of index.files) {
 *       using baseline = freezeBaseline(engine, 'baseline', file);
 *       const built = applyFile(engine, baseline, index.of(file));
 *     }
 */
export { freezeBaseline, pathBelow } from './baseline.js';
export {
  type LoadSetOptions,
  loadOutline,
  loadSet,
  loadSets,
  type SetOutline,
  setNames,
} from './load.js';
export { type SetChange, saveSet } from './save.js';
export { settleSet } from './turn.js';
