/** For `plugins` of rspack's configuration. */
import { unplugin } from './index.js';

export default unplugin.rspack;
