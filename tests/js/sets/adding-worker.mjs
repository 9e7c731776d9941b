// @ts-check
/** A worker that puts patches into a set, one by one, and tries again when somebody else was first. */
import { parentPort, workerData } from 'node:worker_threads';

import { FirnSetError } from '@firn/sets';
import { loadSet, saveSet } from '@firn/sets/node';

/** @type {{ folder: string, ids: string[], base: string, result: string }} */
const { folder, ids, base, result } = workerData;

/** @param {string} id */
function add(id) {
  const { manifest } = loadSet(folder);
  const entry = { id, file: 'a.txt', patch: `${id}.json`, order: 10, base, result };
  const after = { ...manifest, patches: [...manifest.patches, entry] };
  saveSet(folder, { before: manifest, after, write: new Map([[entry.patch, Buffer.from(id)]]) });
}

for (const id of ids) {
  for (let isDone = false; !isDone; ) {
    try {
      add(id);
      isDone = true;
    } catch (error) {
      // Read between the patch files of another and its manifest, or overtaken by it.
      if (!(error instanceof FirnSetError) || error.code !== 'set_changed_meanwhile') throw error;
    }
  }
}
parentPort?.postMessage('done');
