/** For `plugins` of rolldown's configuration. */
import process from 'node:process';
import { hooksOf, runOf } from './hooks.js';
import type { PluginFor } from './options.js';
import { rollupHooks } from './rollup-hooks.js';

const firn: PluginFor<'rolldown'> = (options) => {
  const run = runOf(options, process.cwd());
  return { ...hooksOf(run, 'rolldown'), ...rollupHooks(run) };
};

export default firn;
