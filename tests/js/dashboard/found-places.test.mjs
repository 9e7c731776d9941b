// @ts-check
/** The places that a search found, gone through one by one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { FoundPlaces } from '../../../js/dashboard/dist/js/code/found-places.js';

/** Side (0: the baseline), line and column of each. */
const PLACES = [
  [0, 3, 7],
  [1, 3, 0],
  [1, 3, 12],
  [1, 3, 4_000],
  [1, 9, 2],
];

const found = () => new FoundPlaces(Uint32Array.from(PLACES.flat()));

describe('places that were found', () => {
  it('are gone through forward and back, around either end', () => {
    const places = found();
    /** @param {1 | -1} direction */
    const walk = (direction) =>
      PLACES.map(() => {
        const { side, line, column } = places.go(direction) ?? {};
        return [side === 'base' ? 0 : 1, line, column];
      });
    assert.deepEqual(walk(1), PLACES);
    assert.deepEqual(walk(1), PLACES);
    assert.deepEqual(walk(-1), [...PLACES.slice(0, -1).reverse(), PLACES.at(-1)]);
  });

  it('begin at the last one for who goes back first', () => {
    const places = found();
    assert.equal(places.found.at, -1);
    assert.equal(places.go(-1)?.line, 9);
    assert.deepEqual(places.found, { at: 4, total: 5, isCut: false });
  });

  it('are counted within their line and their side, from what is shown of it', () => {
    const places = found();
    const marks = PLACES.map(() => {
      places.go(1);
      return places.marksBefore(0);
    });
    assert.deepEqual(marks, [0, 0, 1, 2, 0]);
    for (let step = 0; step < 4; step += 1) places.go(1);
    assert.equal(places.marksBefore(3_000), 0);
  });

  it('may be none', () => {
    const places = new FoundPlaces();
    assert.equal(places.go(1), undefined);
    assert.deepEqual(places.found, { at: -1, total: 0, isCut: false });
    assert.deepEqual(places.sample(10), []);
  });

  it('are told in part where they are many', () => {
    const many = Uint32Array.from(Array.from({ length: 10_000 }, (_, at) => [1, at + 1, 0]).flat());
    const sample = new FoundPlaces(many).sample(500);
    assert.equal(sample.length, 500);
    assert.deepEqual(
      [sample[0], sample[1], sample.at(-1)].map((place) => place?.line),
      [1, 21, 9_981],
    );
  });
});
