/** `firn explain`: what a batch means for a file, in words. Nothing is applied or written. */
import { Exit } from '../exit.js';
import type { CommonOptions } from '../options.js';
import type { Answer } from './answer.js';
import { factsOf, foretell, openSession } from './session.js';

export async function explain(file: string, options: CommonOptions): Promise<Answer> {
  const session = await openSession(file, options);
  if ('exitCode' in session) return session;
  const report = foretell(session);
  const { explanationOf, renderExplanation } = await import('../render/explanation.js');
  const explanation = explanationOf(session, report);
  const { violations } = report;
  return {
    exitCode: violations.length > 0 ? Exit.refused : Exit.fine,
    facts: () => ({ ...factsOf(session), report, explanation, violations }),
    words: async (screenOf) => ({
      out: renderExplanation(session, report, explanation, screenOf(1)),
    }),
  };
}
