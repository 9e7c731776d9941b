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
  const run: Run = { project, used: new Set(), files: new Set(files), isServing: false };
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
    },
    resolveId: {
      filter: { id: VIRTUAL_REQUEST },
      handler: () => (isOfRollup ? VIRTUAL_ID : VIRTUAL_FILE),
    },
    load: {
      filter: { id: VIRTUAL_MODULE },
      async handler() {
        for (const file of project.index.files) watch(this, project, file);
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
      if (!located) return null;
      run.used.add(located.file);
      watch(this, project, located.file);
      try {
        const { code: patched, map } = await project.patch(located, code);
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

function watch(context: UnpluginBuildContext, project: Project, file: string): void {
  for (const each of project.watchedFor(file)) context.addWatchFile(each);
}

/** A watcher builds again and again: each time with the sets as they are now. */
function startAgain({ project, used, files, isServing }: Run): void {
  used.clear();
  project.read();
  project.requireSound();
  const more = project.index.files.filter((file) => !files.has(file));
  if (more.length === 0 || isServing) return;
  throw new FirnPluginError({
    code: 'set_unused_patch',
    message: `there are patches for ${more.join(', ')} since: start the bundler again`,
  });
}
