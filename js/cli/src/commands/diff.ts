/** `firn diff`: how two files or trees differ. */
import type { Engine } from '@firn/engine';
import type { DiffCallOptions } from '../calls/diff.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { deliver } from '../io/deliver.js';
import { destinationOf } from '../io/destination.js';
import { placeOf } from '../io/errno.js';
import type { Screen } from '../io/screen.js';
import type { FileDifference } from '../json/result.js';
import { type Comparison, compare } from '../tree/compare.js';
import { type WrittenDiff, writeGitDiff } from '../tree/git-diff.js';
import type { Answer } from './answer.js';
import { requireOneStream } from './output.js';
import { loadBackend } from './session.js';

export async function diff(a: string, b: string, options: DiffCallOptions): Promise<Answer> {
  const { json, output, unified, algorithm, text = false } = options;
  requireOneStream(json, output);
  if (options.stat && options.nameOnly) throw usage('--stat and --name-only exclude each other');
  const comparison = await compare(a, b);
  const engine = await loadBackend(options.backend);
  const headers = comparison.isTree;
  const files: WrittenDiff[] = [];
  for (const pair of comparison.pairs) {
    files.push(writeGitDiff(engine, pair, { context: unified, algorithm, text, headers }));
  }
  const isForFile = output !== undefined && output !== '-';
  if (isForFile) {
    const { fileScreen } = await import('../io/screen.js');
    const bytes = Buffer.from(await shown(files, engine, options, fileScreen()));
    await deliver(bytes, destinationOf(output), placeOf(output, 'standard output'), undefined);
  }
  return {
    exitCode: files.length > 0 ? Exit.refused : Exit.fine,
    facts: () => ({ backend: engine.backend, differences: files.map(factsOf) }),
    words: async (screenOf) => {
      const err = await aboutOthers(comparison);
      return isForFile ? { err } : { err, out: await shown(files, engine, options, screenOf(1)) };
    },
  };
}

/** What the call asks for, a list or the diff. For a program the diff has its bytes as they are. */
async function shown(
  files: readonly WrittenDiff[],
  engine: Engine,
  { stat, nameOnly }: DiffCallOptions,
  screen: Screen,
): Promise<string | Uint8Array> {
  if (stat || nameOnly) {
    const { renderNames, renderStat } = await import('../render/stat.js');
    return stat ? renderStat(files, screen) : renderNames(files);
  }
  const bytes = Buffer.concat(files.map((file) => file.bytes));
  if (!screen.isTerminal && !screen.palette.enabled) return bytes;
  // For eyes in colour, and nothing in it acts on the terminal.
  const { renderDiff } = await import('../render/diff.js');
  return renderDiff(bytes, screen.palette, (before, after) => engine.words(before, after));
}

function factsOf({ bytes: _bytes, ...facts }: WrittenDiff): FileDifference {
  return facts;
}

/** Links are not followed, and what they are is not compared: that is said, not passed over. */
export async function aboutOthers({ others }: Comparison): Promise<string> {
  if (others.length === 0) return '';
  const { count } = await import('../render/words.js');
  const { plain } = await import('../render/safe.js');
  const [first = ''] = others;
  return `firn: ${count(others.length, 'link or special file', 'links or special files')} not compared, such as ${plain(first)}\n`;
}
