/** One at a time puts a set in place. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { FirnSetError } from '../error.js';
import { quoted } from '../quoted.js';
import { removeIfThere } from './read-below.js';

/** A turn takes a few renames; a file that has been seen for so long is of somebody who was killed. */
const ABANDONED_MILLISECONDS = 10_000;

/** Time for who was killed, and for some that are at work. */
const PATIENCE_MILLISECONDS = 30_000;

const TURN = /^\.firn-[0-9a-f]{24}\.turn\.tmp$/;

/**
 * Does `act` while nobody else does anything so in `folder`, which is there. Whoever wants a turn leaves
 * a file of its own there and only then looks for those of others: of any two, one sees the other.
 * No name is used twice, so that a file which was left behind can be removed by anybody.
 *
 * Throws `set_changed_meanwhile` where it comes to no turn; Node's own error for what cannot be written.
 */
export function inTurn<T>(folder: string, act: () => T): T {
  const began = Date.now();
  const firstSeen = new Map<string, number>();
  for (let now = began; now - began < PATIENCE_MILLISECONDS; now = Date.now()) {
    const own = `${folder}/.firn-${randomBytes(12).toString('hex')}.turn.tmp`;
    closeSync(openSync(own, 'wx'));
    try {
      const others = readdirSync(folder).filter((name) => TURN.test(name) && !own.endsWith(name));
      if (others.length === 0) return act();
      removeAbandoned(folder, others, firstSeen, now);
    } finally {
      removeIfThere(own);
    }
    pause();
  }
  const message = `others are changing the patch set in ${quoted(folder)} all the time`;
  throw new FirnSetError({ code: 'set_changed_meanwhile', message, path: folder });
}

function removeAbandoned(
  folder: string,
  turns: readonly string[],
  firstSeen: Map<string, number>,
  now: number,
): void {
  for (const name of turns) {
    const seen = firstSeen.get(name) ?? now;
    firstSeen.set(name, seen);
    if (now - seen >= ABANDONED_MILLISECONDS) removeIfThere(`${folder}/${name}`);
  }
}

/** By chance, or those who met would meet again. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + 9 * Math.random());
}
