/** `firn rebase`: a batch carried over to another version of its file. */
import { FirnError, type Rebased } from '@firn/engine';
import type { RebaseOptions } from '../calls/rebase.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { readInput } from '../io/read.js';
import { fieldsOf, summaryOf } from '../json/result.js';
import type { Answer } from './answer.js';
import { deliverTo, jsonOf, targetFor } from './output.js';
import {
  applyOptionsOf,
  factsOf,
  openSession,
  orRefusal,
  refused,
  rejectedIn,
  type Session,
} from './session.js';

export async function rebase(batchPath: string, options: RebaseOptions): Promise<Answer> {
  if ([batchPath, options.from, options.to].filter((path) => path === '-').length > 1) {
    throw usage('only one of BATCH, OLD and NEW can be standard input');
  }
  const target = targetFor(options.json, options.output);
  const session = await openSession(options.from, { ...options, patches: batchPath });
  if ('exitCode' in session) return session;
  const newFile = await readInput(options.to);
  const newText = session.engine.freeze(newFile.bytes);
  const { batch, snapshot } = session;
  const rebased = orRefusal(() => batch.rebase(snapshot, newText, applyOptionsOf(session.options)));
  if (rebased instanceof FirnError) return refused(session, rebased);
  const { conflicts } = rebased;
  const violations = rejectedIn(session);
  const isPartial = conflicts.length > 0 || violations.length > 0;
  const isWritten = conflicts.length === 0 || options.policy === 'best-effort';
  const { file, batchFile } = session;
  const carried = carriedBatch(session, rebased);
  if (carried instanceof FirnError) return unwritable(session, carried);
  const bytes = Buffer.from(`${JSON.stringify(carried, null, 2)}\n`);
  const output = await deliverTo(isWritten ? target : undefined, bytes, 'batch', [
    file,
    batchFile,
    newFile,
  ]);
  return {
    exitCode: isPartial ? Exit.refused : Exit.fine,
    facts: () => ({
      ...factsOf(session),
      after: summaryOf(newText),
      carried: rebased.patches,
      output,
      violations,
    }),
    words: async (screenOf) => {
      const { renderRebased } = await import('../render/rebased.js');
      return { err: renderRebased(session, rebased, isWritten, screenOf(2)) };
    },
  };
}

/** It is the same batch still: its name and file go with it. */
function carriedBatch({ batch }: Session, rebased: Rebased) {
  const written = jsonOf(rebased.batch);
  if (written instanceof FirnError) return written;
  const { schema, ...rest } = written;
  const { id, file } = batch;
  return {
    schema,
    ...(id === undefined ? {} : { id }),
    ...(file === undefined ? {} : { file }),
    ...rest,
  };
}

/** Patches from a diff, or what they replace in the file, need not be UTF-8. */
function unwritable(session: Session, error: FirnError): Answer {
  const way = session.placed ? '; the diff itself, applied to the new file, keeps the bytes' : '';
  const message = `${error.message}${way}`;
  return {
    exitCode: Exit.refused,
    facts: () => ({ ...factsOf(session), output: null, error: fieldsOf(error) }),
    words: async () => ({ err: `firn: ${message}\n` }),
  };
}
