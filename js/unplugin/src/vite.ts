/** For `plugins` of vite's configuration. */
import { unplugin } from './index.js';

export default unplugin.vite;
