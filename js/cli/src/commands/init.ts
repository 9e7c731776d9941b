/** `firn init`: an empty set. */
import { MANIFEST_NAME, type SetManifest } from '@firn/sets';
import { saveSet } from '@firn/sets/node';
import type { SetsOptions } from '../calls/set-options.js';
import { Exit } from '../exit.js';
import { plain } from '../render/safe.js';
import { answering, requireId } from '../sets/workspace.js';
import type { Answer } from './answer.js';

export function init(set: string, { patches }: SetsOptions): Promise<Answer> {
  requireId(set, 'the name of a set');
  return answering(() => {
    const path = `${patches}/${set}`;
    const empty: SetManifest = { schema: 'firn.set/1', id: set, patches: [] };
    saveSet(path, { before: undefined, after: empty });
    return {
      exitCode: Exit.fine,
      facts: () => ({ sets: [{ id: set, path, patches: [] }] }),
      words: async () => ({ out: `${plain(path)}/${MANIFEST_NAME}\n` }),
    };
  });
}
