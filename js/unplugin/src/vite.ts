/** For `plugins` of vite's configuration. */
import process from 'node:process';
import type { Plugin } from 'vite';
import { hooksOf, runOf } from './hooks.js';
import type { FirnOptions } from './options.js';
import { viteHooks } from './vite-hooks.js';

export default function firn(options?: FirnOptions): Plugin {
  const run = runOf(options, process.cwd());
  const hooks = hooksOf(run, 'vite');
  return { ...hooks, ...viteHooks(run, hooks.transform) };
}
