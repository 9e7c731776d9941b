// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
/** Collects garbage now. */
export const collect = /** @type {() => void} */ (vm.runInNewContext('gc'));

/** Collects garbage until `done`, or for two seconds. @param {() => boolean} done */
export async function collectUntil(done) {
  for (let round = 0; round < 200 && !done(); round += 1) {
    collect();
    await wait(10);
  }
}
