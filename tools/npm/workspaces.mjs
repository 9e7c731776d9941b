/** The packages of this repository. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** @param {string} folder */
export const manifestOf = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));

/** The folders that the root's package.json names; `*` is only ever the last part of a pattern. */
export function workspaceFolders() {
  return manifestOf('.').workspaces.flatMap((/** @type {string} */ pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    const names = existsSync(parent) ? readdirSync(parent) : [];
    return names
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(`${folder}/package.json`));
  });
}

/** Those that ship: all that are not private. */
export function publicFolders() {
  return workspaceFolders().filter(
    (/** @type {string} */ folder) => manifestOf(folder).private !== true,
  );
}
