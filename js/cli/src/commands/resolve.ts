/** `firn resolve`: the conflicts that a rebase has left, decided by a person, and recorded as the patch. */
import { Buffer } from 'node:buffer';
import {
  type CarriedPatchOfSet,
  conflictsOf,
  type Dispute,
  disputeOf,
  type PatchSet,
  type SetErrorFields,
  type SetPatch,
} from '@firn/sets';
import { freezeBaseline } from '@firn/sets/node';
import type { ResolveOptions } from '../calls/resolve.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { readInput } from '../io/read.js';
import { plain, quotedShort } from '../render/safe.js';
import { count, listed } from '../render/words.js';
import { changeSet } from '../sets/change-set.js';
import { conflictsWaiting, readConflicts } from '../sets/conflicts-file.js';
import { EditorCopy } from '../sets/editor.js';
import { problemsBeside } from '../sets/in-force.js';
import { answering, oneSet, patchNamed, refusedFor, requireRoot } from '../sets/workspace.js';
import { MAX_NAME } from '../tree/names.js';
import type { Answer } from './answer.js';
import { deliverTo, requireOneStream } from './output.js';
import { loadBackend } from './session.js';

export function resolve(named: string | undefined, options: ResolveOptions): Promise<Answer> {
  return answering(async () => {
    requireOneStream(options.json, options.output);
    const asked = patchAsked(named, options);
    if (!asked) return nothingToDo();
    const { set, patch } = asked;
    requireRoot(options.root);
    const conflicts = readConflicts(patch);
    if (!conflicts) throw usage(`${patch.label} has no conflicts to resolve`);
    const engine = await loadBackend(options.backend);
    const baseline = freezeBaseline(engine, options.root, patch.file);
    const others = set.patches.filter((one) => one !== patch && one.file === patch.file);
    const dispute = disputeOf(engine, baseline, [patch, ...others], patch, conflicts);
    const task: Task = {
      set,
      dispute,
      others,
      problemsOf: (changed, rest) => problemsBeside(engine, options.root, rest, changed),
    };
    const { take, edited, output } = options;
    if (output !== undefined) return markedIn(output, dispute);
    if (take !== undefined) return record(task, dispute.text(take).bytes);
    if (edited !== undefined) return record(task, (await readInput(edited)).bytes);
    return inEditor(task);
  });
}

interface Task {
  readonly set: PatchSet;
  readonly dispute: Dispute;
  /** The other patches of the same file. */
  readonly others: readonly SetPatch[];
  /** What is wrong with changed patches beside the rest. */
  readonly problemsOf: (
    changed: readonly SetPatch[],
    rest: readonly SetPatch[],
  ) => readonly SetErrorFields[];
}

function patchAsked(named: string | undefined, options: ResolveOptions) {
  if (named !== undefined) return patchNamed(named, options);
  const set = oneSet(options);
  const [patch, ...more] = set.patches.filter((one) => conflictsWaiting(one) > 0);
  if (more.length === 0) return patch && { set, patch };
  const ids = [patch, ...more].flatMap((one) => one?.id ?? []);
  throw usage(`which patch? There are conflicts of ${listed(ids)}`);
}

function nothingToDo(): Answer {
  return {
    exitCode: Exit.fine,
    facts: () => ({ sets: [] }),
    words: async () => ({ err: 'firn: there are no conflicts to resolve\n' }),
  };
}

/** For editors that nobody can wait for. */
async function markedIn(output: string, dispute: Dispute): Promise<Answer> {
  const { bytes, conflicts } = dispute.text('nobody');
  const written = await deliverTo(output, bytes, 'text', []);
  const { label } = dispute.patch;
  const what = count(conflicts.length, 'conflict');
  return {
    exitCode: Exit.fine,
    facts: () => ({ conflicts, output: written }),
    words: async () => ({
      err: `firn: ${what} of ${label} to edit; then: firn resolve ${label} --edited FILE\n`,
    }),
  };
}

function inEditor(task: Task): Answer {
  const { dispute } = task;
  const before = Buffer.from(dispute.text('nobody').bytes);
  const copy = new EditorCopy(dispute.patch.file, before);
  const after = copy.edit();
  if (after.equals(before) && dispute.markersIn(after).length > 0) {
    copy.remove();
    return undecided(dispute.patch);
  }
  // Nobody's work is lost: until it is recorded, the copy stays.
  const answer = copy.keptOnFailure(() => record(task, after, copy.path));
  if (answer.facts().problems === undefined) copy.remove();
  return answer;
}

function undecided({ label, file }: SetPatch): Answer {
  const message = `${quotedShort(file, MAX_NAME)} was not changed, and ${label} is not resolved`;
  return {
    exitCode: Exit.refused,
    facts: () => ({ sets: [] }),
    words: async () => ({ err: `firn: ${plain(message)}\n` }),
  };
}

/** `copy`: where the edited text stays when it is refused. */
function record({ set, dispute, others, problemsOf }: Task, edited: Uint8Array, copy?: string) {
  const { patch } = dispute;
  const left = dispute.markersIn(edited);
  const where = copy === undefined ? '' : `, and the copy is in ${copy}`;
  const last = `nothing is recorded${where}`;
  if (left.length > 0) return halfResolved(patch, left, last);
  const carried = dispute.resolved(edited, others);
  const changed = carried.flatMap(({ renewed }) => renewed ?? []);
  const touched = new Set(carried.map((one) => one.patch));
  const problems = problemsOf(
    changed,
    others.filter((one) => !touched.has(one)),
  );
  if (problems.length > 0) return refusedFor(problems, last);
  const removed = carried.flatMap((one) => (one.status === 'upstream' ? one.patch : []));
  const conflicts = carried.flatMap((one) => conflictsOf(one) ?? []);
  return stillToDo(changeSet(set, { changed, removed, conflicts }), carried);
}

function halfResolved(patch: SetPatch, lines: readonly number[], last: string): Answer {
  const { set, label, id, file, path } = patch;
  const at = lines.length === 1 ? 'line' : 'lines';
  const message = `${label} is not resolved: markers are left at ${at} ${listed(lines.map(String))} of ${quotedShort(file, MAX_NAME)}`;
  const problem = { code: 'set_patch_refused' as const, message, set, patch: id, file, path };
  return {
    exitCode: Exit.refused,
    facts: () => ({ problems: [problem] }),
    words: async () => ({ err: `firn: ${plain(`${message}; ${last}`)}\n` }),
  };
}

/** Patches that follow may be in conflict with what was decided. */
function stillToDo(answer: Answer, carried: readonly CarriedPatchOfSet[]): Answer {
  const stuck = carried.filter(({ status }) => status === 'conflict' || status === 'refused');
  if (stuck.length === 0) return answer;
  const lines = stuck.map(
    ({ patch: { label }, status }) =>
      `firn: ${label} follows it, and ${status === 'conflict' ? `is in conflict now: firn resolve ${label}` : 'does not apply to its own text'}\n`,
  );
  const { words } = answer;
  return {
    ...answer,
    exitCode: Exit.refused,
    words: async (screenOf) => ({ ...(await words?.(screenOf)), err: lines.join('') }),
  };
}
