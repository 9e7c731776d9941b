// @ts-check
/** Real texts in two versions: what people publish, and what they publish next. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folders in which Node looks for packages: not every package exports its own place. */
const folders = createRequire(import.meta.url).resolve.paths('pairs') ?? [];

/**
 * @typedef {object} Pair
 * @property {string} name
 * @property {string} older A path.
 * @property {string} newer A path.
 */

/** @param {string} name @param {string} older @param {string} newer @param {string} file @returns {Pair} */
function pair(name, older, newer, file) {
  const pathIn = (/** @type {string} */ version) => {
    const candidates = folders.map((folder) => path.join(folder, `${name}-${version}`, file));
    const found = candidates.find((candidate) => existsSync(candidate));
    if (!found) throw new Error(`${file} of ${name} ${version} is not installed`);
    return found;
  };
  return { name, older: pathIn(older), newer: pathIn(newer) };
}

/** From small to large. */
export const pairs = [
  pair('commander', '12.1.0', '13.1.0', 'Readme.md'),
  pair('mime-db', '1.52.0', '1.54.0', 'db.json'),
  pair('bootstrap', '5.3.2', '5.3.3', 'dist/css/bootstrap.css'),
  pair('lodash', '4.17.20', '4.17.21', 'lodash.js'),
  pair('react-dom', '18.2.0', '18.3.1', 'cjs/react-dom.development.js'),
  pair('typescript', '5.8.3', '5.9.3', 'lib/typescript.js'),
];
