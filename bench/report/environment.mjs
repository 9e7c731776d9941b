// @ts-check
// Where the numbers come from: the machine, what was run, and who else was running.

import { readFileSync } from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import { root, run } from '../suites/suite.mjs';

/**
 * @typedef {object} Environment
 * @property {string} commit
 * @property {string} date
 * @property {string} machine
 * @property {string} system
 * @property {Record<string, string>} versions Of everything that was run.
 * @property {number} othersShare What other processes took of the machine meanwhile, 0 to 1.
 */

/** From here on the numbers are no longer those of a quiet machine. */
const BUSY = 0.1;

/** Seconds that all processors together have worked, and this process with those it started. */
function processorSeconds() {
  const ticksPerSecond = 100;
  const [, ...columns] = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/ +/) ?? [];
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = columns.map(Number);
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // Behind the name, which may hold anything, comes the third field; these are 14 to 17.
  const own = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
  return {
    all: (user + nice + system + irq + softirq + steal) / ticksPerSecond,
    own: own.map(Number).reduce((a, b) => a + b, 0) / ticksPerSecond,
  };
}

/** @returns {() => number} What others took of the machine since. */
export function watchOthers() {
  const start = { ...processorSeconds(), time: performance.now() };
  return () => {
    const end = processorSeconds();
    const capacity = ((performance.now() - start.time) / 1e3) * os.cpus().length;
    const others = end.all - start.all - (end.own - start.own);
    return Math.min(1, Math.max(0, others / capacity));
  };
}

/** @param {string} text The first line. */
const firstLine = (text) => text.split('\n')[0] ?? '';

/** @param {string} command */
function versionOfCommand(command) {
  const line = firstLine(run(command, ['--version']));
  return /\d+(\.\d+)+/.exec(line)?.[0] ?? line;
}

function versionsOfPackages() {
  const manifest = JSON.parse(readFileSync(`${root}bench/js/package.json`, 'utf8'));
  return Object.fromEntries(
    Object.entries(manifest.dependencies).filter(([name]) => !name.startsWith('@firn/')),
  );
}

/** @param {Record<string, string>} facts @param {number} othersShare @returns {Environment} */
export function environmentOf(facts, othersShare) {
  const [cpu] = os.cpus();
  const gibibytes = Math.round(os.totalmem() / 2 ** 30);
  const stated = Object.entries(facts).filter(([name]) => !name.startsWith('patched '));
  return {
    commit: run('git', ['describe', '--always', '--dirty', '--abbrev=12']).trim(),
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpu?.model.trim()}, ${os.cpus().length} cores, ${gibibytes} GiB`,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    versions: {
      ...Object.fromEntries(stated),
      Node: process.versions.node,
      git: versionOfCommand('git'),
      'GNU patch': versionOfCommand('patch'),
      'GNU diff': versionOfCommand('diff'),
      ...versionsOfPackages(),
    },
    othersShare,
  };
}

/** What to say of the company, if anything. @param {Environment} environment */
export function warningOf({ othersShare }) {
  if (othersShare < BUSY) return undefined;
  const percent = Math.round(othersShare * 100);
  return `Other processes took ${percent} % of the machine meanwhile: ratios are blurred, whole processes most.`;
}
