/** `firn check`: would `firn apply` do it? Nothing is applied or written. */
import { Exit } from '../exit.js';
import type { CommonOptions } from '../options.js';
import type { Answer } from './answer.js';
import { factsOf, foretell, openSession } from './session.js';

export async function check(file: string, options: CommonOptions): Promise<Answer> {
  const session = await openSession(file, options);
  if ('exitCode' in session) return session;
  const report = foretell(session);
  const { violations } = report;
  return {
    exitCode: violations.length > 0 ? Exit.refused : Exit.fine,
    facts: () => ({ ...factsOf(session), report, violations }),
    words: async (screenOf) => {
      const { renderChecked } = await import('../render/verdict.js');
      return renderChecked(session, report, screenOf(2));
    },
  };
}
