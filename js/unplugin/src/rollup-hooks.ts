/** The end of a build in Rollup, Rolldown and Vite. */
import { endOfBuild } from './end-of-build.js';
import type { Run, UnusedRule } from './run.js';

/** What is asked of the context of a hook; all three have it. */
interface Context {
  getModuleIds(): IterableIterator<string>;
  emitFile(file: { type: 'asset'; fileName: string; source: string | Uint8Array }): string;
  warn(message: string): void;
  /** Vite's. */
  readonly environment?: { readonly config: { readonly consumer: string } };
}

export const rollupHooks = (run: Run) => ({
  async buildEnd(this: Context, error?: Error): Promise<void> {
    if (error || run.isServing) return;
    const { extras, warnings } = await endOfBuild(run, this.getModuleIds(), ruleOf(run, this));
    for (const warning of warnings) this.warn(warning);
    for (const extra of extras) this.emitFile({ type: 'asset', ...extra });
  },
});

/** A server takes only some of the files: a stylesheet, a page are none of its business. */
function ruleOf({ project }: Run, { environment }: Context): UnusedRule {
  const isServer = environment?.config.consumer === 'server';
  return project.settings.unused ?? (isServer ? 'ignore' : 'error');
}
