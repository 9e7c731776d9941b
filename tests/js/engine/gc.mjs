// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
/** Collects garbage now. */
export const collect = /** @type {() => void} */ (vm.runInNewContext('gc'));

/** Collects garbage until `done`, or for two seconds. @param {() => boolean} done @param {number} most */
export async function collectUntil(done, most = 200) {
  for (let round = 0; round < most && !done(); round += 1) {
    collect();
    await wait(10);
  }
}
