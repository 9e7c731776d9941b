// @ts-check
import { readFileSync } from 'node:fs';

/**
 * The time that a process's main thread has had a processor, in milliseconds: what someone would
 * wait on a machine that does nothing else. Compilers and collectors that work on other threads
 * meanwhile do not count, nor does what other processes take.
 * @param {number} processId
 */
export function mainThreadTime(processId) {
  const schedstat = readFileSync(`/proc/${processId}/task/${processId}/schedstat`, 'utf8');
  return Number(schedstat.split(' ')[0]) / 1e6;
}
