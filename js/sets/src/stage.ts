/**
 * A text and the patches that stand on it, applied as one. A patch that others follow is first put
 * together with them, so that what becomes of a text is always one change of that text.
 */
import type { Batch, Collision, Engine, Patched, Snapshot, StackPatch } from '@firn/engine';
import type { Link } from './chains.js';
import { FirnSetError, type SetErrorFields } from './error.js';
import type { Handles } from './handles.js';
import { MAX_CHAIN_BYTES } from './limits.js';
import { fieldsOfPatch, type SetPatch } from './patch-set.js';
import { quoted } from './quoted.js';
import { provePatch } from './read-patch.js';

/** A patch on its text, together with what follows it. */
export interface Member {
  readonly link: Link;
  /** The patch by itself. */
  readonly alone: Patched;
  /** What follows it, on the text that it makes. */
  readonly above: Stage | undefined;
  /** Both as one change of the text below. */
  readonly batch: Batch;
  readonly patched: Patched;
}

export interface Stage {
  readonly members: readonly Member[];
  readonly patched: Patched;
  /** Of each patch in `patched`: which member it is of, and which of its patches it is there. */
  readonly sources: readonly { readonly batch: number; readonly patch: number }[] | undefined;
}

/** What one application shares. */
export interface Work {
  readonly engine: Engine;
  /** What is wrong; while it is empty, every stage is whole. */
  readonly problems: SetErrorFields[];
  /** Everything made on the way. */
  readonly handles: Handles;
  /** How many bytes of texts between patches may still be made. */
  bytesLeft: number;
}

/** Applies the links to `text`; undefined when something is wrong. O(texts + patches + lines changed). */
export function stageOn(text: Snapshot, links: readonly Link[], work: Work): Stage | undefined {
  const members = links.flatMap((link) => memberOn(text, link, work) ?? []);
  const [only] = members;
  if (only && members.length === 1) {
    return { members, patched: only.patched, sources: undefined };
  }
  const stacked = text.stack(members.map(({ batch }) => batch));
  for (const collision of stacked.collisions) {
    work.problems.push(collisionProblem(collision, members));
  }
  for (const { batch, violations } of stacked.refused) {
    const patch = members[batch]?.link.patch;
    const [first] = violations;
    if (!patch || !first) continue;
    const message = `patch ${patch.label} of ${quoted(patch.file)} is refused beside the others: ${first.message}`;
    work.problems.push({
      code: 'set_patch_refused',
      message,
      ...fieldsOfPatch(patch),
      violations,
    });
  }
  if (!stacked.batch) return undefined;
  const patched = work.handles.keep(text.apply(work.handles.keep(stacked.batch)));
  return { members, patched, sources: stacked.sources };
}

function memberOn(text: Snapshot, link: Link, work: Work): Member | undefined {
  try {
    return proved(text, link, work);
  } catch (error) {
    if (!(error instanceof FirnSetError)) throw error;
    work.problems.push(...error.problems);
    for (const { patch } of following(link)) {
      const message = `patch ${patch.label} of ${quoted(patch.file)} follows ${link.patch.label}, which does not apply`;
      const other = { set: link.patch.set, patch: link.patch.id };
      work.problems.push({
        code: 'set_base_mismatch',
        message,
        ...fieldsOfPatch(patch),
        other,
        expected: patch.base,
      });
    }
    return undefined;
  }
}

/** The patch, once it has made of the text what was recorded of it. */
function proved(text: Snapshot, link: Link, work: Work): Member {
  const { engine, handles } = work;
  const { patch, next } = link;
  const { batch, alone } = provePatch(engine, text, patch, handles);
  const simple = { link, alone, above: undefined, batch, patched: alone };
  if (next.length === 0) return simple;
  takeBytes(alone.byteLength, patch, work);
  const between = handles.keep(engine.freeze(alone.bytes()));
  const above = stageOn(between, next, work);
  // What is wrong above is told; below, the patch still shows with whom it collides.
  if (!above) return simple;
  const together = handles.keep(alone.compose(above.patched));
  const patched = handles.keep(text.apply(together));
  return { link, alone, above, batch: together, patched };
}

function takeBytes(byteLength: number, patch: SetPatch, work: Work): void {
  work.bytesLeft -= byteLength;
  if (work.bytesLeft >= 0) return;
  throw new FirnSetError({
    code: 'set_limit_exceeded',
    message: `patches of ${quoted(patch.file)} follow each other through texts of more than ${MAX_CHAIN_BYTES} bytes, the limit: at ${patch.label}`,
    ...fieldsOfPatch(patch),
    limit: MAX_CHAIN_BYTES,
  });
}

/** All that stands on a patch, near or far. */
function following(link: Link): Link[] {
  return link.next.flatMap((next) => [next, ...following(next)]);
}

function collisionProblem(
  { first, second, lines }: Collision,
  members: readonly Member[],
): SetErrorFields {
  const [a, b] = [first, second].map(({ batch }) => members[batch]?.link.patch);
  if (!a || !b) throw new Error('the engine names a batch that was not stacked');
  const where = lines.from === lines.to ? `line ${lines.from}` : `lines ${lines.from}-${lines.to}`;
  const message = `${nameIn(members, second)} and ${nameIn(members, first)} both touch ${where} of ${quoted(b.file)}`;
  return {
    code: 'set_collision',
    message,
    ...fieldsOfPatch(b),
    other: { set: a.set, patch: a.id },
    lines,
  };
}

/** `set/id patches[3] ("title")`; of a chain only who begins it, for its patches are one by now. */
function nameIn(members: readonly Member[], { batch, patch }: StackPatch): string {
  const member = members[batch];
  if (!member) throw new Error('the engine names a batch that was not stacked');
  const { label } = member.link.patch;
  if (member.above) return `${label} with what follows it`;
  const id = patch.id === undefined ? '' : ` (${quoted(patch.id)})`;
  return `${label} patches[${patch.index}]${id}`;
}
