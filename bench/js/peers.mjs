// @ts-check
// What people use instead. Each peer gets the text and the patches in the form it likes best, made
// beforehand, as Firn gets a frozen snapshot and a parsed batch; what it must do each time is in
// the function it returns.

import { ChangeSet, Text } from '@codemirror/state';
import { applyPatch } from 'diff';
import DiffMatchPatch from 'diff-match-patch';
import MagicString from 'magic-string';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { inOrder } from './workload.mjs';

/** @import { Patch, Workload } from './workload.mjs' */

/** How many lines a patch takes away. @param {Patch} patch */
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
 * Offset of each line: index 0 is line 1.
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
  return inOrder(patches).map((patch) => ({
    begin: start(patch.line),
    end: start(patch.line + removedLines(patch)),
    text: newText(patch),
  }));
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
      const begin = starts[change.line - 1] ?? text.length;
      pieces.push(text.slice(from, begin), change.text);
      from = starts[change.line - 1 + change.removed] ?? text.length;
    }
    pieces.push(text.slice(from));
    return pieces.join('');
  };
}

const CONTEXT = 3;

/**
 * The patches as hunks of a unified diff, one each, in ascending order: given descending ones jsdiff
 * answers, but wrongly. No line is context of two hunks.
 * @param {Workload} workload
 */
export function hunksOf({ text, patches }) {
  const lines = text.split('\n').slice(0, -1);
  const sorted = inOrder(patches);
  let end = 0;
  let growth = 0;
  return sorted.map((patch, at) => {
    const first = patch.line - 1;
    const behind = first + removedLines(patch);
    const next = (sorted[at + 1]?.line ?? lines.length + 1) - 1;
    const begin = Math.max(first - CONTEXT, end);
    end = Math.min(behind + CONTEXT, behind + Math.floor((next - behind) / 2));
    const added = patch.lines ?? [];
    const marked = (/** @type {string} */ mark, /** @type {string[]} */ some) =>
      some.map((line) => mark + line);
    const hunk = {
      oldStart: begin + 1,
      oldLines: end - begin,
      newStart: begin + 1 + growth,
      newLines: end - begin - (behind - first) + added.length,
      lines: [
        ...marked(' ', lines.slice(begin, first)),
        ...marked('-', lines.slice(first, behind)),
        ...marked('+', added),
        ...marked(' ', lines.slice(behind, end)),
      ],
    };
    growth += hunk.newLines - hunk.oldLines;
    return hunk;
  });
}

/** @param {string} text @param {ReturnType<typeof hunksOf>} hunks */
export function patchedByJsdiff(text, hunks) {
  const names = { oldFileName: 'text', newFileName: 'text', oldHeader: '', newHeader: '' };
  const patched = applyPatch(text, { ...names, hunks });
  if (patched === false) throw new Error('jsdiff refused the patch');
  return patched;
}

/** @param {Workload} workload */
function jsdiff(workload) {
  const hunks = hunksOf(workload);
  return () => patchedByJsdiff(workload.text, hunks);
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

/** An editor's document: a tree of lines. @param {Workload} workload */
export const codemirrorText = ({ text }) => Text.of(text.split('\n'));

/** @param {Workload} workload */
export const codemirrorChanges = (workload) =>
  ranges(workload).map(({ begin, end, text }) => ({ from: begin, to: end, insert: text }));

/** @param {Workload} workload */
function codemirror(workload) {
  const text = codemirrorText(workload);
  const changes = ChangeSet.of(codemirrorChanges(workload), text.length);
  return () => flat(changes.apply(text).toString());
}

/**
 * Its patches are made from the ranges: looking for the differences would take it minutes.
 * @param {Workload} workload
 */
function diffMatchPatch(workload) {
  const { text } = workload;
  const dmp = new DiffMatchPatch();
  let from = 0;
  const diffs = ranges(workload).flatMap((range) => {
    const equal = text.slice(from, range.begin);
    const removed = text.slice(range.begin, range.end);
    from = range.end;
    return /** @type {[number, string][]} */ ([
      [0, equal],
      [-1, removed],
      [1, range.text],
    ]);
  });
  diffs.push([0, text.slice(from)]);
  const patches = dmp.patch_make(
    text,
    diffs.filter(([, piece]) => piece !== ''),
  );
  return () => flat(dmp.patch_apply(patches, text)[0]);
}

/** @type {Record<string, (workload: Workload) => () => string>} */
export const peers = {
  naive:
    ({ text, patches }) =>
    () =>
      naive(text, patches),
  slice: sliceAndJoin,
  jsdiff,
  lsp: languageServer,
  magic: magicString,
  codemirror,
  dmp: diffMatchPatch,
};
