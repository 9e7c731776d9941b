// @ts-check
/** Edits of a patched file as patches, patches taken away, and patches on another baseline. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import {
  amendPatch,
  applyFile,
  carryFollowers,
  carryPatches,
  recordEdit,
  textAfter,
} from '@firn/sets';

import { onBothBackends } from '../engine/backends.mjs';
import { made, randomNumbers, SEED, setOf, setRefusal } from './sets.mjs';

/** @typedef {import('@firn/sets').SetPatch} SetPatch */
/** @typedef {import('./sets.mjs').Made} Made */

const base = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((line) => `${line}\n`).join('');

/** @param {number} line @param {string} text @returns {import('./sets.mjs').Patches} */
const put = (line, text) => [{ op: 'replace', line, text }];

const draft = {
  id: 'new',
  set: 's',
  label: 's/new',
  file: 'a.txt',
  patch: 'new.json',
  path: 'patches/s/new.json',
  order: 50,
};

await onBothBackends('an edit of a patched file', (engine) => {
  const baseline = engine.freeze(base);
  const text = (/** @type {readonly SetPatch[]} */ patches) => {
    const built = applyFile(engine, baseline, patches);
    try {
      return built.patched.text();
    } finally {
      built.dispose();
    }
  };
  const set = (/** @type {Made[]} */ ...patches) => setOf(engine, 's', patches).patches;
  const record = (/** @type {readonly SetPatch[]} */ patches, /** @type {string} */ after) =>
    recordEdit(engine, baseline, patches, engine.freeze(after), draft);

  it('is independent of the patches when it touches none of their lines', () => {
    const patches = set(made('p', base, [{ op: 'insert', line: 1, lines: ['x', 'y'] }]));
    const after = text(patches).replace('f\n', 'F\n');
    const recorded = record(patches, after);
    assert.ok('patch' in recorded);
    assert.deepEqual([recorded.follows, recorded.patch.base], [undefined, baseline.fingerprint]);
    assert.equal(text([...patches, recorded.patch]), after);
    assert.equal(text([recorded.patch]), base.replace('f\n', 'F\n'));
  });

  it('follows the patch whose lines it touches', () => {
    const patches = set(made('p', base, put(3, 'C')), made('q', base, put(6, 'F')));
    const after = text(patches).replace('C\n', 'C!\n');
    const recorded = record(patches, after);
    assert.ok('patch' in recorded);
    assert.equal(recorded.follows?.id, 'p');
    assert.equal(text([...patches, recorded.patch]), after);
  });

  it('of lines of two patches can be said by no single one', () => {
    const patches = set(made('p', base, put(3, 'C')), made('q', base, put(4, 'D')));
    const recorded = record(patches, text(patches).replace('C\nD\n', 'CD\n'));
    assert.ok('touches' in recorded);
    assert.deepEqual(
      recorded.touches.map(({ id }) => id),
      ['p', 'q'],
    );
  });

  it('of nothing is no patch', () => {
    const patches = set(made('p', base, put(3, 'C')));
    assert.deepEqual(record(patches, text(patches)), { touches: [] });
  });

  it('of bytes that JSON cannot hold is recorded as a diff', () => {
    const edited = engine.freeze(Buffer.from(base.replace('c\n', 'caf\xe9\n'), 'latin1'));
    const recorded = recordEdit(engine, baseline, [], edited, draft);
    assert.ok('patch' in recorded);
    assert.deepEqual(
      [recorded.patch.patch, recorded.patch.path],
      ['new.patch', 'patches/s/new.patch'],
    );
    const built = applyFile(engine, baseline, [recorded.patch]);
    assert.equal(built.proof.result, edited.fingerprint);
  });

  it('goes into a patch, and those that follow are carried along', () => {
    const first = made('p', base, put(3, 'C'));
    const second = made('q', first.result, put(6, 'F'));
    const patches = set(first, second, made('r', base, put(8, 'H')));
    const [p] = patches;
    const after = text(patches).replace('C\n', 'C!\nC?\n');
    assert.ok(p);
    const outcome = amendPatch(engine, baseline, patches, p, engine.freeze(after));
    assert.ok('changed' in outcome);
    assert.deepEqual(
      outcome.changed.map(({ id }) => id),
      ['p', 'q'],
    );
    const [, , r] = patches;
    assert.equal(text([...outcome.changed, .../** @type {SetPatch[]} */ ([r])]), after);
  });

  it('takes along the followers of a patch that are asleep, too', () => {
    const first = made('p', base, put(3, 'C'));
    const asleep = made('q', first.result, put(6, 'F'));
    const [p, q] = set(first, asleep);
    assert.ok(p && q);
    const after = base.replace('c\n', 'C!\n');
    const outcome = amendPatch(engine, baseline, [p], p, engine.freeze(after), [q]);
    assert.ok('changed' in outcome);
    assert.equal(text(outcome.changed), after.replace('f\n', 'F\n'));
  });

  it('that is random is proved, or refused: nothing in between', () => {
    let independent = 0;
    let following = 0;
    for (let run = 0; run < 60; run += 1) {
      const random = randomNumbers(SEED + run);
      const first = made('p', base, put(1 + random(4), 'P'));
      const second = made('q', first.result, put(1 + random(8), 'Q'));
      const patches = set(first, ...(second.result === first.result ? [] : [second]));
      const lines = text(patches).split('\n').slice(0, -1);
      lines.splice(random(lines.length), random(2), ...(random(2) ? ['edit'] : ['more', 'lines']));
      const after = lines.map((line) => `${line}\n`).join('');
      const recorded = record(patches, after);
      assert.ok('patch' in recorded, `FIRN_SEED=${SEED + run}: a chain of one tip takes any edit`);
      assert.equal(text([...patches, recorded.patch]), after, `FIRN_SEED=${SEED + run}`);
      if (recorded.follows) following += 1;
      else independent += 1;
    }
    assert.ok(independent > 10 && following > 10, `${independent}, ${following}`);
  });
});

await onBothBackends('patches on another text', (engine) => {
  const baseline = engine.freeze(base);
  const set = (/** @type {Made[]} */ ...patches) => setOf(engine, 's', patches).patches;

  it('are carried there with what follows them, and keep what is the user’s own', () => {
    const first = made('p', base, [{ op: 'replace', line: 3, text: 'C', 'x-why': 'w' }]);
    const own = {
      ...first,
      content: JSON.stringify({ ...JSON.parse(first.content), id: 'mine', 'x-top': 1 }),
    };
    const second = made('q', first.result, put(6, 'F'));
    const newer = engine.freeze(`zero\n${base}`);
    const carried = carryPatches(engine, baseline, newer, set(own, second));
    assert.deepEqual(
      carried.map(({ patch, status }) => [patch.id, status]),
      [
        ['p', 'carried'],
        ['q', 'carried'],
      ],
    );
    const renewed = carried.flatMap((one) => one.renewed ?? []);
    const built = applyFile(engine, newer, renewed);
    assert.equal(built.patched.text(), `zero\n${base.replace('c\n', 'C\n').replace('f\n', 'F\n')}`);
    const written = JSON.parse(Buffer.from(renewed[0]?.bytes ?? []).toString());
    assert.deepEqual([written.id, written['x-top'], written.patches[0]['x-why']], ['mine', 1, 'w']);
  });

  it('are upstream, in conflict, or blocked by what they follow', () => {
    const first = made('p', base, put(3, 'C'));
    const second = made('q', first.result, put(6, 'F'));
    const other = made('r', base, put(8, 'H'));
    const newer = engine.freeze(base.replace('c\n', 'c2\n').replace('h\n', 'H\n'));
    const carried = carryPatches(engine, baseline, newer, set(first, second, other));
    assert.deepEqual(
      carried.map(({ patch, status }) => [patch.id, status]),
      [
        ['p', 'conflict'],
        ['q', 'blocked'],
        ['r', 'upstream'],
      ],
    );
    const [conflict] = carried[0]?.details ?? [];
    assert.ok(conflict?.carried === 'conflict');
    assert.deepEqual([conflict.base, conflict.ours, conflict.theirs], ['c\n', 'C\n', 'c2\n']);
  });

  it('that do not apply where they are stay as they are', () => {
    const stale = made('p', 'x\n', put(1, 'y'));
    const [only] = carryPatches(engine, baseline, engine.freeze(`z\n${base}`), set(stale));
    assert.deepEqual([only?.status, only?.problems[0]?.code], ['refused', 'set_base_mismatch']);
  });

  it('can do without the one they follow, if they touch other lines', () => {
    const first = made('p', base, [{ op: 'insert', line: 2, lines: ['x', 'y'] }]);
    const second = made('q', first.result, put(8, 'F'));
    const third = made('r', second.result, put(9, 'G'));
    const patches = set(first, second, third);
    const [p] = patches;
    assert.ok(p);
    const carried = carryFollowers(engine, baseline, patches, p);
    const built = applyFile(
      engine,
      baseline,
      carried.flatMap((one) => one.renewed ?? []),
    );
    assert.equal(built.patched.text(), base.replace('f\n', 'F\n').replace('g\n', 'G\n'));
    const onIt = made('s', first.result, put(2, 'X'));
    const [needs] = carryFollowers(engine, baseline, set(first, onIt), p);
    assert.equal(needs?.status, 'conflict');
  });

  it('have the text that a patch makes of its own chain alone', () => {
    const first = made('p', base, put(3, 'C'));
    const second = made('q', first.result, put(6, 'F'));
    const patches = set(first, second, made('r', base, put(8, 'H')), made('t', 'x\n', put(1, 'y')));
    const [, q, , t] = patches;
    assert.ok(q && t);
    assert.equal(textAfter(engine, baseline, patches, q).fingerprint, q.result);
    setRefusal('set_base_mismatch', () => textAfter(engine, baseline, patches, t));
  });
});
