/**
 * Patch sets in a bundler. Each bundler has an entry of its own, which all call this:
 *
 *     import firn from '@firn/unplugin/vite';
 *     export default { plugins: [firn({ root: 'baseline', sets: ['alpenglow'] })] };
 */
import { createUnplugin, type UnpluginInstance } from 'unplugin';
import type { FirnOptions } from './options.js';
import { pluginOf } from './plugin.js';

export type { FirnOptions } from './options.js';
export { FirnPluginError } from './plugin-error.js';

export const unplugin: UnpluginInstance<FirnOptions | undefined, false> = createUnplugin(pluginOf);
