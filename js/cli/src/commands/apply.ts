/** `firn apply` to a file: the patched text, or its diff, to where it was asked for. */
import { FirnError, type Patched } from '@firn/engine';
import { remedyFor } from '../diff-remedy.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { summaryOf } from '../json/result.js';
import type { Answer } from './answer.js';
import { type ApplyOptions, targetOf, write, writeRejects } from './output.js';
import {
  applyOptionsOf,
  factsOf,
  openSession,
  orRefusal,
  refused,
  rejectedIn,
  type Session,
} from './session.js';

export async function apply(file: string, options: ApplyOptions): Promise<Answer> {
  const target = targetOf(file, options);
  const session = await openSession(file, options);
  if ('exitCode' in session) return session;
  if (options.reject && !session.placed) throw usage('--reject is for diffs');
  const { snapshot, batch } = session;
  const patched = orRefusal(() => snapshot.apply(batch, applyOptionsOf(session.options)));
  if (patched instanceof FirnError) return refused(session, patched);
  const output = await write(session, patched, target, options);
  if (options.reject && !options.check) await writeRejects(session);
  return applied(session, patched, output);
}

function applied(
  session: Session,
  patched: Patched,
  output: Awaited<ReturnType<typeof write>>,
): Answer {
  const { report } = patched;
  const rejected = rejectedIn(session);
  const violations = [...rejected, ...report.failed];
  const answer: Answer = {
    exitCode: violations.length > 0 ? Exit.refused : Exit.fine,
    facts: () => ({
      ...factsOf(session),
      after: summaryOf(patched),
      revision: patched.revision,
      report,
      changes: patched.changes(),
      output,
      violations,
    }),
  };
  const isPlain = violations.length === 0 && report.warnings.length === 0;
  if (isPlain && !session.placed) return answer;
  return {
    ...answer,
    words: async (screenOf) => {
      const { renderApplied } = await import('../render/verdict.js');
      const verdict = renderApplied(session, report, screenOf(2));
      if (!session.placed) return { err: verdict };
      const { renderLeftToDo, renderPlaced } = await import('../render/hunks.js');
      const { placed, snapshot, options } = session;
      const isWhole = rejected.length === 0;
      const remedy = isWhole ? undefined : remedyFor(placed.fileDiff, snapshot, options);
      const hunks = renderPlaced(placed, { ...session, remedy }, screenOf(2));
      const rest = renderLeftToDo(placed.fileDiff, options);
      return { err: `${hunks}${rest}${verdict}` };
    },
  };
}
