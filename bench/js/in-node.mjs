// @ts-check
// node bench/js/in-node.mjs EFFORT NAME...: measures these contenders, prints JSON.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { loadEngine } from '@firn/engine';
import { pairs } from '@firn/test-pairs';
import { mainThreadTime } from '../suites/processor-time.mjs';
import { measure } from './contenders.mjs';
import { crossing } from './crossing.mjs';

const [effort, ...names] = process.argv.slice(2);
if (!effort || names.length === 0) {
  console.error('usage: node bench/js/in-node.mjs EFFORT NAME...');
  process.exit(2);
}
const engines = {
  addon: await loadEngine({ backend: 'native' }),
  wasm: await loadEngine({ backend: 'wasm' }),
};
const inputs = {
  /** @param {string} name */
  versionsOf: (name) => {
    const pair = pairs.find((candidate) => candidate.name === name);
    if (!pair) throw new Error(`there is no pair of files named ${name}`);
    return {
      name,
      older: readFileSync(pair.older, 'utf8'),
      newer: readFileSync(pair.newer, 'utf8'),
    };
  },
};

const measured = await measure(names, engines, {
  ...JSON.parse(effort),
  ...inputs,
  more: [crossing],
  now: () => mainThreadTime(process.pid),
});
console.log(JSON.stringify(measured));
