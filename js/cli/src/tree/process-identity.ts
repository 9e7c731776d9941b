/** Who is at work on a tree, told apart from a later process with the same id. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { errnoOf } from '../io/errno.js';

export interface ProcessIdentity {
  readonly id: number;
  /** As the system has it; ids are used again. Empty where it does not tell. */
  readonly started: string;
}

/** What no system goes beyond. Zero and below are no processes but groups of them. */
export const MAX_PROCESS_ID = 2 ** 31 - 1;

export function ourselves(): ProcessIdentity {
  return { id: process.pid, started: startOf(process.pid) };
}

export function isAlive({ id, started }: ProcessIdentity): boolean {
  if (id === process.pid && started === startOf(id)) return true;
  try {
    process.kill(id, 0);
  } catch (error) {
    return errnoOf(error) === 'EPERM' && started === startOf(id);
  }
  return started === startOf(id);
}

/** When a process began, in the system's own count; empty where /proc does not say. */
function startOf(id: number): string {
  try {
    // The name of the program, in parentheses, may hold anything.
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
  } catch {
    return '';
  }
}
