// @ts-check
import { describeLaws } from './laws.mjs';

await describeLaws('native');
