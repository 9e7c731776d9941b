// @ts-check
// node --expose-gc bench/js/peak-memory.mjs NAME: prints how many bytes this process grows by, at most, while a contender makes the
// patched text for the first time, and of how many bytes that text is. What it had at hand before is not counted.

import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { loadEngine } from '@firn/engine';
import { prepared, split } from './contenders.mjs';
import { patching } from './patching.mjs';
import { makeWorkload, sizeOf } from './workload.mjs';

const [name = ''] = process.argv.slice(2);
const { contender, input } = split(name);
const size = sizeOf(input);
if (!size) throw new Error(`${name} names no size`);

/** Bytes, by the system's count. @param {'VmRSS' | 'VmHWM'} field Now, and the most there was. */
function resident(field) {
  const status = readFileSync('/proc/self/status', 'utf8');
  return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
}

/** The most there was is what there is now. */
const forgetMost = () => writeFileSync('/proc/self/clear_refs', '5');

/** What was let go of, and is not given back to the system, would be taken again unseen. */
function giveBack() {
  const collect = /** @type {((how: object) => void) | undefined} */ (globalThis.gc);
  if (!collect) throw new Error('start it with --expose-gc');
  // The second time takes what finalizers of the first one let go.
  for (let times = 0; times < 3; times += 1) collect({ type: 'major', flavor: 'last-resort' });
}

// The other engine would be memory that nobody asked for.
const [who] = contender.split(' ');
const backend = who === 'addon' ? 'native' : 'wasm';
const engines = who === 'addon' || who === 'wasm' ? { [who]: await loadEngine({ backend }) } : {};
const workload = makeWorkload(size);
const { run, requireRight } = prepared([patching], contender, workload, engines);
giveBack();
forgetMost();
const before = resident('VmRSS');
const made = run();
const most = resident('VmHWM');
requireRight(made);
console.log(JSON.stringify([most - before, Buffer.byteLength(workload.expected)]));
