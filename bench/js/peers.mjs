// @ts-check
// What people use instead. Each peer gets the text and the patches in the form it likes best, made
// beforehand, as Firn gets a frozen snapshot and a parsed batch; what it must do each time is in
// the function it returns.

import { applyPatch, parsePatch } from 'diff';
import MagicString from 'magic-string';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** @import { Patch, Workload } from './workload.mjs' */

/** @param {Patch} patch How many lines it takes away. */
const removedLines = ({ op, line, endLine = line }) => (op === 'insert' ? 0 : endLine - line + 1);

/** @param {Patch} patch */
const newText = ({ lines = [] }) => lines.map((line) => `${line}\n`).join('');

/**
 * The ten lines that everybody writes.
 * @param {string} text
 * @param {Patch[]} patches
 */
export function naive(text, patches) {
  const lines = text.split('\n');
  for (const patch of patches.toSorted((a, b) => b.line - a.line)) {
    lines.splice(patch.line - 1, removedLines(patch), ...(patch.lines ?? []));
  }
  return lines.join('\n');
}

/**
 * Byte offset of each line, for texts that are ASCII: index 0 is line 1.
 * @param {string} text
 */
function lineStarts(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * The patches as ranges of the text, ascending.
 * @param {Workload} workload
 */
function ranges({ text, patches }) {
  const starts = lineStarts(text);
  const start = (/** @type {number} */ line) => starts[line - 1] ?? text.length;
  return patches
    .map((patch) => ({
      begin: start(patch.line),
      end: start(patch.line + removedLines(patch)),
      text: newText(patch),
    }))
    .sort((a, b) => a.begin - b.begin);
}

/**
 * As smart as plain JavaScript gets: where lines begin is known, only what changes is cut out.
 * @param {Workload} workload
 */
function sliceAndJoin({ text, patches }) {
  const starts = lineStarts(text);
  const changes = patches.map((patch) => ({
    line: patch.line,
    removed: removedLines(patch),
    text: newText(patch),
  }));
  return () => {
    const pieces = [];
    let from = 0;
    for (const change of changes.toSorted((a, b) => a.line - b.line)) {
      const begin = /** @type {number} */ (starts[change.line - 1]);
      pieces.push(text.slice(from, begin), change.text);
      from = starts[change.line - 1 + change.removed] ?? text.length;
    }
    pieces.push(text.slice(from));
    return pieces.join('');
  };
}

/**
 * `diff` takes hunks in ascending order only: given descending ones it answers, but wrongly.
 * @param {Workload} workload
 * @param {string} unifiedDiff
 */
function jsdiff({ text }, unifiedDiff) {
  const [patch] = parsePatch(unifiedDiff);
  if (!patch) throw new Error('the diff holds no file');
  return () => {
    const patched = applyPatch(text, patch);
    if (patched === false) throw new Error('jsdiff refused the patch');
    return patched;
  };
}

/** @param {Workload} workload */
function languageServer({ text, patches }) {
  const document = TextDocument.create('file:///text', 'plaintext', 0, text);
  const edits = patches.map((patch) => ({
    range: {
      start: { line: patch.line - 1, character: 0 },
      end: { line: patch.line - 1 + removedLines(patch), character: 0 },
    },
    newText: newText(patch),
  }));
  return () => TextDocument.applyEdits(document, edits);
}

/**
 * The text itself, not the rope of pieces that += makes and that whoever reads it pays for.
 * @param {string} text
 */
function flat(text) {
  Number(text);
  return text;
}

/**
 * The patches, made where they are: ascending, which suits it best, as it searches from where it was last.
 * @param {MagicString} text @param {ReturnType<typeof ranges>} changes
 */
function edit(text, changes) {
  for (const change of changes) {
    if (change.begin === change.end) text.appendLeft(change.begin, change.text);
    else if (change.text === '') text.remove(change.begin, change.end);
    else text.update(change.begin, change.end, change.text);
  }
  return text;
}

/** @param {Workload} workload */
export const editedMagicString = (workload) =>
  edit(new MagicString(workload.text), ranges(workload));

/** @param {Workload} workload */
function magicString(workload) {
  const changes = ranges(workload);
  return () => flat(edit(new MagicString(workload.text), changes).toString());
}

/**
 * What no engine can beat: the output is there already and is handed out as a new object.
 * @param {Workload} workload
 */
function floors({ expected }) {
  const bytes = Buffer.from(expected);
  return {
    'floor bytes': () => {
      const copy = Buffer.allocUnsafeSlow(bytes.length);
      copy.set(bytes);
      return copy;
    },
    'floor text': () => bytes.toString('latin1'),
  };
}

/**
 * @param {Workload} workload
 * @param {string} unifiedDiff The same change with three lines of context.
 * @returns {Record<string, () => string | Uint8Array>}
 */
export function peersFor(workload, unifiedDiff) {
  const { text, patches } = workload;
  const json = JSON.stringify({ patches });
  const jsonBytes = Buffer.from(json);
  return {
    ...floors(workload),
    naive: () => naive(text, patches),
    slice: sliceAndJoin(workload),
    jsdiff: jsdiff(workload, unifiedDiff),
    lsp: languageServer(workload),
    magic: magicString(workload),
    'naive json-bytes': () => Buffer.from(naive(text, JSON.parse(jsonBytes.toString()).patches)),
    'naive json-text': () => naive(text, JSON.parse(json).patches),
  };
}
