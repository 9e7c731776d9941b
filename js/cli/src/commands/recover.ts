/** `firn apply --continue` and `--abort`: an apply to a tree that was cut short, finished or taken back. */
import { Exit } from '../exit.js';
import { count } from '../render/words.js';
import { finishEarlier, undoEarlier } from '../tree/recover.js';
import { Root } from '../tree/root.js';
import { rootName } from '../tree/unfinished.js';
import type { Answer } from './answer.js';

export async function recover(directory: string, deed: 'finish' | 'undo'): Promise<Answer> {
  const root = new Root(directory);
  const { steps } = deed === 'finish' ? finishEarlier(root) : undoEarlier(root);
  const files = steps.filter(({ kind }) => kind === 'write' || kind === 'remove');
  const done = deed === 'finish' ? 'as it should be' : 'as it was';
  return {
    exitCode: Exit.fine,
    facts: () => ({ tree: { directory, recovered: files.map(({ path }) => path) } }),
    words: async () => ({
      err: `firn: ${rootName(root)} is ${done}: ${count(files.length, 'file')}\n`,
    }),
  };
}
