/**
 * Patches of which some follow others, applied as a build applies them: by @firn/sets, each proved. What
 * is only partly on is a patch like any other, made for the occasion.
 */
import type { Engine, Snapshot } from '@firn/engine';
import {
  checkFile,
  type PatchDraft,
  type PatchedFile,
  type PatchOrigin,
  recordPatch,
  type SetErrorFields,
  type SetPatch,
} from '@firn/sets';
import type { AppliedPatches } from './applied.js';
import { applyLawful } from './lawful.js';
import { byLine, type ListedSource, type PatchList, sourceOf } from './patch-list.js';
import type { Refusal, Violation } from './protocol.js';
import { violationOf } from './violation.js';

/** What is on of a source. */
interface Part {
  readonly source: ListedSource;
  readonly patch: SetPatch;
  /** Of its patches, in the order that they have in it. */
  readonly keys: readonly number[];
}

export function applyStacked(
  engine: Engine,
  baseline: Snapshot,
  list: PatchList,
  keys: readonly number[],
): AppliedPatches {
  const { parts, refused } = partsOn(engine, list, keys);
  const { built, refused: refusedBeside } = build(engine, baseline, parts);
  const byLabel = new Map(parts.map((part) => [part.patch.label, part]));
  const keyOf = (origin: PatchOrigin | undefined) =>
    (origin && byLabel.get(origin.patch.label)?.keys[origin.within.index]) ?? -1;
  return {
    patched: built.patched,
    refused: byLine(list, [...refused, ...refusedBeside]),
    authorOf: ({ base, line }) => {
      if (line === 0) return keyOf(built.takenBy(base));
      const [origin] = built.provenance(line, line);
      return keyOf(origin?.patch && origin);
    },
    dispose: () => built.dispose(),
  };
}

/** What is on of every source, as patches of a set that apply together; and what cannot be among them. */
export function partsOn(
  engine: Engine,
  list: PatchList,
  keys: readonly number[],
): { readonly parts: readonly Part[]; readonly refused: readonly Refusal[] } {
  const refused: Refusal[] = [];
  const parts = new Map<ListedSource, Part>();
  const on = new Map<ListedSource, number[]>();
  for (const key of keys) {
    const source = sourceOf(list, key);
    const others = on.get(source);
    if (others) others.push(key);
    else on.set(source, [key]);
  }
  const add = (source: ListedSource): Part | undefined => {
    const known = parts.get(source);
    const wanted = on.get(source);
    if (known !== undefined || wanted === undefined) return known;
    on.delete(source);
    const below = list.sources[source.facts.follows ?? -1];
    if (below !== undefined && add(below)?.patch !== below.patch) {
      refused.push(...wanted.map((key) => ({ key, violation: waitsFor(source, below) })));
      return undefined;
    }
    const { part, failed } = partOf(engine, list, source, wanted);
    refused.push(...failed);
    if (part !== undefined) parts.set(source, part);
    return part;
  };
  for (const key of keys) add(sourceOf(list, key));
  return { parts: [...parts.values()], refused };
}

function partOf(
  engine: Engine,
  list: PatchList,
  source: ListedSource,
  wanted: readonly number[],
): { readonly part: Part | undefined; readonly failed: readonly Refusal[] } {
  const { patch, keys, text } = source;
  if (patch !== undefined && wanted.length === keys.length) {
    return { part: { source, patch, keys }, failed: [] };
  }
  const all = list.select(engine, wanted);
  const { patched, failed } = applyLawful(text, all);
  const refusals = failed.map(({ patch: at, other, ...violation }) => ({
    key: wanted[at?.index ?? -1] ?? -1,
    ...(other && { other: wanted[other.index] ?? -1 }),
    violation,
  }));
  const lost = new Set(refusals.map(({ key }) => key));
  const left = wanted.filter((key) => !lost.has(key));
  const batch = list.select(engine, left);
  const changes = patched.fingerprint !== text.fingerprint;
  const recorded = changes ? recordPatch(text, batch, patched, draftOf(list, source)) : undefined;
  for (const handle of [all, batch, patched]) handle.dispose();
  return { part: recorded && { source, patch: recorded, keys: left }, failed: refusals };
}

/** What a set would say of a patch that is in none: it is called like its file. */
function draftOf({ file, set, sources }: PatchList, { patch, facts }: ListedSource): PatchDraft {
  if (patch !== undefined) return { ...patch, patch: `${patch.id}.json` };
  const idOf = ({ facts: { name } }: ListedSource) => {
    const last = name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
    return last.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'patch';
  };
  const at = sources.findIndex((source) => source.facts === facts);
  const wish = sources[at] ? idOf(sources[at]) : 'patch';
  const isTaken = sources.some((source, index) => index !== at && idOf(source) === wish);
  const id = isTaken ? `${wish}-${at + 1}` : wish;
  const order = 10 * (at + 1);
  return { id, set, label: `${set}/${id}`, file, patch: `${id}.json`, path: facts.name, order };
}

/** Takes away what is in the way of the others until they can be built: of two that collide, the later one. */
function build(
  engine: Engine,
  baseline: Snapshot,
  parts: readonly Part[],
): { readonly built: PatchedFile; readonly refused: readonly Refusal[] } {
  const refused: Refusal[] = [];
  let left = parts;
  for (;;) {
    const { built, problems } = checkFile(
      engine,
      baseline,
      left.map(({ patch }) => patch),
    );
    if (built !== undefined) return { built, refused };
    const isOf = (problem: SetErrorFields) => (part: Part) =>
      part.patch.set === problem.set && part.patch.id === problem.patch;
    const lost = new Set<Part>();
    for (const problem of problems) {
      const part = left.find(isOf(problem));
      const { other } = problem;
      const rival = other && left.find(isOf({ ...problem, set: other.set, patch: other.patch }));
      // What collides with one that goes may have room now.
      if (part === undefined || lost.has(part) || (rival && lost.has(rival))) continue;
      lost.add(part);
      refused.push(...part.keys.map((key) => refusalOf(key, rival, problem)));
    }
    if (lost.size === 0) throw new Error('a file was not built, for no reason');
    left = left.filter((part) => !lost.has(part));
  }
}

function refusalOf(key: number, rival: Part | undefined, problem: SetErrorFields): Refusal {
  const [other] = rival?.keys ?? [];
  return { key, ...(other !== undefined && { other }), violation: violationOf(problem) };
}

function waitsFor({ facts }: ListedSource, below: ListedSource): Violation {
  const name = below.facts.id ?? below.facts.name;
  const message = `${facts.id ?? facts.name} follows ${name}, which is not wholly on: its line numbers mean what all of ${name} makes`;
  return { code: 'set_base_mismatch', law: 1, message };
}
