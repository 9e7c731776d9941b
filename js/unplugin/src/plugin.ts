/** The plugin of bundlers that unplugin speaks with: those of Rollup's kind need nobody between. */
import process from 'node:process';
import type { UnpluginContextMeta, UnpluginOptions } from 'unplugin';
import { esbuildHooks } from './esbuild-hooks.js';
import { hooksOf, runOf } from './hooks.js';
import type { FirnOptions } from './options.js';
import { FirnPluginError } from './plugin-error.js';
import { rollupHooks } from './rollup-hooks.js';
import { viteHooks } from './vite-hooks.js';
import { webpackHooks } from './webpack-hooks.js';

export function pluginOf(
  options: FirnOptions | undefined,
  meta: UnpluginContextMeta,
): UnpluginOptions {
  const run = runOf(options, rootOf(meta));
  switch (meta.framework) {
    case 'vite': {
      const hooks = hooksOf(run, 'vite');
      return { ...hooks, vite: viteHooks(run, hooks.transform) };
    }
    case 'rollup':
    case 'rolldown':
      return { ...hooksOf(run, meta.framework), [meta.framework]: rollupHooks(run) };
    case 'webpack':
    case 'rspack':
      return { ...hooksOf(run, meta.framework), [meta.framework]: webpackHooks(run) };
    case 'esbuild': {
      const hooks = hooksOf(run, 'esbuild');
      return { ...hooks, esbuild: esbuildHooks(run, hooks.transform.filter.id) };
    }
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
