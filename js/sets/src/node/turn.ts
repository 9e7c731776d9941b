/** One at a time puts a set in place. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { FirnSetError } from '../error.js';
import { quoted } from '../quoted.js';
import { type Deed, endDeed, isBegun, perform, readDeed, writeDeed } from './deed.js';
import { isAbsent, removeIfThere } from './read-below.js';

/** A turn takes a few renames; a file that has been seen for so long is of somebody who was killed. */
const ABANDONED_MILLISECONDS = 10_000;

/** Time for who was killed, and for some that are at work. */
const PATIENCE_MILLISECONDS = 30_000;

const TURN = /^\.firn-[0-9a-f]{24}\.turn\.tmp$/;

/**
 * Does what `plan` says while nobody else changes anything in `folder`, which is there. Whoever wants a turn
 * leaves a file of its own there and only then looks for those of others: of any two, one sees the other. No
 * name is used twice. In a turn the file says what is to be done, so that of who is killed the next one ends
 * what was begun. What fails when some of it is done is left to the next one, too.
 *
 * Throws `set_changed_meanwhile` where it comes to no turn; Node's own error for what cannot be written.
 */
export function inTurn(folder: string, plan: () => Deed): void {
  const began = Date.now();
  const firstSeen = new Map<string, number>();
  for (let now = began; now - began < PATIENCE_MILLISECONDS; now = Date.now()) {
    const own = `${folder}/.firn-${randomBytes(12).toString('hex')}.turn.tmp`;
    closeSync(openSync(own, 'wx'));
    let deed: Deed | undefined;
    try {
      const others = turnsIn(folder).filter((name) => !own.endsWith(name));
      if (others.every((name) => isAbandoned(name, firstSeen, now))) {
        for (const name of others) endTurn(folder, name);
        deed = plan();
        writeDeed(own, deed);
        perform(folder, deed);
        deed = undefined;
        return;
      }
    } finally {
      if (!deed || !isBegun(folder, deed)) removeIfThere(own);
    }
    pause();
  }
  const message = `others are changing the patch set in ${quoted(folder)} all the time`;
  throw new FirnSetError({ code: 'set_changed_meanwhile', message, path: folder });
}

/**
 * Waits for who is changing the set in `folder`, and ends what somebody was killed at: whoever reads a set
 * in order to change it begins with this. Throws as `saveSet`. One look at the folder where nothing is left.
 */
export function settleSet(folder: string): void {
  if (turnsIn(folder).length > 0) inTurn(folder, () => ({ rename: [], remove: [] }));
}

function turnsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => TURN.test(name));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbandoned(name: string, firstSeen: Map<string, number>, now: number): boolean {
  const seen = firstSeen.get(name) ?? now;
  firstSeen.set(name, seen);
  return now - seen >= ABANDONED_MILLISECONDS;
}

function endTurn(folder: string, name: string): void {
  const deed = readDeed(folder, name);
  if (deed) endDeed(folder, deed);
  removeIfThere(`${folder}/${name}`);
}

/** By chance, or those who met would meet again. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + 9 * Math.random());
}
