// @ts-check
/** Conflicts of carried patches, resolved: whatever is decided, the patch makes just that of the new text. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { applyFile, carryPatches, conflictsOf, disputeOf, parseConflicts } from '@firn/sets';

import { onBothBackends } from '../engine/backends.mjs';
import { made, randomNumbers, SEED, setOf } from './sets.mjs';

const ROUNDS = 150;

/** @param {readonly string[]} lines */
const textOf = (lines) => lines.map((line) => `${line}\n`).join('');

/** Another version of some lines; few different ones, so that they repeat. @param {readonly string[]} lines @param {(end: number) => number} random @param {string} mark */
function changed(lines, random, mark) {
  return lines.flatMap((line) => {
    switch (random(6)) {
      case 0:
        return [`${mark}${random(3)}`];
      case 1:
        return random(2) === 0 ? [] : [line, `${mark}${random(3)}`];
      default:
        return [line];
    }
  });
}

/** Patches that replace, delete and insert, apart from each other by chance only. @param {number} count @param {(end: number) => number} random */
function patchesOver(count, random) {
  /** @type {import('@firn/engine').PatchInput[]} */
  const patches = [];
  for (let line = 1; line <= count; line += 1) {
    const [id, lines] = [`p${line}`, [`ours${random(3)}`]];
    const kind = random(6);
    if (kind === 0) patches.push({ op: 'replace', id, line, lines, 'x-why': id });
    if (kind === 1) patches.push({ op: 'insert', id, line, lines });
    if (kind === 2) patches.push({ op: 'delete', id, line });
  }
  return patches;
}

/** The lines that begin with a marker. @param {string} text */
const markersIn = (text) =>
  text
    .split('\n')
    .flatMap((line, index) => (/^(?:<{7}|\|{7}|={7}|>{7})/.test(line) ? [index + 1] : []));

it('a file of conflicts may hold a diff of many megabytes that is not UTF-8', () => {
  const fingerprint = '0'.repeat(32);
  const conflicts = {
    ...{ schema: 'firn.conflicts/1', set: 's', patch: 'p', file: 'a.txt' },
    ...{ base: fingerprint, onto: fingerprint, conflicts: [] },
  };
  const upstream = Buffer.alloc(4_000_000, 0xff);
  const text = (/** @type {string} */ upstreamBase64) =>
    JSON.stringify({ ...conflicts, upstreamBase64 });
  const read = parseConflicts(text(upstream.toString('base64')), 'p.conflicts');
  assert.ok(upstream.equals(read.upstream));
  for (const wrong of ['A', 'AA', 'AAA', 'A===', '====', 'AA=A', 'A A=', 'AAA=AAAA', 'AAA-']) {
    assert.throws(
      () => parseConflicts(text(wrong), 'p.conflicts'),
      { code: 'set_malformed' },
      wrong,
    );
  }
});

await onBothBackends('a conflict', (engine) => {
  it('is resolved as it was decided, by all that a person can decide', (test) => {
    let [conflicts, kept] = [0, 0];
    for (let round = 0; round < ROUNDS; round += 1) {
      const seed = SEED + round;
      const random = randomNumbers(seed);
      const lines = Array.from({ length: 2 + random(9) }, () => `line${random(4)}`);
      const [old, next] = [textOf(lines), textOf(changed(lines, random, 'theirs'))];
      const patches = patchesOver(lines.length, random);
      if (old === next || patches.length === 0) continue;
      const own = made('p', old, patches);
      if (own.result === old) continue;
      const [patch] = setOf(engine, 's', [own]).patches;
      const [oldText, newText] = [engine.freeze(old), engine.freeze(next)];
      const [carried] = carryPatches(engine, oldText, newText, patch ? [patch] : []);
      const left = carried && conflictsOf(carried);
      if (!patch || !left) continue;
      conflicts += 1;
      const told = `FIRN_SEED=${seed}`;
      // As it comes from the disk, where nothing else is of the old text.
      const read = parseConflicts(JSON.stringify(left), 'p.json.conflicts');
      assert.equal(read.count, left.conflicts.length);
      const dispute = disputeOf(engine, newText, [patch], patch, read);
      const marked = dispute.text('nobody');
      const text = Buffer.from(marked.bytes).toString();
      assert.deepEqual(dispute.markersIn(marked.bytes), markersIn(text), told);
      assert.equal(markersIn(text).length, 4 * marked.conflicts.length, told);

      const edited = textOf(changed(text.split('\n').slice(0, -1), random, 'decided'));
      for (const decision of [
        dispute.text('ours').bytes,
        dispute.text('theirs').bytes,
        Buffer.from(edited),
        Buffer.from(next),
      ]) {
        const [own, ...others] = dispute.resolved(decision, []);
        assert.deepEqual(others, []);
        if (own?.renewed) {
          const built = applyFile(engine, newText, [own.renewed]);
          assert.deepEqual(Buffer.from(built.patched.bytes()), Buffer.from(decision), told);
          if (Buffer.from(own.renewed.bytes).includes('"x-why"')) kept += 1;
          built.dispose();
        } else {
          assert.equal(own?.status, 'upstream', told);
          assert.equal(Buffer.from(decision).toString(), next, told);
        }
      }
      dispute.dispose();
      oldText.dispose();
      newText.dispose();
    }
    test.diagnostic(`${conflicts} conflicts, ${kept} with remarks kept`);
    assert.ok(conflicts > 5 && kept > 0, `${conflicts} conflicts, ${kept} kept`);
  });

  it('leaves what could be carried as it is, whichever side is taken', () => {
    // The first line is carried, and touches the second, which is in conflict.
    const [old, next] = ['a\nb\nc\n', 'new\na\nB\nc\n'];
    const patches = /** @type {const} */ ([
      { op: 'replace', line: 1, text: 'ours a' },
      { op: 'replace', line: 2, text: 'ours b' },
    ]);
    const [patch] = setOf(engine, 's', [made('p', old, patches)]).patches;
    assert.ok(patch);
    const newText = engine.freeze(next);
    const [carried] = carryPatches(engine, engine.freeze(old), newText, [patch]);
    const left = carried && conflictsOf(carried);
    assert.ok(left);
    const read = parseConflicts(JSON.stringify(left), 'p');
    const dispute = disputeOf(engine, newText, [patch], patch, read);
    const text = (/** @type {'nobody' | 'ours' | 'theirs'} */ favor) =>
      Buffer.from(dispute.text(favor).bytes).toString();
    assert.equal(text('ours'), 'new\nours a\nours b\nc\n');
    assert.equal(text('theirs'), 'new\nours a\nB\nc\n');
    assert.match(
      text('nobody'),
      /^new\nours a\n<{7} s\/p\nours b\n\|{7} the old text\nb\n={7}\nB\n>{7} /,
    );
    dispute.dispose();
  });
});
