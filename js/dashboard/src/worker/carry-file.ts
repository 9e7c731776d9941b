/** The patches of a file on another version of its text, and what of them a person has to decide. */
import type { Engine } from '@firn/engine';
import { type CarriedPatchOfSet, carryPatches, type Dispute, disputeOf } from '@firn/sets';
import type {
  CarriedFile,
  CarryRequest,
  DisputedLines,
  DisputeRequest,
  Resolution,
} from './edit-protocol.js';
import { listPatches } from './patch-list.js';
import { recordAll } from './record.js';

/** What becomes of each patch. O(diff of the texts) a patch. */
export function carryFile(engine: Engine, { file, onto }: CarryRequest): CarriedFile {
  const oldText = engine.freeze(file.baseline);
  const newText = engine.freeze(onto);
  const list = listPatches(engine, oldText, file);
  try {
    const patches = recordAll(engine, list).map(({ patch }) => patch);
    const isSame = oldText.fingerprint === newText.fingerprint;
    return { isSame, patches: isSame ? [] : carryPatches(engine, oldText, newText, patches) };
  } finally {
    for (const handle of [list, newText, oldText]) handle.dispose();
  }
}

/** Lines between the markers of each conflict, in the order of the text. */
export function disputedLines(engine: Engine, request: DisputeRequest): DisputedLines[] {
  return withDispute(engine, request, (dispute) => {
    const { bytes, conflicts } = dispute.text('nobody');
    const merged = engine.freeze(bytes);
    const markers = dispute.markersIn(bytes);
    const lines = conflicts.map((_, index): DisputedLines => {
      const [ours = 0, base = 0, theirs = 0, end = 0] = markers.slice(4 * index, 4 * index + 4);
      return {
        ours: merged.lines(ours + 1, base - 1),
        base: merged.lines(base + 1, theirs - 1),
        theirs: merged.lines(theirs + 1, end - 1),
      };
    });
    merged.dispose();
    return lines;
  });
}

/** The patch with what was decided, and what becomes of those that follow it. */
export function resolve(engine: Engine, request: Resolution): CarriedPatchOfSet[] {
  return withDispute(engine, request, (dispute) => {
    const { bytes, conflicts } = dispute.text('nobody');
    const merged = engine.freeze(bytes);
    const batch = engine.batch(
      conflicts.map(({ merged: { from, to } }, index) => {
        const lines = request.choices[index];
        if (lines === undefined) throw new Error(`conflict ${index + 1} is not decided`);
        return { op: 'replace', line: from, endLine: to, lines };
      }),
    );
    const decided = merged.apply(batch);
    const carried = dispute.resolved(decided.bytes(), request.followers);
    for (const handle of [decided, batch, merged]) handle.dispose();
    return carried;
  });
}

function withDispute<T>(
  engine: Engine,
  { onto, renewed, patch, conflicts }: DisputeRequest,
  use: (dispute: Dispute) => T,
): T {
  const baseline = engine.freeze(onto);
  const dispute = disputeOf(engine, baseline, renewed, patch, conflicts);
  try {
    return use(dispute);
  } finally {
    for (const handle of [dispute, baseline]) handle.dispose();
  }
}
