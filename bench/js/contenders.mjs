// @ts-check
// Contenders by name, such as "addon bytes 5,000/500" or "jsdiff createPatch lodash": who, what, and
// the input, which comes last. Runs in Node and in a page.

import { patching } from './patching.mjs';
import { roundsOf } from './rounds.mjs';
import { mapping } from './source-maps.mjs';
import { differing, merging } from './versions.mjs';
import { viewing } from './viewing.mjs';
import { makeWorkload, sizeOf } from './workload.mjs';

/** @import { Engine } from '@firn/engine' */
/** @import { Field } from './field.mjs' */
/** @import { Contenders, Timing } from './rounds.mjs' */
/** @import { Versions } from './versions.mjs' */
/** @import { Workload } from './workload.mjs' */

const OF_WORKLOADS = [patching, viewing, mapping];
const OF_VERSIONS = [differing, merging];

/** @param {string} name */
export function split(name) {
  const at = name.lastIndexOf(' ');
  return { contender: name.slice(0, at), input: name.slice(at + 1) };
}

/**
 * A contender that has at hand what a user would have, and was not called yet; what it makes has to be right.
 * @template Input
 * @param {Field<Input>[]} fields
 * @param {string} contender
 * @param {Input} input
 * @param {Record<string, Engine>} engines
 */
export function prepared(fields, contender, input, engines) {
  const [backend = '', ...task] = contender.split(' ');
  const engine = engines[backend];
  for (const { tasks, peers, isRight } of fields) {
    const run = engine ? tasks[task.join(' ')]?.(engine, input) : peers[contender]?.(input);
    if (!run) continue;
    const requireRight = (/** @type {unknown} */ made) => {
      if (!isRight(made, input)) throw new Error(`${contender} does not make what it should`);
    };
    return { run, requireRight };
  }
  throw new Error(`there is no ${contender}`);
}

/** What is timed; it has been called once. @param {ReturnType<typeof prepared>} contender */
function checked({ run, requireRight }) {
  requireRight(run());
  return run;
}

/**
 * @param {string[]} names
 * @param {Record<string, Engine>} engines By the name of the backend.
 * @param {Timing & { versionsOf: (name: string) => Versions, more?: Field<Workload>[] }} options
 *   `more`: of contenders that not every place has.
 */
export async function measure(names, engines, options) {
  /** @type {Record<string, string>} */
  const facts = {};
  /** @type {Contenders} */
  const contenders = {};
  const ofWorkloads = [...OF_WORKLOADS, ...(options.more ?? [])];
  for (const input of new Set(names.map((name) => split(name).input))) {
    const asked = names.filter((name) => split(name).input === input);
    const size = sizeOf(input);
    const workload = size && makeWorkload(size);
    const versions = workload ? undefined : options.versionsOf(input);
    for (const name of asked) {
      const { contender } = split(name);
      if (workload) contenders[name] = checked(prepared(ofWorkloads, contender, workload, engines));
      if (versions) contenders[name] = checked(prepared(OF_VERSIONS, contender, versions, engines));
    }
    if (workload) facts[`patched ${input}`] = fingerprintOf(workload.expected, engines);
  }
  return { rounds: await roundsOf(contenders, options), facts };
}

/** @param {string} text @param {Record<string, Engine>} engines */
function fingerprintOf(text, engines) {
  const [engine] = Object.values(engines);
  if (!engine) throw new Error('there is no engine');
  return engine.freeze(text).fingerprint;
}
