/** `firn list`: what the manifests say. */
import { loadSets, setNames } from '@firn/sets/node';
import type { ManySetsOptions } from '../calls/set-options.js';
import { Exit } from '../exit.js';
import { patchResult } from '../json/result.js';
import { answering, noSets } from '../sets/workspace.js';
import type { Answer } from './answer.js';

export function list({ patches, set }: ManySetsOptions): Promise<Answer> {
  return answering(() => {
    const names = set ?? setNames(patches);
    if (names.length === 0) throw noSets(patches);
    const sets = loadSets(patches, names).map(({ id, path, patches: all }) => ({
      id,
      path,
      patches: all.map((patch) => patchResult(patch)),
    }));
    return {
      exitCode: Exit.fine,
      facts: () => ({ sets }),
      words: async (screenOf) => {
        const { renderList } = await import('../render/set-table.js');
        return { out: renderList(sets, screenOf(1)) };
      },
    };
  });
}
