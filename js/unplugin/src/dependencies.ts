/** Packages that Vite bundles before anything else: patched on the way, never in `node_modules`. */
import type { Rolldown } from 'vite';
import type { Run } from './run.js';

export function dependenciesPlugin(
  name: string,
  { project }: Run,
  filter: RegExp,
): Rolldown.Plugin {
  return {
    name,
    transform: {
      filter: { id: filter },
      async handler(code, id) {
        const located = project.patchedFile(id);
        if (!located) return null;
        const { code: patched, map } = await project.patch(located, code, true);
        return { code: patched, map };
      },
    },
  };
}
