// @ts-check
/** What of the packages' TypeScript ran in Node, as V8 counts it (NODE_V8_COVERAGE), by the lines of `src`. */
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} Piece From here to the next piece, a compiled file is of one line of `src`.
 * @property {number} offset
 * @property {string} source
 * @property {number} line Counts from 1.
 *
 * @typedef {object} Compiled
 * @property {readonly Piece[]} pieces
 * @property {Uint8Array} ran Of each piece, whether any process ran it.
 *
 * @typedef {{ startOffset: number, endOffset: number, count: number }} Range
 * @typedef {{ url: string, functions: { ranges: Range[] }[] }} Script
 */

/** Of processes that end one after another. What a package is compiled to is read when this is made. */
export class JsCounts {
  /** By their URLs. @type {Map<string, Compiled>} */
  #compiled = new Map();

  /** @param {readonly string[]} folders Where files with source maps are. Where several are compiled of one source, the first says which lines have code. */
  constructor(folders) {
    for (const file of folders.flatMap(compiledIn)) {
      const pieces = piecesOf(file);
      this.#compiled.set(pathToFileURL(file).href, { pieces, ran: new Uint8Array(pieces.length) });
    }
  }

  /** @param {string} folder What processes left there: NODE_V8_COVERAGE. */
  add(folder) {
    for (const name of readdirSync(folder)) {
      for (const { url, functions } of scriptsIn(readFileSync(path.join(folder, name), 'utf8'))) {
        const compiled = this.#compiled.get(url);
        if (compiled === undefined) continue;
        addRun(
          compiled,
          functions.flatMap(({ ranges }) => ranges),
        );
      }
    }
  }

  /** How often the lines ran, in as many processes. @returns {Map<string, Map<number, number>>} */
  lines() {
    /** @type {Map<string, Map<number, number>>} */
    const sources = new Map();
    for (const { pieces, ran } of this.#compiled.values()) {
      const known = new Set(sources.keys());
      for (const [index, { source, line }] of pieces.entries()) {
        const lines = sources.get(source) ?? new Map();
        sources.set(source, lines);
        const count = lines.get(line);
        if (count === undefined && known.has(source)) continue;
        lines.set(line, (count ?? 0) + (ran[index] ?? 0));
      }
    }
    return sources;
  }
}

/** @param {string} profile @returns {Script[]} */
function scriptsIn(profile) {
  try {
    return JSON.parse(profile).result;
  } catch (error) {
    // Of a process that a test killed as it wrote this: nobody knows what it ran.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** @param {string} folder */
const compiledIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js.map'))
    .map((name) => path.join(folder, name.slice(0, -'.map'.length)))
    .sort();

/** @param {string} file @returns {Piece[]} */
function piecesOf(file) {
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  /** @type {Piece[]} */
  const pieces = [];
  let offset = 0;
  let last;
  for (const [lineIndex, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    for (let column = 0; column < text.length; column += 1, offset += 1) {
      const entry = map.findEntry(lineIndex, column);
      // A blank, or what the compiler wrote by itself, is of no line.
      if (!('originalSource' in entry) || typeof entry.originalSource !== 'string') continue;
      if (entry.generatedLine !== lineIndex) continue;
      const begin = `${lineIndex}:${entry.generatedColumn}`;
      if (begin === last || /\s/.test(text[column] ?? '')) continue;
      last = begin;
      const source = path.relative('.', path.join(path.dirname(file), entry.originalSource));
      pieces.push({ offset, source, line: entry.originalLine + 1 });
    }
    offset += 1;
  }
  return pieces;
}

/** @param {Compiled} compiled @param {Range[]} ranges Each lies in another or beside it; the inner one counts. */
function addRun({ pieces, ran }, ranges) {
  const sorted = ranges.toSorted(
    (a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset,
  );
  /** @type {Range[]} */
  const around = [];
  let next = 0;
  for (const [index, { offset }] of pieces.entries()) {
    for (; (sorted[next]?.startOffset ?? Infinity) <= offset; next += 1) {
      around.push(/** @type {Range} */ (sorted[next]));
    }
    while ((around.at(-1)?.endOffset ?? Infinity) <= offset) around.pop();
    // A range that was left ended inside the one that is left now, or both.
    if ((around.at(-1)?.count ?? 0) > 0) ran[index] = 1;
  }
}
