/** `firn apply`: the patched text, or its diff, to where it was asked for. */
import { FirnError, type Patched } from '@firn/engine';
import { Exit } from '../exit.js';
import { summaryOf } from '../json/result.js';
import type { Answer } from './answer.js';
import { type ApplyOptions, targetOf, write } from './output.js';
import { applyOptionsOf, factsOf, openSession, type Session } from './session.js';

export async function apply(file: string, options: ApplyOptions): Promise<Answer> {
  const target = targetOf(file, options);
  const session = await openSession(file, options);
  if ('exitCode' in session) return session;
  const patched = attempt(session);
  if (patched instanceof FirnError) return refused(session, patched);
  const output = await write(session, patched, target, options);
  const { report } = patched;
  const answer: Answer = {
    exitCode: report.failed.length > 0 ? Exit.refused : Exit.fine,
    facts: () => ({
      ...factsOf(session),
      after: summaryOf(patched),
      revision: patched.revision,
      report,
      changes: patched.changes(),
      output,
      violations: report.failed,
    }),
  };
  if (report.failed.length === 0 && report.warnings.length === 0) return answer;
  return {
    ...answer,
    words: async (screenOf) => {
      const { renderApplied } = await import('../render/verdict.js');
      return { err: renderApplied(session, report, screenOf(2)) };
    },
  };
}

function attempt({ snapshot, batch, options }: Session): Patched | FirnError {
  try {
    return snapshot.apply(batch, applyOptionsOf(options));
  } catch (error) {
    if (error instanceof FirnError && error.violations.length > 0) return error;
    throw error;
  }
}

function refused(session: Session, error: FirnError): Answer {
  const { violations } = error;
  return {
    exitCode: Exit.refused,
    facts: () => ({ ...factsOf(session), output: null, violations }),
    words: async (screenOf) => {
      const { renderRefused } = await import('../render/verdict.js');
      return { err: renderRefused(session, violations, screenOf(2)) };
    },
  };
}
