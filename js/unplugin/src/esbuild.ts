/** For `plugins` of esbuild's configuration. */
import { unplugin } from './index.js';

export default unplugin.esbuild;
