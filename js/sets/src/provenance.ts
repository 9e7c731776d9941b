/** Which patch of which set wrote a line. */
import type { Change, Patched, PatchRef } from '@firn/engine';
import type { SetPatch } from './patch-set.js';
import type { Member, Stage } from './stage.js';

/** Where a line of a patched file comes from: a line of the baseline (from 1), or a patch of a set. */
export type LineOrigin =
  | { readonly base: number; readonly patch?: never; readonly within?: never }
  | (PatchOrigin & { readonly base?: never });

/** Who wrote a line, or took it. */
export interface PatchOrigin {
  readonly patch: SetPatch;
  /** Which of the patches in its batch, or which hunk of its diff. */
  readonly within: PatchRef;
}

/** The changes of a patched text by the patch that made them, made once. */
type ChangesOf = (patched: Patched) => ReadonlyMap<number, Change>;

export function changesByPatch(): ChangesOf {
  const known = new Map<Patched, ReadonlyMap<number, Change>>();
  return (patched) => {
    const found = known.get(patched);
    if (found) return found;
    const changes = new Map(patched.changes().map((change) => [change.patch.index, change]));
    known.set(patched, changes);
    return changes;
  };
}

/** Lines `from` to `to` of the stage's result. O(log k + lines * length of a chain). */
export function originsIn(
  stage: Stage,
  from: number,
  to: number,
  changesOf: ChangesOf,
): LineOrigin[] {
  return stage.patched.provenance(from, to).map((origin, index) => {
    if (origin.patch === undefined) return { base: origin.base };
    const { member, line } = inMember(stage, origin.patch.index, from + index, changesOf);
    return originInMember(member, line, changesOf);
  });
}

/** The patch that took line `line` of the text under the stage; undefined: none did. O(k * length of a chain). */
export function takerIn(stage: Stage, line: number): PatchOrigin | undefined {
  const change = stage.patched.changes().find(({ base }) => base.from <= line && line <= base.to);
  if (!change) return undefined;
  const { index } = change.patch;
  const member = stage.members[stage.sources?.[index]?.batch ?? 0];
  return member && takerInMember(member, line);
}

function takerInMember({ link, alone, above }: Member, line: number): PatchOrigin | undefined {
  const own = alone.changes().find(({ base }) => base.from <= line && line <= base.to);
  if (own) return { patch: link.patch, within: own.patch };
  const between = alone.mapLine(line);
  return above && between !== null ? takerIn(above, between) : undefined;
}

/** The line of a member's own result that is line `line` of all members together. */
function inMember(stage: Stage, patch: number, line: number, changesOf: ChangesOf) {
  const source = stage.sources ? stage.sources[patch] : { batch: 0, patch };
  const member = source && stage.members[source.batch];
  const change = changesOf(stage.patched).get(patch);
  const own = source && member && changesOf(member.patched).get(source.patch);
  if (!member || !change || !own) throw new Error('the engine names a patch that was not applied');
  return { member, line: own.from + (line - change.from) };
}

function originInMember(member: Member, line: number, changesOf: ChangesOf): LineOrigin {
  let below = line;
  if (member.above) {
    const [origin] = originsIn(member.above, line, line, changesOf);
    if (origin?.patch !== undefined) return origin;
    below = origin?.base ?? line;
  }
  const [origin] = member.alone.provenance(below, below);
  if (origin?.patch !== undefined) return { patch: member.link.patch, within: origin.patch };
  // A chain as one change may write a line anew that none of it has changed.
  return { base: origin?.base ?? below };
}
