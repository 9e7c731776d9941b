// @ts-check
import { loadEngine } from '@firn/engine';

import { runInNode } from '../conformance/run-in-node.mjs';
import { checkedModule } from './checked.mjs';

await runInNode('wasm', undefined, await loadEngine({ backend: 'wasm', wasm: checkedModule }));
