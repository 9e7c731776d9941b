/** The hooks that all bundlers run: one transform, one virtual module, a beginning. */
import type { NativeBuildContext } from 'unplugin';
import { messageOf } from './esbuild-hooks.js';
import { filterOf } from './module-id.js';
import { type FirnOptions, settingsOf } from './options.js';
import type { SourceMap } from './patch-module.js';
import { type ErrorLocation, FirnPluginError } from './plugin-error.js';
import { Project } from './project.js';
import type { Run } from './run.js';
import {
  VIRTUAL_FILE,
  VIRTUAL_ID,
  VIRTUAL_MODULE,
  VIRTUAL_REQUEST,
  virtualSource,
} from './virtual-module.js';

/** Who runs them: bundlers of Rollup's kind, whose hooks they are, or others, through unplugin. */
export type Bundler = 'vite' | 'rollup' | 'rolldown' | 'webpack' | 'rspack' | 'esbuild';

/** What is asked of the context of any hook. */
interface Watcher {
  addWatchFile(file: string): void;
}

/** And of that of the transform. */
interface Context extends Watcher {
  error(log: { message: string; loc?: ErrorLocation }): void;
  /** unplugin's. */
  readonly getNativeBuildContext?: (() => NativeBuildContext) | undefined;
}

/** `root`: where the bundler is, which some tell later. */
export function runOf(options: FirnOptions | undefined, root: string): Run {
  const project = new Project(settingsOf(options), root);
  return {
    project,
    used: new Set(),
    files: new Set(project.index.files),
    isServing: false,
    isMapped: true,
    hasStarted: false,
  };
}

export function hooksOf(run: Run, bundler: Bundler) {
  const { project } = run;
  const isOfRollup = ['rollup', 'rolldown', 'vite'].includes(bundler);
  return {
    name: 'firn',
    enforce: 'pre' as const,
    buildStart(this: Watcher): void {
      startAgain(run);
      // It sees the second time that a file is replaced only where it watches the folder, too.
      if (bundler === 'rollup') watchAll(this, () => project.folders);
    },
    resolveId: {
      filter: { id: VIRTUAL_REQUEST },
      // Bundlers that know no filters ask for everything.
      handler(request: string): string | null {
        if (!VIRTUAL_REQUEST.test(request)) return null;
        return isOfRollup ? VIRTUAL_ID : VIRTUAL_FILE;
      },
    },
    load: {
      filter: { id: VIRTUAL_MODULE },
      async handler(this: Watcher, id: string): Promise<string | null> {
        if (!VIRTUAL_MODULE.test(id)) return null;
        for (const file of project.index.files) watch(this, run, file);
        return virtualSource(await project.manifest(), run.isServing);
      },
    },
    transform: {
      filter: { id: filterOf(project.index.files) },
      handler(this: Context, code: string, id: string): Promise<Transformed | null> {
        return transformed(this, run, bundler, code, id);
      },
    },
  };
}

interface Transformed {
  code: string;
  map: SourceMap | null;
}

/** The heart of it: null for what no patch is for. */
async function transformed(
  context: Context,
  run: Run,
  bundler: Bundler,
  code: string,
  id: string,
): Promise<Transformed | null> {
  const located = run.project.patchedFile(id);
  watch(context, run, located?.file);
  if (!located) return null;
  run.used.add(located.file);
  try {
    const isMapped = run.isMapped && isMappedModule(context);
    const { code: patched, map } = await run.project.patch(located, code, isMapped);
    return { code: patched, map };
  } catch (error) {
    if (bundler !== 'esbuild') throw error;
    // Thrown errors lose their place there.
    const { text, location } = messageOf(error);
    context.error({ message: text, ...(location && { loc: location }) });
    return null;
  }
}

/** webpack and Rspack say it module by module. */
function isMappedModule(context: Context): boolean {
  const native = context.getNativeBuildContext?.();
  const isOfWebpack = native?.framework === 'webpack' || native?.framework === 'rspack';
  return !isOfWebpack || native.loaderContext?.sourceMap !== false;
}

/**
 * A build that runs once watches nothing; Vite's server watches the sets itself. Of a module whose
 * patches are off, undefined: a manifest can say otherwise tomorrow.
 */
function watch(context: Watcher, run: Run, file: string | undefined): void {
  const { project, isServing } = run;
  if (!isServing) watchAll(context, () => project.watchedFor(file));
}

function watchAll(context: Watcher, paths: () => readonly string[]): void {
  if (runsOnce(context)) return;
  for (const each of paths()) context.addWatchFile(each);
}

/** Bundlers of Rollup's kind say so. */
function runsOnce(context: object): boolean {
  const meta: unknown = 'meta' in context ? context.meta : undefined;
  if (typeof meta !== 'object' || meta === null || !('watchMode' in meta)) return false;
  return meta.watchMode === false;
}

/** A watcher builds again and again: each time with the sets as they are now. */
function startAgain(run: Run): void {
  const { project, used, files, isServing } = run;
  used.clear();
  // What was read when the plugin was made is of the same build.
  if (run.hasStarted) project.read();
  run.hasStarted = true;
  project.requireSound();
  const more = project.index.files.filter((file) => !files.has(file));
  if (more.length === 0 || isServing) return;
  throw new FirnPluginError({
    code: 'set_unused_patch',
    message: `there are patches for ${more.join(', ')} since: start the bundler again`,
  });
}
