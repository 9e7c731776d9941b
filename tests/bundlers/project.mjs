// @ts-check
/** Small projects on disk: frozen files, sets that patch them, and what is wrong with them on purpose. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { loadEngine } from '@firn/engine';
import { loadSet, saveSet } from '@firn/sets/node';

/** @typedef {import('@firn/engine').BatchInput['patches']} Patches */
/** @typedef {{ id: string, file: string, patches: Patches, base?: string, when?: Record<string, string> }} Patch `base`: a text, instead of the file's. */

export const engine = await loadEngine();

/** @param {string} folder @param {Record<string, string | Uint8Array>} files */
export function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** A folder for one test. @param {{ after(act: () => void): void }} test @param {Record<string, string | Uint8Array>} files */
export function folderOf(test, files) {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'firn-project-')));
  test.after(() => removed(folder));
  write(folder, files);
  return folder;
}

/** Rspack writes its cache on when it is closed already, so that a folder may be found not to be empty. @param {string} folder */
async function removed(folder) {
  for (let tries = 100; ; tries -= 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 0) throw error;
      await setTimeout(100);
    }
  }
}

/** Writes a set anew, as `firn add` would. @param {string} folder that has `root/` and `patches/` @param {string} set @param {readonly Patch[]} patches */
export function writeSet(folder, set, patches) {
  const own = path.join(folder, 'patches', set);
  /** @type {Map<string, Uint8Array>} */
  const bytes = new Map();
  const entries = patches.map(({ id, file, patches: list, base, when }) => {
    const batch = JSON.stringify({ schema: 'firn.batch/1', patches: list });
    bytes.set(`${id}.json`, Buffer.from(batch));
    const frozen = engine.freeze(base ?? readFileSync(path.join(folder, 'root', file)));
    const result = frozen.apply(engine.batch(batch));
    const { fingerprint } = frozen;
    return {
      ...{ id, file, patch: `${id}.json`, order: 10, base: fingerprint },
      ...{ result: result.fingerprint, ...(when && { when }) },
    };
  });
  mkdirSync(own, { recursive: true });
  const after = { schema: /** @type {const} */ ('firn.set/1'), id: set, patches: entries };
  saveSet(own, { before: manifestIn(own), after, write: bytes });
}

/** @param {string} folder */
function manifestIn(folder) {
  try {
    return loadSet(folder).manifest;
  } catch {
    return undefined;
  }
}

/** Patches that replace a line. @param {string} id @param {string} file @param {number} line @param {string} text @returns {Patch} */
export const replace = (id, file, line, text) => ({
  id,
  file,
  patches: [{ op: 'replace', line, text }],
});
