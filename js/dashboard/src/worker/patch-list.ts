/** The patches of a file, one by one, out of every batch and diff that is about it. */
import { type Batch, type Engine, FirnError, type PatchInput, type Snapshot } from '@firn/engine';
import { FirnSetError, type SetPatch } from '@firn/sets';
import { patchOfSet, type Remarks, readSource, remarksOf } from './patch-source.js';
import type {
  FileInput,
  PatchFacts,
  PatchSource,
  Refusal,
  SourceFacts,
  Violation,
} from './protocol.js';
import { type Standing, standingsOf } from './standing.js';
import { violationOf } from './violation.js';

export interface ListedPatch {
  readonly facts: PatchFacts;
  /** As it stands in a batch of all of them, with an id that no other has. */
  readonly json: string;
}

export interface ListedSource {
  readonly facts: SourceFacts;
  /** What its line numbers mean. */
  readonly text: Snapshot;
  /** As its set has it; undefined: it is in none. */
  readonly patch: SetPatch | undefined;
  /** Of its patches, in its own order. */
  readonly keys: readonly number[];
}

export interface PatchList {
  /** The file, and the set, that they are of. */
  readonly file: string;
  readonly set: string;
  readonly sources: readonly ListedSource[];
  readonly patches: readonly ListedPatch[];
  /** The patches of these keys, in their order, as one batch. Yours to dispose. O(keys). */
  select(engine: Engine, keys: readonly number[]): Batch;
  /** Frees the texts between patches. */
  dispose(): void;
}

/** Reads every source; one that cannot be used says why, and stops none of the others. */
export function listPatches(engine: Engine, baseline: Snapshot, file: FileInput): PatchList {
  const ofSet = file.sources.map((source) => patchOfSet(file, source));
  const known = ofSet.filter((patch) => patch !== undefined);
  const standings = standingsOf(engine, baseline, known);
  const list = new Lister(baseline, file.name, file.set ?? '');
  for (const [index, source] of file.sources.entries()) {
    const patch = ofSet[index];
    const standing = (patch && standings.get(patch)) ?? { text: baseline };
    const follows = standing.follows && ofSet.indexOf(standing.follows);
    list.add(engine, file.name, source, patch, standing, follows);
  }
  return list.done();
}

/** The patches of one batch that is in no file. */
export function listBatch(batch: Batch, baseline: Snapshot, name: string): PatchList {
  const list = new Lister(baseline, name, '');
  list.addBatch(batch, { name }, baseline, undefined, { all: {}, of: [] });
  return list.done();
}

class Lister {
  readonly #baseline: Snapshot;
  readonly #file: string;
  readonly #set: string;
  readonly #sources: ListedSource[] = [];
  readonly #patches: ListedPatch[] = [];
  readonly #ids = new Set<string>();

  constructor(baseline: Snapshot, file: string, set: string) {
    this.#baseline = baseline;
    this.#file = file;
    this.#set = set;
  }

  add(
    engine: Engine,
    file: string,
    source: PatchSource,
    patch: SetPatch | undefined,
    standing: Standing,
    follows: number | undefined,
  ): void {
    const { name, entry } = source;
    const facts = {
      name,
      ...(entry && { id: entry.id }),
      ...(entry?.when && { when: wordsFor(entry.when) }),
      ...(follows !== undefined && { follows }),
    };
    if (standing.problem !== undefined) {
      this.#addBroken(facts, patch, violationOf(standing.problem));
      return;
    }
    try {
      const batch = readSource(engine, standing.text, file, source, patch);
      this.addBatch(batch, facts, standing.text, patch, remarksOf(source));
      batch.dispose();
    } catch (error) {
      if (error instanceof FirnSetError) this.#addBroken(facts, patch, violationOf(error));
      else if (error instanceof FirnError) this.#addBroken(facts, patch, error.toJSON());
      else throw error;
    }
  }

  addBatch(
    batch: Batch,
    facts: SourceFacts,
    text: Snapshot,
    patch: SetPatch | undefined,
    remarks: Remarks,
  ): void {
    const input = batch.toJSON();
    const { violations } = text.check(batch);
    // Its numbers mean another text: none of its patches can be switched on.
    const problem = violations.find((violation) => violation.patch === undefined);
    const single = input.patches.length === 1;
    const keys = input.patches.map((one, index) => {
      const named = { ...one, id: one.id ?? nameOf(facts, index, single) };
      return this.#addPatch(facts, named, index, remarks);
    });
    this.#sources.push({
      facts: {
        ...facts,
        ...(facts.id === undefined && input.id !== undefined && { id: input.id }),
        ...(input.revision !== undefined && { revision: input.revision }),
        ...remarks.all,
        ...(problem && { problem }),
      },
      text,
      patch,
      keys,
    });
  }

  done(): PatchList {
    const texts = new Set(this.#sources.map(({ text }) => text));
    texts.delete(this.#baseline);
    const patches = this.#patches;
    // Read once, however often its patches are switched.
    let all: Batch | undefined;
    return {
      file: this.#file,
      set: this.#set,
      sources: this.#sources,
      patches,
      select: (engine, keys) => {
        all ??= engine.batch(`[${patches.map(({ json }) => json).join(',')}]`);
        return all.select(keys);
      },
      dispose: () => {
        all?.dispose();
        for (const text of texts) text.dispose();
      },
    };
  }

  #addBroken(facts: SourceFacts, patch: SetPatch | undefined, problem: Violation): void {
    this.#sources.push({ facts: { ...facts, problem }, text: this.#baseline, patch, keys: [] });
  }

  #addPatch(
    { name }: SourceFacts,
    patch: PatchInput & { readonly id: string },
    index: number,
    { of }: Remarks,
  ): number {
    const key = this.#patches.length;
    const facts = factsOf(patch, key, this.#sources.length);
    // Ids are unique in one batch only.
    const id = this.#ids.has(facts.id) ? `${facts.id} of ${name}, ${index + 1}` : facts.id;
    this.#ids.add(id);
    const json = JSON.stringify({ ...patch, id });
    this.#patches.push({ facts: { ...facts, ...of[index] }, json });
    return key;
  }
}

/** Of a patch that has no name: it is called like its source, which may have several. */
function nameOf({ id = '' }: SourceFacts, index: number, isSingle: boolean): string {
  return isSingle && id !== '' ? id : `${id} #${index + 1}`.trim();
}

function factsOf(
  patch: PatchInput & { readonly id: string },
  key: number,
  source: number,
): PatchFacts {
  const endLine = patch.op === 'insert' ? patch.line - 1 : (patch.endLine ?? patch.line);
  return {
    key,
    source,
    id: patch.id,
    op: patch.op,
    line: patch.line,
    endLine,
    linesAdded: patch.op === 'delete' ? 0 : newLinesOf(patch),
  };
}

function newLinesOf({ text, lines }: Exclude<PatchInput, { op: 'delete' }>): number {
  if (lines !== undefined) return lines.length;
  const breaks = (text ?? '').split('\n').length;
  return text?.endsWith('\n') ? breaks - 1 : breaks;
}

/** `env = production, season = winter`. */
function wordsFor(when: Readonly<Record<string, string>>): string {
  return Object.entries(when)
    .map(([key, value]) => `${key} = ${value}`)
    .join(', ');
}

export function patchOf({ patches }: PatchList, key: number): ListedPatch {
  const patch = patches[key];
  if (patch === undefined) throw new Error(`there is no patch ${key}`);
  return patch;
}

export function sourceOf(list: PatchList, key: number): ListedSource {
  const source = list.sources[patchOf(list, key).facts.source];
  if (source === undefined) throw new Error(`patch ${key} has no source`);
  return source;
}

export function byLine(list: PatchList, refused: readonly Refusal[]): Refusal[] {
  const lineOf = ({ key }: Refusal) => patchOf(list, key).facts.line;
  return [...refused].sort((a, b) => lineOf(a) - lineOf(b));
}
