/** For `plugins` of rspack's configuration. */
import type { RspackPluginInstance } from '@rspack/core';
import { unplugin } from './index.js';
import type { FirnOptions } from './options.js';

// Declared, for TypeScript would name unplugin's typings here, which name bundlers that nobody has.
const firn: (options?: FirnOptions) => RspackPluginInstance = unplugin.rspack;

export default firn;
