/** What every command begins with: both inputs read, the engine loaded, the file frozen, the batch read. */
import {
  type ApplyOptions,
  type Batch,
  type CheckReport,
  type Engine,
  EngineLoadError,
  type FileDiff,
  FirnError,
  loadEngine,
  type Placed,
  type Snapshot,
} from '@firn/engine';
import { remedyFor } from '../diff-remedy.js';
import { Exit } from '../exit.js';
import { Failure, usage } from '../failure.js';
import { type Input, readInput } from '../io/read.js';
import { summaryOf } from '../json/result.js';
import { type CommonOptions, placeOptionsOf } from '../options.js';
import type { Answer, Facts } from './answer.js';
import { formatOf, readDiff, requireNoDiffOptions, unreadable } from './diff-input.js';

export interface Session {
  readonly options: CommonOptions;
  readonly engine: Engine;
  readonly file: Input;
  readonly batchFile: Input;
  readonly snapshot: Snapshot;
  readonly batch: Batch;
  /** Of patches that came as a diff. */
  readonly placed?: PlacedDiff;
}

export interface PlacedDiff extends Placed {
  readonly fileDiff: FileDiff;
}

/** Handles are not disposed of: the process ends with the command. */
export async function openSession(path: string, options: CommonOptions): Promise<Session | Answer> {
  if (path === '-' && options.patches === '-') {
    throw usage('FILE and BATCH cannot both be standard input');
  }
  const file = await readInput(path);
  const batchFile = await readInput(options.patches);
  const engine = await loadBackend(options.backend);
  const snapshot = engine.freeze(file.bytes);
  const parts = { options, engine, file, batchFile, snapshot };
  if (formatOf(batchFile, options) === 'diff') return placeDiff(parts);
  requireNoDiffOptions(options);
  try {
    const batch = engine.batch(batchFile.bytes);
    return { ...parts, batch };
  } catch (error) {
    if (!(error instanceof FirnError)) throw error;
    const facts = { backend: engine.backend, before: summaryOf(snapshot) };
    return unreadable(error, batchFile, 'batch', facts);
  }
}

type Parts = Omit<Session, 'batch' | 'placed'>;

/** A diff is placed in the file first; from there on it is a batch like any other. */
function placeDiff(parts: Parts): Session | Answer {
  const { engine, snapshot, batchFile, options } = parts;
  const facts = {
    backend: engine.backend,
    batch: { path: batchFile.path, format: 'diff' as const },
    before: summaryOf(snapshot),
  };
  const diff = readDiff(engine, batchFile, options, facts, true);
  if ('exitCode' in diff) return diff;
  const [fileDiff] = diff.files;
  if (fileDiff === undefined || diff.files.length > 1) {
    const message = `the diff is of ${diff.files.length} files, and FILE is one; -d DIR applies it to a tree`;
    return unreadable(new FirnError({ code: 'malformed_diff', message }), batchFile, 'diff', facts);
  }
  try {
    const placed = fileDiff.place(snapshot, placeOptionsOf(options));
    return { ...parts, batch: placed.batch, placed: { ...placed, fileDiff } };
  } catch (error) {
    if (!(error instanceof FirnError) || error.violations.length === 0) throw error;
    const { violations } = error;
    return {
      exitCode: Exit.refused,
      facts: () => ({ ...facts, output: null, violations }),
      words: async (screenOf) => {
        const { renderUnplaced } = await import('../render/hunks.js');
        const scene = { ...parts, remedy: remedyFor(fileDiff, snapshot, options) };
        return { err: renderUnplaced(violations, scene, screenOf(2)) };
      },
    };
  }
}

export async function loadBackend(backend: CommonOptions['backend']): Promise<Engine> {
  try {
    return await loadEngine({ backend });
  } catch (error) {
    if (!(error instanceof EngineLoadError)) throw error;
    const reasons = error.reasons.map((reason) => `${reason.backend}: ${reason.reason}`);
    throw new Failure('engine_load', `no engine could be loaded: ${reasons.join('; ')}`);
  }
}

export function applyOptionsOf({ policy, ties, revision }: Omit<CommonOptions, 'patches'>) {
  return { policy, ties, revision } satisfies ApplyOptions;
}

/**
 * What `firn apply` would find, nothing applied. Under `best-effort` a patch that is left out takes no
 * lines, so fewer may collide than the batch has violations: there applying itself tells, which
 * copies no text.
 */
export function foretell({ snapshot, batch, options }: Session): CheckReport {
  const report = snapshot.check(batch, applyOptionsOf(options));
  if (options.policy !== 'best-effort' || report.violations.length === 0) return report;
  const patched = orRefusal(() => snapshot.apply(batch, applyOptionsOf(options)));
  if (patched instanceof FirnError) return { ...report, violations: patched.violations };
  const { failed, warnings } = patched.report;
  return { ...report, warnings, violations: failed };
}

/** What `act` makes, or the error with which the engine refuses the batch as a whole. */
export function orRefusal<T>(act: () => T): T | FirnError {
  try {
    return act();
  } catch (error) {
    if (error instanceof FirnError && error.violations.length > 0) return error;
    throw error;
  }
}

/** The answer to a batch that is refused as a whole: nothing is written. */
export function refused(session: Session, { violations }: FirnError): Answer {
  return {
    exitCode: Exit.refused,
    facts: () => ({ ...factsOf(session), output: null, violations }),
    words: async (screenOf) => {
      const { renderRefused } = await import('../render/verdict.js');
      return { err: renderRefused(session, violations, screenOf(2)) };
    },
  };
}

/** What is known of a session, whatever comes of it. */
export function factsOf({ engine, snapshot, batch, batchFile, placed }: Session): Facts {
  const { id, file, patchCount } = batch;
  const { path } = batchFile;
  return {
    backend: engine.backend,
    batch: placed
      ? { path, format: 'diff', patches: patchCount }
      : { path, id, file, patches: patchCount },
    before: summaryOf(snapshot),
    ...(placed ? { hunks: placed.hunks } : {}),
  };
}

/** The hunks that found no place: under best-effort only. */
export function rejectedIn({ placed }: Session) {
  return (placed?.rejected ?? []).map(({ error }) => error);
}
