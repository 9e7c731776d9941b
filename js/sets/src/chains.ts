/** How the patches of one file stand on each other. */
import type { SetErrorFields } from './error.js';
import { MAX_CHAIN } from './limits.js';
import { fieldsOfPatch, type SetPatch } from './patch-set.js';
import { quoted } from './quoted.js';

/** A patch and those that were made for its result. */
export interface Link {
  readonly patch: SetPatch;
  readonly next: readonly Link[];
}

export interface Chains {
  /** Patches of the baseline itself, in the order given. */
  readonly links: readonly Link[];
  /** Why some patches have no place. */
  readonly problems: readonly SetErrorFields[];
}

/**
 * A patch stands on the baseline when that is its base, else on the one patch that has its base as
 * result. What neither leads to has no text to be applied to. O(n).
 */
export function chainsOf(patches: readonly SetPatch[], baseline: string): Chains {
  const [only] = patches;
  if (only?.base === baseline && patches.length === 1) {
    return { links: [{ patch: only, next: [] }], problems: [] };
  }
  const makers = groupedBy(patches, ({ result }) => result);
  const followers = groupedBy(patches, ({ base }) => base);
  const problems: SetErrorFields[] = [];
  const placed = new Set<SetPatch>();

  const linksOn = (text: string, depth: number): Link[] =>
    (followers.get(text) ?? []).flatMap((patch) => {
      placed.add(patch);
      if (depth === MAX_CHAIN) {
        problems.push(tooLong(patch));
        return [];
      }
      return [{ patch, next: linksAfter(patch, depth + 1) }];
    });

  const linksAfter = (patch: SetPatch, depth: number): Link[] => {
    // Who comes back to the baseline starts nothing anew, and of two makers neither is the one.
    if (patch.result === baseline || makers.get(patch.result)?.length !== 1) return [];
    return linksOn(patch.result, depth);
  };

  const links = linksOn(baseline, 0);
  for (const patch of patches) {
    if (!placed.has(patch)) problems.push(homeless(patch, makers.get(patch.base) ?? [], baseline));
  }
  return { links, problems };
}

/**
 * All patches that stand on what a patch makes, near or far: not those of the baseline, which it may
 * come back to. `baseline`: its fingerprint. O(n).
 */
export function followersOf(
  patch: SetPatch,
  others: readonly SetPatch[],
  baseline: string,
): SetPatch[] {
  const standing = groupedBy(others, ({ base }) => base);
  const found = new Set<SetPatch>();
  const texts = [patch.result];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const other of text === baseline ? [] : (standing.get(text) ?? [])) {
      if (other === patch || found.has(other)) continue;
      found.add(other);
      texts.push(other.result);
    }
  }
  return [...found];
}

/** A patch and those that it follows, down to the baseline. O(n) a patch. */
export function belowOf(
  patch: SetPatch,
  patches: readonly SetPatch[],
  baseline: string,
): SetPatch[] {
  const found = new Set([patch]);
  for (let { base } = patch; base !== baseline; ) {
    const maker = patches.find(({ result }) => result === base);
    if (!maker || found.has(maker)) break;
    found.add(maker);
    base = maker.base;
  }
  return [...found];
}

function groupedBy(patches: readonly SetPatch[], keyOf: (patch: SetPatch) => string) {
  const groups = new Map<string, SetPatch[]>();
  for (const patch of patches) {
    const group = groups.get(keyOf(patch));
    if (group) group.push(patch);
    else groups.set(keyOf(patch), [patch]);
  }
  return groups;
}

function homeless(patch: SetPatch, makers: readonly SetPatch[], baseline: string): SetErrorFields {
  const fields = { ...fieldsOfPatch(patch), expected: patch.base, found: baseline };
  const [first, second] = makers;
  const what = `patch ${patch.label} of ${quoted(patch.file)}`;
  if (first && second) {
    const message = `${what} follows text ${patch.base}, which both ${first.label} and ${second.label} make: which of them it follows cannot be told`;
    const other = { set: first.set, patch: first.id };
    return { code: 'set_ambiguous_base', message, ...fields, other };
  }
  if (first && first !== patch) {
    const message = `${what} follows ${first.label}, which has no place itself`;
    const other = { set: first.set, patch: first.id };
    return { code: 'set_base_mismatch', message, ...fields, other };
  }
  const message = `${what} was made for text ${patch.base}; the file is ${baseline}, and no patch here makes the other of it`;
  return { code: 'set_base_mismatch', message, ...fields };
}

function tooLong(patch: SetPatch): SetErrorFields {
  const message = `patch ${patch.label} of ${quoted(patch.file)} follows ${MAX_CHAIN} others, one after the other; that is the limit`;
  return {
    code: 'set_limit_exceeded',
    message,
    ...fieldsOfPatch(patch),
    limit: MAX_CHAIN,
  };
}
