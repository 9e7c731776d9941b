/** What every command begins with: both inputs read, the engine loaded, the file frozen, the batch read. */
import {
  type ApplyOptions,
  type Batch,
  type CheckReport,
  type Engine,
  EngineLoadError,
  FirnError,
  loadEngine,
  type Snapshot,
} from '@firn/engine';
import { Exit } from '../exit.js';
import { Failure } from '../failure.js';
import { type Input, readInput } from '../io/read.js';
import { summaryOf } from '../json/result.js';
import type { CommonOptions } from '../options.js';
import type { Answer, Facts } from './answer.js';

export interface Session {
  readonly options: CommonOptions;
  readonly engine: Engine;
  readonly file: Input;
  readonly batchFile: Input;
  readonly snapshot: Snapshot;
  readonly batch: Batch;
}

/** Handles are not disposed of: the process ends with the command. */
export async function openSession(path: string, options: CommonOptions): Promise<Session | Answer> {
  if (path === '-' && options.patches === '-') {
    throw new Failure('usage', 'FILE and BATCH cannot both be standard input');
  }
  const file = await readInput(path);
  const batchFile = await readInput(options.patches);
  const engine = await loadBackend(options.backend);
  const snapshot = engine.freeze(file.bytes);
  try {
    const batch = engine.batch(batchFile.bytes);
    return { options, engine, file, batchFile, snapshot, batch };
  } catch (error) {
    if (!(error instanceof FirnError)) throw error;
    const facts = { backend: engine.backend, before: summaryOf(snapshot) };
    return unreadable(error, batchFile, facts);
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

/** A batch that is none is refused like one that breaks a law. */
function unreadable(error: FirnError, batchFile: Input, facts: Facts): Answer {
  const { name: _name, violations: _violations, ...fields } = error;
  return {
    exitCode: Exit.refused,
    facts: () => ({ ...facts, error: { ...fields, message: error.message } }),
    words: async (screenOf) => {
      const { renderUnreadable } = await import('../render/unreadable.js');
      return { err: renderUnreadable(error, batchFile, screenOf(2)) };
    },
  };
}

export function applyOptionsOf({ policy, ties, revision }: CommonOptions): ApplyOptions {
  return { policy, ties, revision };
}

/**
 * What `firn apply` would find, nothing applied. Under `best-effort` a patch that is left out takes no
 * lines, so fewer may collide than the batch has violations: there applying itself tells, which
 * copies no text.
 */
export function foretell({ snapshot, batch, options }: Session): CheckReport {
  const report = snapshot.check(batch, applyOptionsOf(options));
  if (options.policy !== 'best-effort' || report.violations.length === 0) return report;
  try {
    const { failed, warnings } = snapshot.apply(batch, applyOptionsOf(options)).report;
    return { ...report, warnings, violations: failed };
  } catch (error) {
    if (error instanceof FirnError && error.violations.length > 0) {
      return { ...report, violations: error.violations };
    }
    throw error;
  }
}

/** What is known of a session, whatever comes of it. */
export function factsOf({ engine, snapshot, batch, batchFile }: Session): Facts {
  const { id, file, patchCount } = batch;
  return {
    backend: engine.backend,
    batch: { path: batchFile.path, id, file, patches: patchCount },
    before: summaryOf(snapshot),
  };
}
