// @ts-check
import { runInNode } from './run-in-node.mjs';

await runInNode('wasm', 'wasm-node.json');
