// @ts-check
/** The corpus on disk, and the counts that runners leave behind. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const casesFolder = path.join(import.meta.dirname, 'cases');

/** Where every runner writes its count. */
export const countsFolder = path.join(root, 'build/conformance');

/** Who has to run the corpus, by the name of the file with the count. */
export const RUNNERS = {
  'cpp.json': 'c++',
  'c.json': 'c',
  'addon-node.json': 'addon in node',
  'wasm-node.json': 'wasm in node',
  'wasm-parts.json': 'wasm in two parts in node',
  'wasm-chromium.json': 'wasm in chromium',
};

/** Every file of the corpus, in the order of names. */
export function readCorpus() {
  const names = readdirSync(casesFolder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const file = path.join(casesFolder, name);
    const { about, cases } = /** @type {import('./run-case.mjs').CaseFile} */ (
      JSON.parse(readFileSync(file, 'utf8'))
    );
    return { name, about, cases, changed: statSync(file).mtimeMs };
  });
}

/** Prints and keeps what a runner counted. @param {keyof typeof RUNNERS} file @param {number} passed @param {number} failed */
export function writeCount(file, passed, failed) {
  const runner = RUNNERS[file];
  console.log(`conformance (${runner}): ${passed} passed, ${failed} failed`);
  mkdirSync(countsFolder, { recursive: true });
  const count = JSON.stringify({ runner, passed, failed });
  writeFileSync(path.join(countsFolder, file), `${count}\n`);
}
