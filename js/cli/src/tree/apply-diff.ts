/** One diff, done to a draft of a tree: file by file, in the order of the diff. */
import {
  type Diff,
  type Engine,
  type FileDiff,
  FirnError,
  type Placed,
  type PlaceOptions,
  type Snapshot,
} from '@firn/engine';
import { type DiffRemedy, remedyFor } from '../diff-remedy.js';
import { fieldsOf, type TreeFileResult } from '../json/result.js';
import { placeOptionsOf, type TreeOptions } from '../options.js';
import { quotedShort } from '../render/safe.js';
import type { Draft, DraftFile } from './draft.js';
import { MAX_NAME, nameOrNothing, pathOf, unsafePath } from './names.js';
import { selectedFiles } from './selection.js';

/** A file of the diff, and what became of it. */
export interface FileOutcome extends TreeFileResult {
  /** The hunks left out, as a diff of their own; empty when there are none. */
  readonly rejects: Uint8Array;
  /** Of hunks left out: what would let them fit, if anybody knows. */
  readonly remedy?: DiffRemedy | undefined;
}

/** What a file of the diff is about, with its names as paths and `--reverse` seen to. */
interface Intent {
  readonly kind: FileDiff['kind'];
  /** The file that is read; undefined for one that is created. */
  readonly source: string | undefined;
  /** The file that is written; undefined for one that is removed. */
  readonly target: string | undefined;
  readonly mode: string | undefined;
}

export class DiffToTree {
  readonly #engine: Engine;
  readonly #draft: Draft;
  readonly #options: TreeOptions;
  readonly #placing: PlaceOptions;
  readonly #epochs: ReadonlySet<FileDiff>;
  /** Copies taken back: what they were, and what the diff makes of them. */
  readonly #copies = new Map<FileOutcome, { origin: string; bytes: Uint8Array; old: DraftFile }>();
  /** Of files of the diff with hunks that fit nowhere. */
  readonly #remedies = new Map<FileDiff, DiffRemedy | undefined>();
  /** Files that this diff takes away, so that others may come in their place. */
  #leaving: ReadonlySet<string> = new Set();

  /** `epochs`: files that the diff empties and dates 1970, which is how `diff -N` removes them. */
  constructor(engine: Engine, draft: Draft, options: TreeOptions, epochs: ReadonlySet<FileDiff>) {
    this.#engine = engine;
    this.#draft = draft;
    this.#options = options;
    this.#placing = placeOptionsOf(options);
    this.#epochs = epochs;
  }

  /** Stops at the first file that fails, unless the policy wants to hear of them all. */
  run(diff: Diff): FileOutcome[] {
    this.#draft.beginDiff();
    this.#leaving = this.#findLeaving(diff);
    const outcomes: FileOutcome[] = [];
    // What one file twice has done is undone from its end.
    const selected = selectedFiles(diff, this.#options);
    const files = this.#options.reverse ? selected.toReversed() : selected;
    for (const file of files) {
      const outcome = this.#attempt(file);
      outcomes.push(outcome);
      if (outcome.violations.length > 0 && this.#options.policy === 'fail-fast') break;
    }
    const judged = outcomes.map((outcome) => this.#judgeCopy(outcome));
    return this.#options.policy === 'best-effort' ? this.#keepUnreplaced(judged) : judged;
  }

  /** A file that goes to make room for another, a symbolic link say, stays when that one is refused. */
  #keepUnreplaced(outcomes: readonly FileOutcome[]): FileOutcome[] {
    const refused = new Set(
      outcomes.filter(({ violations }) => violations.length > 0).map(({ path }) => path),
    );
    return outcomes.map((outcome) => {
      const { path, kind, violations } = outcome;
      if (kind !== 'remove' || violations.length > 0 || !refused.has(path)) return outcome;
      const old = this.#draft.original(path);
      if (old === undefined || this.#draft.file(path) !== undefined) return outcome;
      this.#draft.write(path, old);
      const error = mismatch(path, 'is kept: what the diff puts in its place is refused');
      return { ...outcome, hunks: [], violations: [fieldsOf(error)] };
    });
  }

  /** A copy that is taken back must be what it was made from, as the whole diff leaves that. */
  #judgeCopy(outcome: FileOutcome): FileOutcome {
    const copy = this.#copies.get(outcome);
    if (copy === undefined) return outcome;
    const origin = this.#draft.file(copy.origin);
    if (origin && Buffer.compare(origin.bytes, copy.bytes) === 0) return outcome;
    this.#draft.write(outcome.path, copy.old);
    const error = mismatch(outcome.path, 'is not the copy that the diff takes back');
    return { ...outcome, violations: [fieldsOf(error)] };
  }

  #findLeaving(diff: Diff): Set<string> {
    const leaving = new Set<string>();
    const { strip, reverse = false } = this.#options;
    for (const file of selectedFiles(diff, this.#options)) {
      const name = reverse ? file.newName : file.oldName;
      const leaves = file.kind === 'rename' || file.kind === (reverse ? 'create' : 'remove');
      // A name that is none is found out when it is its turn.
      if (leaves && name !== undefined) leaving.add(nameOrNothing(name, strip));
    }
    return leaving;
  }

  #attempt(file: FileDiff): FileOutcome {
    const name = file.newName ?? file.oldName ?? '';
    try {
      const intent = this.#intentOf(file);
      return this.#apply(file, intent);
    } catch (error) {
      if (!(error instanceof FirnError)) throw error;
      const { violations } = error;
      const path = nameOrNothing(name, this.#options.strip);
      const found = violations.length > 0 ? violations : [fieldsOf(error)];
      return {
        ...{ path, kind: file.kind, hunks: [], violations: found, rejects: new Uint8Array() },
        remedy: this.#remedies.get(file),
      };
    }
  }

  #intentOf(file: FileDiff): Intent {
    const { reverse = false } = this.#options;
    const [oldName, newName] = this.#namesOf(file);
    const mode = reverse ? file.oldMode : file.newMode;
    requireRegular(newName ?? oldName ?? '', file);
    const [source, target] = reverse ? [newName, oldName] : [oldName, newName];
    switch (file.kind) {
      case 'create':
      case 'remove':
        return { kind: source === undefined ? 'create' : 'remove', source, target, mode };
      case 'copy':
        // The copy goes, and what it was made from stays.
        if (reverse) return { kind: 'remove', source, target: undefined, mode: undefined };
        return { kind: 'copy', source, target, mode };
      case 'rename':
        return { kind: 'rename', source, target, mode };
      case 'modify':
        return this.#modifyIntent(file, source, target, mode);
    }
  }

  /** Without git's headers the two names may differ: `x.js.orig` and `x.js`, say. */
  #modifyIntent(
    file: FileDiff,
    source: string | undefined,
    target: string | undefined,
    mode: string | undefined,
  ): Intent {
    const both = source === target ? [source] : [source, target];
    const names = both.filter((name) => name !== undefined);
    const there = names.filter((name) => this.#draft.file(name) !== undefined);
    const [shortest] = (there.length > 0 ? there : names).sort((a, b) => a.length - b.length);
    const { reverse = false } = this.#options;
    const [hunk] = file.hunks;
    const [before, after] = reverse
      ? [hunk?.newCount, hunk?.oldCount]
      : [hunk?.oldCount, hunk?.newCount];
    // `diff -N` names a file that is not there, with all of the other one added or removed.
    if (there.length === 0 && file.hunks.length === 1 && before === 0) {
      return { kind: 'create', source: undefined, target: shortest, mode };
    }
    if (file.hunks.length === 1 && after === 0 && this.#epochs.has(file)) {
      return { kind: 'remove', source: shortest, target: undefined, mode };
    }
    return { kind: 'modify', source: shortest, target: shortest, mode };
  }

  #namesOf({ oldName, newName }: FileDiff): [string | undefined, string | undefined] {
    const { strip } = this.#options;
    const path = (name: string | undefined) =>
      name === undefined ? undefined : pathOf(name, strip);
    return [path(oldName), path(newName)];
  }

  #apply(file: FileDiff, { kind, source, target, mode }: Intent): FileOutcome {
    const old = this.#sourceFile(kind, source, target);
    const { bytes, placed } = this.#patch(file, old);
    const outcome: FileOutcome = {
      path: target ?? source ?? '',
      kind,
      ...(kind === 'rename' || kind === 'copy' ? { from: source } : {}),
      ...(mode === undefined || kind === 'remove' ? {} : { mode }),
      hunks: placed?.hunks ?? [],
      violations: (placed?.rejected ?? []).map(({ error }) => error),
      rejects: placed?.rejects ?? new Uint8Array(),
      remedy: this.#remedies.get(file),
    };
    if (target === undefined && file.kind === 'copy' && outcome.violations.length === 0) {
      const [origin = ''] = this.#namesOf(file);
      this.#copies.set(outcome, { origin, bytes, old });
      this.#draft.remove(outcome.path);
      return outcome;
    }
    if (target === undefined) {
      if (bytes.length > 0 && outcome.violations.length === 0) throw notEmptied(source ?? '');
      if (bytes.length === 0) this.#draft.remove(source ?? '');
      else this.#draft.write(source ?? '', { ...old, bytes });
      return outcome;
    }
    if (kind === 'rename' && source !== undefined) this.#draft.remove(source);
    this.#draft.write(target, withMode({ ...old, bytes }, mode, kind === 'create'));
    return outcome;
  }

  /** The text to patch; of a new file an empty one, in whose place nothing stands. */
  #sourceFile(
    kind: Intent['kind'],
    source: string | undefined,
    target: string | undefined,
  ): DraftFile {
    if (target !== undefined && target !== source) this.#requireFree(target);
    if (source === undefined) return { bytes: new Uint8Array(), mode: undefined };
    const isElsewhere = kind === 'rename' || kind === 'copy';
    const file = isElsewhere ? this.#draft.original(source) : this.#draft.file(source);
    if (file !== undefined) return file;
    // A file that this diff writes anew and whose old self it removes, in either order.
    const original = kind === 'remove' ? this.#draft.original(source) : undefined;
    if (original !== undefined) return original;
    throw mismatch(source, 'is not there, but the diff changes it');
  }

  #requireFree(target: string): void {
    if (this.#draft.file(target) === undefined || this.#leaving.has(target)) return;
    throw mismatch(target, 'is there already, but the diff makes it');
  }

  #patch(file: FileDiff, { bytes }: DraftFile) {
    if (file.hunks.length === 0) return { bytes, placed: undefined };
    const snapshot = this.#engine.freeze(bytes);
    const placed = this.#place(file, snapshot);
    const patched = snapshot.apply(placed.batch);
    const text = patched.bytes();
    for (const handle of [patched, placed.batch, snapshot]) handle.dispose();
    return { bytes: text, placed };
  }

  /** Where its hunks lie. If one lies nowhere, what would help is found out as long as the text is there. */
  #place(file: FileDiff, text: Snapshot): Placed {
    let placed: Placed | undefined;
    try {
      placed = file.place(text, this.#placing);
      return placed;
    } finally {
      if (!placed || placed.rejected.length > 0) {
        this.#remedies.set(file, remedyFor(file, text, this.#options));
      }
    }
  }
}

function withMode(file: DraftFile, mode: string | undefined, isNew: boolean): DraftFile {
  const executable = mode?.endsWith('755');
  if (isNew || file.mode === undefined) {
    return {
      bytes: file.bytes,
      mode: undefined,
      executable: executable ?? file.executable ?? false,
    };
  }
  if (executable === undefined) return file;
  // Who may read it may run it, as git has it.
  const bits = executable ? file.mode | ((file.mode & 0o444) >> 2) : file.mode & ~0o111;
  return { ...file, mode: bits };
}

/** Symbolic links and submodules are no texts. */
function requireRegular(path: string, { oldMode, newMode }: FileDiff): void {
  for (const mode of [oldMode, newMode]) {
    if (mode === undefined || mode.startsWith('100')) continue;
    const kind = mode === '120000' ? 'a symbolic link' : mode === '160000' ? 'a submodule' : mode;
    throw unsafePath(path, `is ${kind} in the diff; only regular files are patched`);
  }
}

function notEmptied(path: string): FirnError {
  return mismatch(path, 'holds more than the diff takes away with it');
}

function mismatch(path: string, why: string): FirnError {
  const message = `${quotedShort(path, MAX_NAME)} ${why}`;
  return new FirnError({ code: 'snapshot_mismatch', message });
}
