/** What the engine refuses or warns of, as diagnostics. The engine's sentence stays as it is. */
import type { Batch, ErrorFields, PatchInput, PatchRef, Snapshot, Warning } from '@firn/engine';
import type { Input } from '../io/read.js';
import { JsonPlaces } from '../json/locate.js';
import { adviceFor } from './advice.js';
import { excerptOfBytes, placeInBytes } from './bytes-excerpt.js';
import type { Diagnostic, Note } from './diagnostic.js';
import { type Difference, differenceAt } from './difference.js';
import type { Excerpt, ExcerptLine } from './excerpt.js';
import { laws } from './laws.js';
import { lastLineOf, refName } from './patches.js';
import { quoted } from './safe.js';

/** What a violation is about; each part is looked up when a diagnostic needs it. */
export class Scene {
  readonly file: Input;
  readonly snapshot: Snapshot;
  readonly batchFile: Input;
  readonly places: JsonPlaces;
  readonly #batch: Batch;

  constructor(file: Input, snapshot: Snapshot, batchFile: Input, batch: Batch) {
    this.file = file;
    this.snapshot = snapshot;
    this.batchFile = batchFile;
    this.places = new JsonPlaces(batchFile.bytes);
    this.#batch = batch;
  }

  patch(ref: PatchRef | undefined): PatchInput | undefined {
    return ref && this.#batch.toJSON().patches[ref.index];
  }
}

export function diagnoseViolation(violation: ErrorFields, scene: Scene): Diagnostic {
  const difference = differenceOf(violation, scene);
  const notes = [
    ...patchNotes(violation, scene),
    ...lawNotes(violation),
    ...adviceFor(violation, scene).map((text) => ({ label: 'help', text })),
  ];
  const { code, message } = violation;
  const where = violation.line === undefined ? inBatch(violation, scene) : undefined;
  return {
    severity: 'error',
    code,
    message,
    notes,
    ...(where ?? inFile(violation, scene, difference)),
  };
}

export function diagnoseWarning(warning: Warning, scene: Scene): Diagnostic {
  const line = scene.patch(warning.patch)?.line;
  return {
    severity: 'warning',
    code: warning.code,
    message: warning.message,
    place: line === undefined ? scene.file.label : `${scene.file.label}:${line}`,
    notes: patchNotes(warning, scene),
  };
}

/** Where and what, of a violation that is about the batch as a whole: its base or its revision. */
function inBatch(
  violation: ErrorFields,
  { batchFile, file, places }: Scene,
): Pick<Diagnostic, 'place' | 'excerpt'> | undefined {
  const keys = keysOf(violation);
  const offset = keys && places.value(...keys);
  if (offset === undefined) return { place: batchFile.label };
  const { line, column } = placeInBytes(batchFile.bytes, offset);
  const has =
    violation.code === 'stale_revision' ? 'the text is at' : `${quoted(file.label, "'")} has`;
  const label = violation.found === undefined ? '' : `${has} ${violation.found}`;
  return {
    place: `${batchFile.label}:${line}:${column}`,
    excerpt: excerptOfBytes(batchFile.bytes, offset, places.tokenEnd(offset), label),
  };
}

function keysOf({ code, expected }: ErrorFields): readonly string[] | undefined {
  if (code === 'stale_revision' || code === 'limit_exceeded') return ['revision'];
  if (code !== 'snapshot_mismatch') return undefined;
  return ['base', expected?.length === 32 ? 'fingerprint' : 'lineCount'];
}

function inFile(
  violation: ErrorFields,
  scene: Scene,
  difference: Difference | undefined,
): Pick<Diagnostic, 'place' | 'excerpt'> {
  const { file, snapshot } = scene;
  const { lineCount } = snapshot;
  // A line that is not there is shown as the place after the last one.
  const line = Math.min(violation.line ?? 1, lineCount + 1);
  const excerpt = excerptOfSnapshot(violation, scene, line, difference);
  return { place: `${file.label}:${violation.line}`, excerpt };
}

function excerptOfSnapshot(
  violation: ErrorFields,
  scene: Scene,
  line: number,
  difference: Difference | undefined,
): Excerpt | undefined {
  const { snapshot } = scene;
  const { lineCount } = snapshot;
  const patch = scene.patch(violation.patch);
  const range =
    patch && lastLineOf(patch) > patch.line && patch.line <= lineCount
      ? { from: patch.line, to: Math.min(lastLineOf(patch), lineCount) }
      : undefined;
  const wanted = [line - 1, line, line + 1, ...(range ? [range.from, range.to] : [])];
  const there = wanted.filter((number) => number === line || (number >= 1 && number <= lineCount));
  const lines: ExcerptLine[] = [];
  for (const number of withoutNarrowGaps(there)) {
    const text = number > lineCount ? '' : textOf(snapshot, number);
    if (text === undefined) return undefined;
    lines.push({ number, text });
  }
  const text = lines.find((candidate) => candidate.number === line)?.text ?? '';
  const from = difference?.from ?? text.search(/\S|$/);
  const to = Math.max(text.trimEnd().length, from + 1);
  return {
    lines,
    range,
    pointer: { line, from, to, label: labelOf(violation, scene, difference) },
  };
}

/** Ascending. Where a single line would be left out, the mark for that would take as much room. */
function withoutNarrowGaps(numbers: readonly number[]): number[] {
  const out: number[] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    if (out.at(-1) === number - 2) out.push(number - 1);
    out.push(number);
  }
  return out;
}

/** A line too long for a string is told about without being shown. */
function textOf(snapshot: Snapshot, line: number): string | undefined {
  try {
    return snapshot.line(line);
  } catch {
    return undefined;
  }
}

function labelOf(
  { code, other, line = 0 }: ErrorFields,
  { snapshot }: Scene,
  difference: Difference | undefined,
): string {
  const { lineCount } = snapshot;
  if (difference) return difference.label;
  if (code === 'overlap' && other) return `taken by ${refName(other)}`;
  if (line <= lineCount) return '';
  return lineCount === 0 ? 'the file is empty' : `the file ends with line ${lineCount}`;
}

function differenceOf(violation: ErrorFields, scene: Scene): Difference | undefined {
  if (violation.code !== 'expectation_failed') return undefined;
  const patch = scene.patch(violation.patch);
  return patch && differenceAt(violation.line ?? patch.line, patch, scene.snapshot);
}

/** Where the patches concerned stand in the batch. */
function patchNotes(
  { patch, other }: Pick<ErrorFields, 'patch' | 'other'>,
  { batchFile, places }: Scene,
): Note[] {
  const notes: Note[] = [];
  for (const [label, ref] of [
    ['patch', patch],
    ['other', other],
  ] as const) {
    if (!ref) continue;
    const offset = places.patch(ref.index);
    if (offset === undefined) continue;
    const { line, column } = placeInBytes(batchFile.bytes, offset);
    notes.push({ label, text: `${refName(ref)} at ${batchFile.label}:${line}:${column}` });
  }
  return notes;
}

function lawNotes({ law, code }: ErrorFields): Note[] {
  const text = laws[code];
  return law === undefined || text === undefined ? [] : [{ label: `law ${law}`, text }];
}
