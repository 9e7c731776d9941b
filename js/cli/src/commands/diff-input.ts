/** Patches that are a diff: told from a batch, read, and placed in a text. */
import { type Diff, type Engine, FirnError } from '@firn/engine';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import type { Input } from '../io/read.js';
import { fieldsOf } from '../json/result.js';
import type { DiffReading } from '../options.js';
import type { Answer, Facts } from './answer.js';

/** Looking at more than this to find the first header of a diff is no use. */
const MOST_LOOKED_AT = 1 << 16;

const header = /^(?:diff --git |--- |\+\+\+ |@@ -|Index: )/m;

/** What the patches are: as the call says, or by their headers, their first character, or their name. */
export function formatOf({ bytes, path }: Input, { format }: DiffReading): 'batch' | 'diff' {
  if (format) return format;
  const begin = bytes.subarray(0, MOST_LOOKED_AT).toString('latin1');
  // A mail may begin "[PATCH]"; JSON has no line that begins like a header, for its strings have no line ends.
  if (header.test(begin)) return 'diff';
  // A byte order mark is three characters in Latin-1.
  if (/^(?:\u00ef\u00bb\u00bf)?\s*[[{]/.test(begin)) return 'batch';
  return /\.(?:diff|patch)$/i.test(path) ? 'diff' : 'batch';
}

/** Options that say how a diff is placed say nothing of a batch. */
export function requireNoDiffOptions(options: DiffReading): void {
  const { placement, fuzz, reverse, recount, ignoreWhitespace, ignoreLineEnds } = options;
  const wrong = [
    ...(placement ? ['--placement'] : []),
    ...(fuzz === undefined ? [] : ['--fuzz']),
    ...(reverse ? ['--reverse'] : []),
    ...(recount ? ['--recount'] : []),
    ...(ignoreWhitespace ? ['--ignore-whitespace'] : []),
    ...(ignoreLineEnds ? ['--ignore-line-ends'] : []),
  ];
  if (wrong[0] !== undefined) throw usage(`${wrong[0]} is for diffs; this is a batch`);
}

/** The diff, or the answer that it is none. `anyNames`: for one file that the call names. */
export function readDiff(
  engine: Engine,
  input: Input,
  options: DiffReading,
  facts: Facts,
  anyNames = false,
): Diff | Answer {
  const diff = parseDiff(engine, input, options, facts, anyNames);
  if ('exitCode' in diff) return diff;
  return noChange(diff, input, facts) ?? diff;
}

/** The same for a diff that may be empty. */
export function parseDiff(
  engine: Engine,
  input: Input,
  { recount }: DiffReading,
  facts: Facts,
  anyNames = false,
): Diff | Answer {
  try {
    return engine.parseDiff(input.bytes, { recount: recount ?? false, anyNames });
  } catch (error) {
    if (!(error instanceof FirnError)) throw error;
    return unreadable(error, input, 'diff', facts);
  }
}

/** The answer to a diff that is empty. */
export function noChange(diff: Diff, input: Input, facts: Facts): Answer | undefined {
  if (diff.files.length > 0) return undefined;
  const message = 'there is no change in the diff';
  return unreadable(new FirnError({ code: 'malformed_diff', message }), input, 'diff', facts);
}

/** Patches that are none are refused like patches that break a law. */
export function unreadable(
  error: FirnError,
  input: Input,
  format: 'batch' | 'diff',
  facts: Facts,
): Answer {
  return {
    exitCode: Exit.refused,
    facts: () => ({ ...facts, error: fieldsOf(error) }),
    words: async (screenOf) => {
      if (format === 'diff') {
        const { renderUnreadableDiff } = await import('../render/unreadable-diff.js');
        return { err: renderUnreadableDiff(error, input, screenOf(2)) };
      }
      const { renderUnreadable } = await import('../render/unreadable.js');
      return { err: renderUnreadable(error, input, screenOf(2)) };
    },
  };
}
