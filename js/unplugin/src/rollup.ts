/** For `plugins` of rollup's configuration. */
import process from 'node:process';
import type { Plugin } from 'rollup';
import { hooksOf, runOf } from './hooks.js';
import type { FirnOptions } from './options.js';
import { rollupHooks } from './rollup-hooks.js';

export default function firn(options?: FirnOptions): Plugin {
  const run = runOf(options, process.cwd());
  return { ...hooksOf(run, 'rollup'), ...rollupHooks(run) };
}
