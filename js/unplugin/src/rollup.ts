/** For `plugins` of rollup's configuration. */
import process from 'node:process';
import { hooksOf, runOf } from './hooks.js';
import type { PluginFor } from './options.js';
import { rollupHooks } from './rollup-hooks.js';

const firn: PluginFor<'rollup'> = (options) => {
  const run = runOf(options, process.cwd());
  return { ...hooksOf(run, 'rollup'), ...rollupHooks(run) };
};

export default firn;
