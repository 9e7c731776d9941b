// @ts-check
/** Waiting for what somebody else does: a watcher, a page, another process. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long a test waits for what is there in a moment where nothing else runs. A machine that does much else takes a hundred
 * times as long, and who waits for what comes waits no longer than it takes. Less than the limit of a test, so that what did
 * not come has a name.
 */
export const PATIENCE_MILLISECONDS = 240_000;

/**
 * Looks again and again until `look` neither throws nor gives false, and gives what it gave. Throws what it threw last.
 * @template T @param {string} what is waited for @param {() => T | Promise<T>} look @param {number} [pause] Milliseconds.
 * @returns {Promise<T>}
 */
export async function until(what, look, pause = 20) {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    /** @type {unknown} */
    let cause;
    try {
      const found = await look();
      if (found !== false) return found;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) {
      const last = cause instanceof Error ? `: ${cause.message}` : '';
      throw new Error(`never came: ${what}${last}`, { cause });
    }
    await sleep(pause);
  }
}
