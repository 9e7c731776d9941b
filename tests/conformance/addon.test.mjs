// @ts-check
import { runInNode } from './run-in-node.mjs';

await runInNode('native', 'addon-node.json');
