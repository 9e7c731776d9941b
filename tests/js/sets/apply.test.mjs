// @ts-check
/** Patches of a file, from one set or many: what they make together, what stands on what, who wrote a line. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { applyFile, checkFile, patchIndex, reproduceFile } from '@firn/sets';

import { onBothBackends } from '../engine/backends.mjs';
import { made, randomNumbers, SEED, setOf, setRefusal, shuffled, spliced } from './sets.mjs';

/** @typedef {import('@firn/sets').SetPatch} SetPatch */
/** @typedef {import('./sets.mjs').Made} Made */
/** @typedef {import('./sets.mjs').Patches} Patches */

const base = 'one\ntwo\nthree\nfour\nfive\nsix\n';

/** @param {string[]} lines */
const textOf = (lines) => lines.map((line) => `${line}\n`).join('');

/** A replacement of one line. @param {number} line @param {string} text @returns {Patches} */
const put = (line, text) => [{ op: 'replace', line, text }];

await onBothBackends('patches of a file', (engine) => {
  /** @param {readonly SetPatch[]} patches @param {string} [text] */
  const applied = (patches, text = base) => {
    const snapshot = engine.freeze(text);
    const built = applyFile(engine, snapshot, patches);
    try {
      const { patched, proof } = built;
      return { text: patched.text(), proof, origins: built.provenance(1, patched.lineCount) };
    } finally {
      built.dispose();
      snapshot.dispose();
    }
  };

  /** @param {Made[]} patches */
  const set = (...patches) => setOf(engine, 's', patches);

  it('make the same in every order, and without one of them what they make without it', () => {
    const random = randomNumbers(SEED);
    const patches = [1, 3, 4, 6].map((line) => made(`p${line}`, base, put(line, `new ${line}`)));
    const all = set(...patches).patches;
    const expected = spliced(
      base,
      [1, 3, 4, 6].flatMap((line) => put(line, `new ${line}`)),
    );
    for (let run = 0; run < 10; run += 1) {
      assert.equal(applied(shuffled(all, random)).text, expected, `FIRN_SEED=${SEED}`);
    }
    for (const [index] of all.entries()) {
      const rest = all.filter((_, other) => other !== index);
      const never = set(...patches.filter((_, other) => other !== index)).patches;
      assert.deepEqual(applied(rest), applied(never));
    }
  });

  it('are reproduced as they are applied, or left to be applied', () => {
    const one = made('a', base, put(2, 'TWO'));
    const [patch] = set(one).patches;
    assert.ok(patch);
    const { text, proof } = applied([patch]);
    assert.deepEqual(reproduceFile(engine, base, [patch]), { text, proof });
    const two = set(one, made('b', base, put(5, 'V'))).patches;
    const lost = { ...patch, result: patch.base };
    const diff = { ...patch, patch: 'a.diff' };
    for (const patches of [[], two, [lost], [diff]]) {
      assert.equal(reproduceFile(engine, base, patches), undefined);
    }
    assert.equal(reproduceFile(engine, `${base}x`, [patch]), undefined);
  });

  it('are proved: base, result, which patches', () => {
    const { proof } = applied(
      set(made('a', base, put(2, 'TWO')), made('b', base, put(5, 'V'))).patches,
    );
    const snapshot = engine.freeze('one\nTWO\nthree\nfour\nV\nsix\n');
    assert.equal(proof.result, snapshot.fingerprint);
    assert.deepEqual([proof.file, proof.patches], ['a.txt', ['s/a', 's/b']]);
  });

  it('of no number leave the text as it is', () => {
    assert.equal(applied([]).text, base);
  });

  it('that were made for the result of another are applied to that', () => {
    const first = made('a', base, [{ op: 'insert', line: 1, lines: ['zero', 'half'] }]);
    const second = made('b', first.result, put(2, 'HALF'));
    const third = made('c', second.result, [{ op: 'delete', line: 8 }]);
    const { text, proof, origins } = applied(set(first, second, third).patches);
    assert.equal(text, third.result);
    assert.deepEqual(proof.patches, ['s/a', 's/b', 's/c']);
    assert.deepEqual(
      origins.map(({ patch, base: line }) => patch?.label ?? line),
      ['s/a', 's/b', 1, 2, 3, 4, 5],
    );
  });

  it('say which of them took a line of the baseline, of a chain the first that changed it', () => {
    const first = made('a', base, put(2, 'TWO'));
    const second = made('b', first.result, [{ op: 'delete', line: 2, endLine: 3 }]);
    const other = made('c', base, [{ op: 'delete', line: 6 }]);
    const snapshot = engine.freeze(base);
    const built = applyFile(engine, snapshot, set(first, second, other).patches);
    try {
      const takers = [1, 2, 3, 4, 5, 6].map((line) => built.takenBy(line)?.patch.label);
      assert.deepEqual(takers, [undefined, 's/a', 's/b', undefined, undefined, 's/c']);
    } finally {
      built.dispose();
      snapshot.dispose();
    }
  });

  it('may come back to the baseline and start nothing anew', () => {
    const there = made('there', base, put(1, 'ONE'));
    const back = made('back', there.result, put(1, 'one'));
    const other = made('other', base, put(6, 'SIX'));
    assert.equal(applied(set(there, back, other).patches).text, spliced(base, put(6, 'SIX')));
  });

  it('from diffs lie exactly where they say', () => {
    const diff = '--- a/a.txt\n+++ b/a.txt\n@@ -2,2 +2,2 @@\n-two\n+TWO\n three\n';
    const one = { ...made('d', base, put(2, 'TWO')), content: diff, entry: { patch: 'd.patch' } };
    const { text, origins } = applied(set(one).patches);
    assert.equal(text, one.result);
    assert.deepEqual(origins[1]?.patch?.label, 's/d');
    const headers = 'diff --git a/a.txt b/a.txt\nindex 0719398..4c5701d 100644\n';
    assert.equal(applied(set({ ...one, content: headers + diff }).patches).text, one.result);
    const mode = 'diff --git a/a.txt b/a.txt\nold mode 100644\nnew mode 100755\n';
    const changed = set({ ...one, content: mode + diff }).patches;
    setRefusal('set_wrong_file', () => applied(changed), /it changes the mode/);
    const moved = { ...one, content: diff.replace('-2,2 +2,2', '-3,2 +3,2') };
    setRefusal(
      'set_patch_refused',
      () => applied(set(moved).patches),
      /s\/d of "a\.txt" is refused: .*hunk/,
    );
  });

  it('of bytes that are no UTF-8 keep them', () => {
    const snapshot = engine.freeze(Buffer.from('caf\xe9\nzwei\n', 'latin1'));
    const after = engine.freeze(Buffer.from('caf\xe9\nZWEI\n', 'latin1'));
    const content = '--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n caf\xe9\n-zwei\n+ZWEI\n';
    const [one] = set({
      ...made('d', 'x\n', put(1, 'y')),
      content: '',
      entry: { patch: 'd.patch' },
    }).patches;
    assert.ok(one);
    const { fingerprint: from } = snapshot;
    const patch = {
      ...one,
      base: from,
      result: after.fingerprint,
      bytes: Buffer.from(content, 'latin1'),
    };
    const built = applyFile(engine, snapshot, [patch]);
    assert.deepEqual(Buffer.from(built.patched.bytes()), Buffer.from('caf\xe9\nZWEI\n', 'latin1'));
    built.dispose();
  });

  it('that touch the same lines are refused, by both names', () => {
    const one = setOf(engine, 'one', [made('a', base, put(3, 'x'))]);
    const two = setOf(engine, 'two', [
      made('b', base, [{ id: 'gone', op: 'delete', line: 2, endLine: 4 }]),
    ]);
    const index = patchIndex([one, two]);
    const error = setRefusal(
      'set_collision',
      () => applied(index.of('a.txt')),
      /^two\/b patches\[0\] \("gone"\) and one\/a patches\[0\] both touch line 3 of "a\.txt"$/,
    );
    assert.deepEqual(
      [error.set, error.patch, error.other],
      ['two', 'b', { set: 'one', patch: 'a' }],
    );
    assert.deepEqual(error.lines, { from: 3, to: 3 });
  });

  it('of a chain that touch the lines of another are refused too', () => {
    const first = made('a', base, put(1, 'x'));
    const second = made('b', first.result, put(3, 'y'));
    const other = made('c', base, put(3, 'z'));
    setRefusal(
      'set_collision',
      () => applied(set(first, second, other).patches),
      /s\/a with what follows it/,
    );
  });

  it('for another text are stale, and what follows them has no place', () => {
    const old = 'uno\ntwo\nthree\nfour\nfive\nsix\n';
    const first = made('a', old, put(1, 'x'));
    const second = made('b', first.result, put(3, 'y'));
    const snapshot = engine.freeze(base);
    const { built, problems } = checkFile(engine, snapshot, set(first, second).patches);
    assert.equal(built, undefined);
    assert.deepEqual(
      problems.map(({ code, patch, other }) => [code, patch, other?.patch]),
      [
        ['set_base_mismatch', 'a', undefined],
        ['set_base_mismatch', 'b', 'a'],
      ],
    );
    assert.equal(problems[0]?.found, snapshot.fingerprint);
    assert.match(
      problems[1]?.message ?? '',
      /b of "a\.txt" follows s\/a, which has no place itself/,
    );
  });

  it('that go round in circles have no place', () => {
    const [a, b] = [made('a', 'x\n', put(1, 'y')), made('b', 'y\n', put(1, 'x'))];
    const snapshot = engine.freeze(base);
    const { problems } = checkFile(engine, snapshot, set(a, b).patches);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['set_base_mismatch', 'set_base_mismatch'],
    );
    const into = made('c', base, [{ op: 'delete', line: 2, endLine: 6 }, ...put(1, 'x')]);
    const entered = checkFile(engine, snapshot, set(into, a, b).patches);
    assert.deepEqual(
      entered.problems.map(({ code, patch }) => [code, patch]),
      [
        ['set_ambiguous_base', 'a'],
        ['set_base_mismatch', 'b'],
      ],
    );
  });

  it('of one text that name different revisions of it are refused', () => {
    const at = (
      /** @type {string} */ id,
      /** @type {number} */ line,
      /** @type {number} */ revision,
    ) => {
      const one = made(id, base, put(line, 'x'));
      return { ...one, content: JSON.stringify({ ...JSON.parse(one.content), revision }) };
    };
    const both = set(at('old', 1, 2), at('new', 3, 3));
    const error = setRefusal('set_patch_refused', () => applied(both.patches));
    assert.deepEqual([error.patch, error.violations?.[0]?.code], ['old', 'stale_revision']);
    assert.equal(
      applied(set(at('a', 1, 7), made('b', base, put(3, 'y'))).patches).text.slice(0, 2),
      'x\n',
    );
  });

  it('that follow each other without end are refused before they fill the memory', () => {
    const long = Array.from({ length: 102 }, (_, i) => made(`p${i}`, `${i}\n`, put(1, `${i + 1}`)));
    const whole = set(...long.slice(0, 100));
    assert.equal(applied(whole.patches, '0\n').text, '100\n');
    const error = setRefusal('set_limit_exceeded', () => applied(set(...long).patches, '0\n'));
    assert.deepEqual([error.limit, error.patch], [100, 'p100']);
  });

  it('that two patches could be meant to carry are refused', () => {
    const twins = 'same\nsame\nend\n';
    const [a, b] = [1, 2].map((line) => made(`p${line}`, twins, [{ op: 'delete', line }]));
    assert.ok(a && b && a.result === b.result);
    assert.equal(applied(set(a, b).patches, twins).text, 'end\n');
    const third = made('p3', a.result, put(2, 'END'));
    setRefusal(
      'set_ambiguous_base',
      () => applied(set(a, b, third).patches, twins),
      /both s\/p1 and s\/p2 make/,
    );
  });

  it('that are not what was recorded are refused, with both results', () => {
    const one = made('a', base, put(1, 'x'));
    const changed = { ...one, content: one.content.replace('"x"', '"y"') };
    const error = setRefusal(
      'set_result_mismatch',
      () => applied(set(changed).patches),
      /not what it was/,
    );
    assert.notEqual(error.expected, error.found);
  });

  it('for another file are refused', () => {
    const one = made('a', base, put(1, 'x'));
    const batch = { ...JSON.parse(one.content), file: 'b.txt' };
    setRefusal(
      'set_wrong_file',
      () => applied(set({ ...one, content: JSON.stringify(batch) }).patches),
      /it is for "b\.txt"/,
    );
    const diff = '--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-one\n+x\n';
    const asDiff = (/** @type {string} */ content) =>
      set({ ...one, content, entry: { patch: 'a.patch' } }).patches;
    setRefusal(
      'set_wrong_file',
      () => applied(asDiff(diff)),
      /it is for "a\/b\.txt"|it is for "b\.txt"/,
    );
    setRefusal(
      'set_wrong_file',
      () => applied(asDiff(diff + diff.replaceAll('b.txt', 'a.txt'))),
      /a diff of 2 files/,
    );
    setRefusal(
      'set_wrong_file',
      () => applied(asDiff('--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1 @@\n+x\n')),
      /to create a file/,
    );
  });

  it('that are malformed or unlawful are refused with the engine’s reasons', () => {
    const one = made('a', base, put(1, 'x'));
    const cut = set({ ...one, content: one.content.slice(0, -5) }).patches;
    const half = setRefusal('set_patch_refused', () => applied(cut));
    assert.deepEqual(
      [half.violations?.[0]?.code, half.path],
      ['malformed_json', 'patches/s/a.json'],
    );
    const beyond = { ...one, content: JSON.stringify([...put(99, 'x'), ...put(98, 'x')]) };
    const far = setRefusal('set_patch_refused', () => applied(set(beyond).patches));
    assert.deepEqual(
      far.violations?.map(({ code }) => code),
      ['line_out_of_range', 'line_out_of_range'],
    );
  });

  it('are all told of, when several are wrong', () => {
    const wrong = { ...made('w', base, put(1, 'x')), content: '[' };
    const good = made('g', base, put(2, 'x'));
    const over = made('o', base, put(2, 'y'));
    const stale = made('t', 'other\n', put(1, 'x'));
    const error = setRefusal('set_base_mismatch', () =>
      applied(set(wrong, good, over, stale).patches),
    );
    assert.deepEqual(
      error.problems.map(({ code, patch }) => [code, patch]),
      [
        ['set_base_mismatch', 't'],
        ['set_patch_refused', 'w'],
        ['set_collision', 'o'],
      ],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(error)).problems, error.problems);
  });

  it('in chains beside chains make what each makes of its own lines, and every line knows its patch', () => {
    for (let run = 0; run < 40; run += 1) {
      const seed = SEED + run;
      const { text, patches, expected, owners } = randomForest(seed);
      const { patches: all } = setOf(engine, 's', patches);
      const result = applied(shuffled(all, randomNumbers(seed)), text);
      assert.equal(result.text, expected, `FIRN_SEED=${seed}`);
      assert.deepEqual(
        result.origins.map(({ patch, base: line }) => patch?.id ?? line),
        owners,
        `FIRN_SEED=${seed}`,
      );
    }
  });
});

/**
 * Sections of lines, each edited by a chain of its own; every line says who wrote it, so that the
 * expectation needs no engine. Between sections stands a line that nobody touches.
 * @param {number} seed
 */
function randomForest(seed) {
  const random = randomNumbers(seed);
  const sections = Array.from({ length: 1 + random(4) }, (_, s) =>
    Array.from({ length: 1 + random(6) }, (_, i) => `base ${s}.${i}`),
  );
  const fence = (/** @type {number} */ s) => `fence ${s}`;
  const whole = (/** @type {string[][]} */ parts) =>
    parts.flatMap((part, s) => [...part, fence(s)]);
  const baseline = whole(sections);
  /** @type {Made[]} */
  const patches = [];
  const results = sections.map((section, s) => {
    let lines = section;
    // The other sections are as in the baseline: a chain knows nothing of the others.
    const around = (/** @type {string[]} */ own) =>
      whole(sections.map((other, o) => (o === s ? own : other)));
    const first = whole(sections.slice(0, s)).length;
    for (let link = 0; link < random(4); link += 1) {
      const id = `p${s}.${link}`;
      const edits = randomEdits(random, lines.length, id);
      const moved = edits.map((edit) => ({
        ...edit,
        line: edit.line + first,
        ...(edit.op !== 'insert' && { endLine: (edit.endLine ?? edit.line) + first }),
      }));
      const before = textOf(around(lines));
      const one = made(id, before, moved);
      lines = spliced(textOf(lines), edits).split('\n').slice(0, -1);
      assert.equal(one.result, textOf(around(lines)));
      if (one.result !== before) patches.push(one);
    }
    return lines;
  });
  const expected = whole(results);
  const lineOf = new Map(baseline.map((line, index) => [line, index + 1]));
  const owners = expected.map((line) => lineOf.get(line) ?? line.replace(/ .*/, ''));
  return { text: textOf(baseline), patches, expected: textOf(expected), owners };
}

/** Disjoint edits of some lines, ascending. @param {(end: number) => number} random @param {number} lineCount @param {string} id @returns {Patches} */
function randomEdits(random, lineCount, id) {
  /** @type {import('@firn/engine').PatchInput[]} */
  const edits = [];
  let serial = 0;
  const lines = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => `${id} ${serial++}`);
  for (let line = 1; line <= lineCount; line += 1 + random(3)) {
    const endLine = Math.min(line + random(2), lineCount);
    const kind = random(3);
    if (kind === 0) edits.push({ op: 'insert', line, lines: lines(1 + random(2)) });
    else if (kind === 1) edits.push({ op: 'replace', line, endLine, lines: lines(1 + random(3)) });
    else edits.push({ op: 'delete', line, endLine });
    if (kind !== 0) line = endLine;
  }
  return edits.length > 0 ? edits : [{ op: 'insert', line: 1, lines: lines(1) }];
}
