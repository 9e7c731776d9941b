// @ts-check
/** A shop, a set of patches for it, and the command in that folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { loadEngine } from '@firn/engine';
import { applyFile, patchIndex, printSetManifest } from '@firn/sets';
import { freezeBaseline, loadSets } from '@firn/sets/node';

import { firn, folderFor, json } from './run-firn.mjs';

export const engine = await loadEngine();

export const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`);
export const cart = lines.join('');
export const style = '.cart { color: red }\n.sum { color: blue }\n';

/** @typedef {import('node:test').TestContext} Test */

/** A shop with an empty set. @param {Test} test @param {Record<string, string | Buffer>} [more] */
export function shopFor(test, more = {}) {
  const empty = printSetManifest({ schema: 'firn.set/1', id: 's', patches: [] });
  const shop = { 'shop/src/Cart.jsx': cart, 'shop/style.css': style };
  return folderFor(test, { ...shop, 'patches/s/firn.json': empty, ...more });
}

/** @param {string} cwd @param {string[]} args @param {{ input?: string, env?: Record<string, string> }} [options] */
export const shop = (cwd, args, options = {}) => {
  const [verb = '', ...rest] = args;
  return firn([verb, '--root', 'shop', ...rest], { cwd, ...options });
};

/** What the sets make of a file. @param {string} cwd @param {string} file @param {string[]} [sets] */
export function built(cwd, file, sets) {
  const index = patchIndex(loadSets(path.join(cwd, 'patches'), sets));
  const baseline = freezeBaseline(engine, path.join(cwd, 'shop'), file);
  return applyFile(engine, baseline, index.of(file)).patched.text();
}

/** @param {string} cwd @param {string} [set] */
export const manifest = (cwd, set = 's') =>
  JSON.parse(readFileSync(path.join(cwd, 'patches', set, 'firn.json'), 'utf8'));

/** An editor that does this to its file. @param {string} script of sed */
export const editor = (script) => ({ env: { VISUAL: `sed -i '${script}'`, EDITOR: 'false' } });

export const batch = (/** @type {number} */ line, /** @type {string} */ text) =>
  json({ file: 'src/Cart.jsx', 'x-why': 'w', patches: [{ op: 'replace', line, text }] });
