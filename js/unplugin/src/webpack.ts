/** For `plugins` of webpack's configuration. */
import { unplugin } from './index.js';

export default unplugin.webpack;
