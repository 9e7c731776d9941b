/** What somebody wrote over a patched file, as a patch: of its own, or in the one whose lines it changes. */
import type { BatchInput, Engine, Patched, Snapshot } from '@firn/engine';
import { amendPatch, recordEdit, type SetPatch } from '@firn/sets';
import type { EditOutcome, EditRequest, PatchOfSource } from './edit-protocol.js';
import type { ListedSource, PatchList } from './patch-list.js';
import { partsOn } from './patches-stacked.js';

/** The file that is edited, as it is applied now. */
export interface EditedFile {
  readonly engine: Engine;
  readonly baseline: Snapshot;
  readonly list: PatchList;
  /** Of what is on and not refused. */
  readonly keys: ReadonlySet<number>;
  readonly patched: Patched;
}

/** Lines of the patched text replaced by others: O(n) a patch that is tried. */
export function record(file: EditedFile, request: EditRequest): EditOutcome {
  const { engine, patched, list, keys } = file;
  const partly = list.sources.find((source) => isPartly(source, keys));
  if (partly !== undefined) {
    return { kind: 'partly', source: partly.facts.id ?? partly.facts.name };
  }
  const before = engine.freeze(patched.bytes());
  const edited = editedText(engine, before, request);
  try {
    if (edited.fingerprint === before.fingerprint) return { kind: 'same' };
    return recorded(file, request, before, edited);
  } finally {
    for (const text of [before, edited]) text.dispose();
  }
}

/** All patches of a file as a set has them: those of no set are given what a set says of a patch. */
export function recordAll(engine: Engine, list: PatchList): PatchOfSource[] {
  return list.sources.flatMap((source, index): PatchOfSource[] => {
    if (source.patch !== undefined) return [{ source: index, patch: source.patch }];
    const { parts } = partsOn(engine, list, source.keys);
    return parts
      .filter(({ keys }) => keys.length === source.keys.length)
      .map(({ patch }) => ({ source: index, patch }));
  });
}

function recorded(
  file: EditedFile,
  { draft }: EditRequest,
  before: Snapshot,
  edited: Snapshot,
): EditOutcome {
  const { engine, baseline, list, keys } = file;
  const all = recordAll(engine, list);
  const isOn = ({ source }: PatchOfSource) =>
    source !== undefined && list.sources[source]?.keys.some((key) => keys.has(key)) === true;
  const awake = all.filter(isOn).map(({ patch }) => patch);
  const asleep = all.filter((one) => !isOn(one)).map(({ patch }) => patch);
  const steps = stepsBetween(engine, before, edited);
  const own = recordEdit(engine, baseline, awake, edited, draft);
  if ('patch' in own) {
    return {
      kind: 'recorded',
      patches: [...all, { patch: own.patch }],
      changed: own.patch,
      ...steps,
    };
  }
  for (const target of own.touches) {
    const amended = amendPatch(engine, baseline, awake, target, edited, asleep);
    if ('touches' in amended) continue;
    const { changed, dropped } = amended;
    const patches = all
      .filter(({ patch }) => !dropped.includes(patch))
      .map(({ source, patch }) => ({ source, patch: renewedOf(changed, patch) }));
    return { kind: 'recorded', patches, changed: renewedOf(changed, target), ...steps };
  }
  return { kind: 'touches', patches: own.touches.map(({ id }) => id) };
}

function renewedOf(changed: readonly SetPatch[], patch: SetPatch): SetPatch {
  return changed.find(({ label }) => label === patch.label) ?? patch;
}

/** Some of its patches are on, some are not. */
function isPartly({ keys }: ListedSource, on: ReadonlySet<number>): boolean {
  const count = keys.filter((key) => on.has(key)).length;
  return count > 0 && count < keys.length;
}

function editedText(engine: Engine, before: Snapshot, { from, to, lines }: EditRequest): Snapshot {
  const op = to < from ? ('insert' as const) : ('replace' as const);
  const range = op === 'insert' ? { line: from } : { line: from, endLine: to };
  const batch = engine.batch([{ op, ...range, lines }]);
  const patched = before.apply(batch);
  const edited = engine.freeze(patched.bytes());
  for (const handle of [batch, patched]) handle.dispose();
  return edited;
}

/** There and back, as batches. */
function stepsBetween(
  engine: Engine,
  before: Snapshot,
  edited: Snapshot,
): { readonly edit: BatchInput; readonly inverse: BatchInput; readonly before: string } {
  const batch = engine.diff(before, edited);
  const inverse = batch.invert(before);
  const steps = { edit: batch.toJSON(), inverse: inverse.toJSON(), before: before.fingerprint };
  for (const handle of [batch, inverse]) handle.dispose();
  return steps;
}
