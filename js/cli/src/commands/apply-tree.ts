/** `firn apply` to a tree: everything is worked out in memory, then all of it is written, or nothing. */
import { type Diff, type FileDiff, FirnError } from '@firn/engine';
import { Exit } from '../exit.js';
import { Failure } from '../failure.js';
import { type Input, readInput } from '../io/read.js';
import { fieldsOf } from '../json/result.js';
import type { TreeOptions } from '../options.js';
import { DiffToTree, type FileOutcome } from '../tree/apply-diff.js';
import { applyNatively } from '../tree/apply-natively.js';
import { commit } from '../tree/commit.js';
import { Draft } from '../tree/draft.js';
import { requireAllWritable } from '../tree/permissions.js';
import { type Step, stepsFor } from '../tree/plan.js';
import { findJournal } from '../tree/read-journal.js';
import { clearUnbegun } from '../tree/recover.js';
import { Root } from '../tree/root.js';
import { unfinished } from '../tree/unfinished.js';
import type { Answer, Facts } from './answer.js';
import { formatOf, noChange, parseDiff } from './diff-input.js';
import { loadBackend } from './session.js';

/** One file of one of the diffs. */
export interface PatchedFile {
  readonly outcome: FileOutcome;
  readonly diff: Input;
}

export async function applyTree(paths: readonly string[], options: TreeOptions): Promise<Answer> {
  if (new Set(paths).size < paths.length) throw new Failure('usage', 'a diff is named twice');
  const root = new Root(options.directory);
  const cleared = clearEarlier(root, options);
  const engine = await loadBackend(options.backend);
  const facts = { backend: engine.backend, tree: treeOf(paths, options, false) };
  const draft = new Draft(root);
  const files: PatchedFile[] = [];
  const outcome = { backend: engine.backend, cleared, root };
  // Taken back is first what came last.
  for (const path of options.reverse ? paths.toReversed() : paths) {
    const input = await readInput(path);
    requireDiff(input, options);
    const diff = parseDiff(engine, input, options, facts);
    if ('exitCode' in diff) return diff;
    if (paths.length === 1 && !options.check && options.globs === undefined) {
      const done = await applyNatively(engine, root, diff, options);
      const patched = () => done?.().map((outcome) => ({ outcome, diff: input })) ?? [];
      if (done)
        return answerOf(patched, paths, options, { ...outcome, refused: false, written: true });
    }
    const empty = noChange(diff, input, facts);
    if (empty) return empty;
    const epochs = filesDatedAway(diff, input, options);
    const outcomes = new DiffToTree(engine, draft, options, epochs).run(diff);
    files.push(...outcomes.map((outcome) => ({ outcome, diff: input })));
    if (options.policy === 'fail-fast' && isRefused(files)) break;
  }
  if (files.length === 0 && options.globs !== undefined) {
    throw new Failure('usage', 'no file of the diff is one that --include and --exclude leave');
  }
  const refused = isRefused(files);
  if (options.policy !== 'best-effort' && refused) {
    return answerOf(() => files, paths, options, { ...outcome, refused, written: false });
  }
  if (options.reject) draftRejects(draft, files);
  const steps = planOf(draft, root);
  if (steps instanceof FirnError) return impossible(steps, facts);
  if (options.check) requireAllWritable(root, steps);
  else await commit(root, steps, { flush: options.fsync ?? false });
  return answerOf(() => files, paths, options, { ...outcome, refused, written: !options.check });
}

/** The steps, or why the files do not go together: one is where another needs a folder, say. */
function planOf(draft: Draft, root: Root): Step[] | FirnError {
  try {
    return stepsFor(draft.deeds(), root);
  } catch (error) {
    if (error instanceof FirnError) return error;
    throw error;
  }
}

function impossible(error: FirnError, facts: Facts): Answer {
  return {
    exitCode: Exit.refused,
    facts: () => ({ ...facts, violations: [fieldsOf(error)] }),
    words: async () => ({
      err: `error[${error.code}]: ${error.message}\nfirn: the diff is refused, nothing is written\n`,
    }),
  };
}

/** What an apply that was killed has left. Nothing to lose is cleared away; else somebody decides. */
function clearEarlier(root: Root, { check }: TreeOptions): boolean {
  const found = findJournal(root);
  if (!found) return false;
  if (found.begun) throw unfinished(root, found.undoBegun);
  if (!check) clearUnbegun(root, found);
  return !check;
}

function requireDiff(input: Input, options: TreeOptions): void {
  if (input.bytes.length === 0 || formatOf(input, options) === 'diff') return;
  if (/^\s*(?:\{|\[\s*[{\]])/.test(input.bytes.subarray(0, 64).toString())) {
    throw new Failure(
      'usage',
      `a tree takes diffs; ${input.name} is a batch, which is for one file`,
    );
  }
}

function isRefused(files: readonly PatchedFile[]): boolean {
  return files.some(({ outcome }) => outcome.violations.length > 0);
}

/** `diff -N` says that a file is gone by an empty side, dated 1970, as git apply knows. */
function filesDatedAway(diff: Diff, { bytes }: Input, { reverse }: TreeOptions): Set<FileDiff> {
  const candidates = diff.files.filter(({ kind, hunks }) => {
    const [hunk] = hunks;
    const left = reverse ? hunk?.oldCount : hunk?.newCount;
    return kind === 'modify' && hunks.length === 1 && left === 0;
  });
  if (candidates.length === 0) return new Set();
  const lines = bytes.toString('latin1').split('\n');
  const isDatedAway = ({ hunks }: FileDiff) => {
    const diffLine = hunks[0]?.diffLine ?? 0;
    const header = lines[diffLine - (reverse ? 3 : 2)] ?? '';
    return /^(?:\+\+\+|---) .*\t(?:1969-12-31|1970-01-01) \d\d:\d\d/.test(header);
  };
  return new Set(candidates.filter(isDatedAway));
}

/** What found no place goes beside its file. */
function draftRejects(draft: Draft, files: readonly PatchedFile[]): void {
  for (const { outcome } of files) {
    if (outcome.rejects.length === 0) continue;
    const path = `${outcome.path}.rej`;
    const mode = draft.file(path)?.mode;
    draft.write(path, { bytes: outcome.rejects, mode });
  }
}

function treeOf(diffs: readonly string[], options: TreeOptions, written: boolean) {
  const { directory, strip } = options;
  return { directory, strip, diffs, written };
}

interface Outcome {
  readonly backend: 'native' | 'wasm';
  readonly written: boolean;
  /** Whether a file of the diff does not fit, in full or in part. */
  readonly refused: boolean;
  /** Whether something that was cut short before it began was cleared away. */
  readonly cleared: boolean;
  readonly root: Root;
}

/** `files`: made only for who prints them. */
function answerOf(
  files: () => readonly PatchedFile[],
  paths: readonly string[],
  options: TreeOptions,
  outcome: Outcome,
): Answer {
  const { backend, written, cleared, root, refused } = outcome;
  return {
    exitCode: refused ? Exit.refused : Exit.fine,
    facts: () => ({
      backend,
      tree: {
        ...treeOf(paths, options, written),
        files: files().map(({ outcome: { rejects: _rejects, remedy: _remedy, ...rest } }) => rest),
      },
      violations: files().flatMap((file) => file.outcome.violations),
    }),
    words: async (screenOf) => {
      const { renderTree } = await import('../render/tree.js');
      return { err: renderTree(files(), { root, options, written, cleared }, screenOf(2)) };
    },
  };
}
