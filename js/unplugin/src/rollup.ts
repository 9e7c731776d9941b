/** For `plugins` of rollup's configuration. */
import { unplugin } from './index.js';

export default unplugin.rollup;
