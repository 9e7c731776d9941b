import { describe, requireWhole } from './arguments.js';
import { invalidArgument } from './error.js';

/** Places of patches as they cross; whether they are there is for the engine to say. */
export function placesArgument(places: readonly number[], what: string): Uint8Array {
  if (!Array.isArray(places)) {
    throw invalidArgument(`${what}: needs an array of places, not ${describe(places)}`);
  }
  const crossing = new Uint32Array(places.length);
  for (let at = 0; at < crossing.length; at += 1) {
    const place: unknown = places[at];
    if (typeof place === 'number') crossing[at] = place;
    if (crossing[at] !== place) requireWhole(place, `${what}: places[${at}]`, 0, 2 ** 32 - 1);
  }
  return new Uint8Array(crossing.buffer);
}
