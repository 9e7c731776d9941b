/** The plugin that all bundlers run: one transform, one virtual module, and what each wants besides. */
import process from 'node:process';
import type {
  HookFnMap,
  UnpluginBuildContext,
  UnpluginContextMeta,
  UnpluginOptions,
} from 'unplugin';
import { esbuildHooks, messageOf } from './esbuild-hooks.js';
import { filterOf } from './module-id.js';
import { type FirnOptions, settingsOf } from './options.js';
import { FirnPluginError } from './plugin-error.js';
import { Project } from './project.js';
import { rollupHooks } from './rollup-hooks.js';
import type { Run } from './run.js';
import {
  VIRTUAL_FILE,
  VIRTUAL_ID,
  VIRTUAL_MODULE,
  VIRTUAL_REQUEST,
  virtualSource,
} from './virtual-module.js';
import { viteHooks } from './vite-hooks.js';
import { webpackHooks } from './webpack-hooks.js';

type Framework = UnpluginContextMeta['framework'];

interface TransformHook {
  filter: { id: RegExp };
  handler: HookFnMap['transform'];
}

export function pluginOf(
  options: FirnOptions | undefined,
  meta: UnpluginContextMeta,
): UnpluginOptions {
  const project = new Project(settingsOf(options), rootOf(meta));
  const { files } = project.index;
  const run: Run = {
    project,
    used: new Set(),
    files: new Set(files),
    isServing: false,
    isMapped: true,
    hasStarted: false,
  };
  const filter = filterOf(files);
  const transform = transformHook(run, filter, meta.framework);
  return { ...commonHooks(run, meta.framework), transform, ...ownHooks(run, transform, meta) };
}

function commonHooks(run: Run, framework: Framework): UnpluginOptions {
  const { project } = run;
  const isOfRollup = ['rollup', 'rolldown', 'vite'].includes(framework);
  return {
    name: 'firn',
    enforce: 'pre',
    buildStart() {
      startAgain(run);
      // It sees the second time that a file is replaced only where it watches the folder, too.
      if (framework === 'rollup') watchAll(this, () => project.folders);
    },
    resolveId: {
      filter: { id: VIRTUAL_REQUEST },
      handler: () => (isOfRollup ? VIRTUAL_ID : VIRTUAL_FILE),
    },
    load: {
      filter: { id: VIRTUAL_MODULE },
      async handler() {
        for (const file of project.index.files) watch(this, run, file);
        return virtualSource(await project.manifest(), run.isServing);
      },
    },
  };
}

/** The heart of it: null for what no patch is for. */
function transformHook(run: Run, id: RegExp, framework: Framework): TransformHook {
  const { project } = run;
  return {
    filter: { id },
    async handler(code, id) {
      const located = project.patchedFile(id);
      watch(this, run, located?.file);
      if (!located) return null;
      run.used.add(located.file);
      try {
        const isMapped = run.isMapped && isMappedModule(this);
        const { code: patched, map } = await project.patch(located, code, isMapped);
        return { code: patched, map };
      } catch (error) {
        if (framework !== 'esbuild') throw error;
        // Thrown errors lose their place there.
        const { text, location } = messageOf(error);
        this.error({ message: text, loc: location ?? undefined });
        return null;
      }
    },
  };
}

function ownHooks(
  run: Run,
  transform: TransformHook,
  meta: UnpluginContextMeta,
): Partial<UnpluginOptions> {
  switch (meta.framework) {
    case 'vite':
      return { vite: viteHooks(run, transform) };
    case 'rollup':
      return { rollup: rollupHooks(run) };
    case 'rolldown':
      return { rolldown: rollupHooks(run) };
    case 'webpack':
      return { webpack: webpackHooks(run) };
    case 'rspack':
      return { rspack: webpackHooks(run) };
    case 'esbuild':
      return { esbuild: esbuildHooks(run, transform.filter.id) };
    default:
      throw new FirnPluginError({
        code: 'invalid_argument',
        message: `@firn/unplugin knows no ${meta.framework}`,
      });
  }
}

function rootOf(meta: UnpluginContextMeta): string {
  if (meta.framework === 'webpack') return meta.webpack.compiler.context;
  if (meta.framework === 'rspack') return meta.rspack.compiler.context;
  return process.cwd();
}

/** webpack and Rspack say it module by module. */
function isMappedModule(context: UnpluginBuildContext): boolean {
  const native = context.getNativeBuildContext?.();
  const isOfWebpack = native?.framework === 'webpack' || native?.framework === 'rspack';
  return !isOfWebpack || native.loaderContext?.sourceMap !== false;
}

/**
 * A build that runs once watches nothing; Vite's server watches the sets itself. Of a module whose
 * patches are off, undefined: a manifest can say otherwise tomorrow.
 */
function watch(context: UnpluginBuildContext, run: Run, file: string | undefined): void {
  const { project, isServing } = run;
  if (!isServing) watchAll(context, () => project.watchedFor(file));
}

function watchAll(context: UnpluginBuildContext, paths: () => readonly string[]): void {
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
