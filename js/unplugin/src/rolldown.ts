/** For `plugins` of rolldown's configuration. */
import { unplugin } from './index.js';

export default unplugin.rolldown;
