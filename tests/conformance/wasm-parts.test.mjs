// @ts-check
import { loadEngine } from '@firn/engine';

import { runInNode } from './run-in-node.mjs';

const engine = await loadEngine({ backend: 'wasm', verbs: 'page' });
await engine.complete();
await runInNode('wasm', 'wasm-parts.json', engine);
