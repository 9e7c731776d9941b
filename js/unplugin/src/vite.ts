/** For `plugins` of vite's configuration. */
import process from 'node:process';
import { hooksOf, runOf } from './hooks.js';
import type { PluginFor } from './options.js';
import { viteHooks } from './vite-hooks.js';

const firn: PluginFor<'vite'> = (options) => {
  const run = runOf(options, process.cwd());
  const hooks = hooksOf(run, 'vite');
  return { ...hooks, ...viteHooks(run, hooks.transform) };
};

export default firn;
