/**
 * Compiled, never run: what the types of @firn/engine allow, and with each `@ts-expect-error` what
 * they refuse.
 */
import {
  type ApplyOptions,
  type Batch,
  type BatchInput,
  type Change,
  type CheckReport,
  type Collision,
  type Conflict,
  type Engine,
  EngineLoadError,
  type ErrorCode,
  type ErrorFields,
  type FileDiff,
  FirnError,
  type History,
  loadEngine,
  type Origin,
  type Patched,
  type PatchInput,
  type Placed,
  type Report,
  type Revision,
  type Snapshot,
  type WordChange,
} from '@firn/engine';
import type * as browser from '../../../js/engine/dist/browser.js';
import type * as node from '../../../js/engine/dist/node.js';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

export async function loading(): Promise<void> {
  const firn: Engine = await loadEngine();
  await loadEngine({ backend: 'native' });
  await loadEngine({ backend: undefined, wasm: new URL('https://example.org/firn.wasm') });
  // @ts-expect-error: there is no such backend.
  await loadEngine({ backend: 'quick' });
  holds<Same<typeof firn.backend, 'native' | 'wasm'>>();
  // @ts-expect-error: an engine does not change.
  firn.version = '2';
  const snapshot: Promise<Snapshot> = firn.freezeFile('a.txt');
  await snapshot;
}

/** One surface, wherever it runs, but for trees of files: which a compiler finds depends on its settings. */
export type OneSurface = [
  Same<typeof browser.loadEngine, typeof node.loadEngine>,
  Same<keyof typeof browser | 'Trees', keyof typeof node>,
];
holds<OneSurface[0]>();
holds<OneSurface[1]>();

export async function sources(): Promise<void> {
  await loadEngine({ wasm: '/assets/firn.wasm' });
  await loadEngine({ wasm: await fetch('/assets/firn.wasm') });
  await loadEngine({ wasm: await WebAssembly.compile(new Uint8Array(8)) });
  await loadEngine({ wasm: new ArrayBuffer(8) });
  // @ts-expect-error: an answer, not the promise of one.
  await loadEngine({ wasm: fetch('/assets/firn.wasm') });
  // @ts-expect-error: a number is no address.
  await loadEngine({ wasm: 3 });
}

export function verbs(firn: Engine): void {
  using snapshot = firn.freeze(new Uint8Array(3));
  using batch = firn.batch('[]', { limits: { patches: 3, nesting: undefined } });
  using patched = snapshot.apply(batch, { policy: 'best-effort', ties: 'keep-order', revision: 3 });
  // @ts-expect-error: there is no such policy.
  snapshot.apply(batch, { policy: 'lenient' });
  // @ts-expect-error: a batch is read first.
  snapshot.apply([]);
  // @ts-expect-error: a number is no text.
  firn.freeze(3);

  holds<Same<ReturnType<typeof snapshot.check>, CheckReport>>();
  holds<Same<typeof patched.report, Report>>();
  holds<Same<ReturnType<typeof patched.changes>, readonly Change[]>>();
  holds<Same<ReturnType<typeof patched.provenance>, Origin[]>>();
  holds<Same<ReturnType<typeof patched.mapLine>, number | null>>();
  holds<Same<ReturnType<typeof batch.toJSON>, BatchInput>>();
  const body: BodyInit = patched.bytes();
  holds<Same<ReturnType<typeof patched.bytesInto>, number>>();
  patched.bytesInto(new Uint8Array(new SharedArrayBuffer(8)));
  // @ts-expect-error: bytes are written to bytes.
  patched.bytesInto(new Float64Array(8));
  // @ts-expect-error: reports are read only.
  patched.report.revision = 3;
  new Response(body);
}

export function changes(firn: Engine, snapshot: Snapshot, batch: Batch, patched: Patched): void {
  using diff = firn.parseDiff(new Uint8Array(3), { recount: true, anyNames: true });
  const [file] = diff.files;
  holds<Same<typeof file, FileDiff | undefined>>();
  const kind: 'modify' | 'create' | 'remove' | 'rename' | 'copy' | undefined = file?.kind;
  // @ts-expect-error: a diff is read only.
  diff.files.pop();
  const placed = file?.place(snapshot, { placement: 'fuzzy', maxFuzz: 1, reverse: true });
  holds<Same<typeof placed, Placed | undefined>>();
  // @ts-expect-error: there is no such placement.
  file?.place(snapshot, { placement: 'near' });

  holds<Same<ReturnType<typeof firn.diff>, Batch>>();
  firn.diff('a', snapshot, { algorithm: 'minimal', slide: undefined });
  // @ts-expect-error: a number is no text.
  firn.diff(1, 2);
  const { conflicts } = firn.merge(snapshot, 'ours', new Uint8Array(3), { style: 'zdiff3' });
  holds<Same<typeof conflicts, readonly Conflict[]>>();
  // @ts-expect-error: git's name for `both`.
  firn.merge('', '', '', { favor: 'union' });
  snapshot.textEdits([
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, newText: '' },
  ]);
  // @ts-expect-error: no range.
  snapshot.textEdits([{ newText: '' }]);

  const back: Batch = patched.invert();
  const both: Batch = batch.compose(back, snapshot, { ties: 'keep-order' });
  for (const fate of patched.rebase(snapshot).patches) {
    // @ts-expect-error: only a conflict has sides.
    void fate.ours;
    if (fate.carried === 'conflict') void [fate.base, fate.ours, fate.theirs];
  }
  const { upstream } = batch.rebase(snapshot, snapshot);
  // @ts-expect-error: what is upstream is no conflict.
  void upstream[0]?.theirs;
  void [kind, both];
}

export function manyAtOnce(firn: Engine, snapshot: Snapshot, batch: Batch, patched: Patched): void {
  const stacked = snapshot.stack([batch, batch], { maxCollisions: 3 });
  holds<Same<typeof stacked.batch, Batch | undefined>>();
  holds<Same<typeof stacked.collisions, readonly Collision[]>>();
  // @ts-expect-error: no policy picks winners.
  snapshot.stack([batch], { policy: 'best-effort' });
  // @ts-expect-error: batches are read first.
  snapshot.stack([[]]);
  using history: History = firn.history(snapshot, { revision: 7 });
  const { history: longer, patched: text } = history.append(batch, { policy: 'best-effort' });
  // @ts-expect-error: the revision is the history's own.
  history.append(batch, { revision: 3 });
  holds<Same<typeof longer, History>>();
  holds<Same<ReturnType<typeof longer.at>, Patched>>();
  const { conflicts, inverse } = longer.undo(1);
  const revisions: readonly Revision[] = longer.revisions;
  patched.unifiedDiff({ functionNames: 'by-name', git: { kind: 'rename', oldPath: 'a' } });
  // @ts-expect-error: modes are octal, as strings.
  patched.unifiedDiff({ git: { newMode: 0o100644 } });
  // @ts-expect-error: the options of a diff of two texts are others.
  patched.unifiedDiff({ algorithm: 'myers' });
  const words: WordChange[] = firn.words('before', 'after');
  void [text, conflicts, inverse, revisions, words];
}

export const lawful: readonly PatchInput[] = [
  { op: 'delete', line: 1, endLine: 3, expect: 'old', id: 'p', 'x-why': { mine: true } },
  { op: 'replace', line: 1, text: 'new' },
  { op: 'replace', line: 1, endLine: undefined, lines: ['new', 'lines'] },
  { op: 'insert', line: 1, lines: [] },
  { op: 'replace', line: 1, text: 'as it is\r\n', verbatim: true },
];

export const unlawful: readonly PatchInput[] = [
  // @ts-expect-error: nothing to insert.
  { op: 'insert', line: 1 },
  // @ts-expect-error: an insert ends nowhere.
  { op: 'insert', line: 1, endLine: 2, text: '' },
  // @ts-expect-error: a delete brings no text.
  { op: 'delete', line: 1, text: '' },
  // @ts-expect-error: either text or lines.
  { op: 'replace', line: 1, text: '', lines: [''] },
  // @ts-expect-error: no such operation.
  { op: 'move', line: 1 },
  // @ts-expect-error: no such field, and no "x-" before it.
  { op: 'delete', line: 1, comment: 'mine' },
];

export function errors(error: unknown): ErrorCode | undefined {
  if (error instanceof EngineLoadError)
    return void error.reasons.map(({ reason }) => reason.trim());
  if (!(error instanceof FirnError)) return undefined;
  const fields: ErrorFields = error;
  const [first] = error.violations;
  // @ts-expect-error: there may be none.
  first.code;
  return fields.patch?.id === 'p' ? first?.code : error.code;
}

export function handlesAreTypesOnly(options: ApplyOptions, made: [Snapshot, Batch, Patched]): void {
  // @ts-expect-error: engine.freeze() makes them.
  new Snapshot();
  // @ts-expect-error: one is not the other.
  const batch: Batch = made[0];
  void [options, batch];
}
