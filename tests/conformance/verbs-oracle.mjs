// @ts-check
/** What a case that names its verb says, held against the oracle and against itself: no program but this one has a part in it. */
import assert from 'node:assert/strict';

import { apply, splitLines, utf8 } from './oracle.mjs';
import { positionIn } from './oracle-json.mjs';

/** @typedef {import('./run-verb.mjs').VerbCase} VerbCase */
/** @typedef {import('./oracle.mjs').Patch} Patch */
/** @typedef {{ from: number, to: number }} Range */

/** The bytes that `given` has under `key` or `key`Base64, one character each. @param {object} given @param {string} key */
export function binaryIn(given, key) {
  const values = /** @type {Record<string, string | undefined>} */ (given);
  const { [key]: text, [`${key}Base64`]: base64 } = values;
  return text === undefined ? Buffer.from(base64 ?? '', 'base64').toString('latin1') : utf8(text);
}

/** @param {string} text */
const rawLines = (text) => splitLines(text).map(({ content, terminator }) => content + terminator);

/** Outside of the changes both texts must be the same, line for line. @param {string} before @param {string} after
 * @param {{ from: number, to: number, base: Range }[]} changes */
function assertChangesLead(before, after, changes) {
  const old = rawLines(before);
  const fresh = rawLines(after);
  const spans = [...changes, { from: fresh.length + 1, base: { from: old.length + 1 } }];
  const kept = { old: 1, fresh: 1 };
  for (const [at, span] of spans.entries()) {
    const untouched = old.slice(kept.old - 1, span.base.from - 1);
    assert.deepEqual(untouched, fresh.slice(kept.fresh - 1, span.from - 1), `before change ${at}`);
    const change = changes[at];
    if (change) Object.assign(kept, { old: change.base.to + 1, fresh: change.to + 1 });
  }
}

/** @param {object} batch @returns {Patch[]} */
const patchesOf = (batch) =>
  Array.isArray(batch) ? batch : /** @type {{ patches: Patch[] }} */ (batch).patches;

/** @param {string} base @param {Pick<VerbCase, 'options'>} test @param {object} batch */
function applied(base, { options }, batch) {
  const { text, errors } = apply({ text: base }, { patches: patchesOf(batch) }, options);
  assert.equal(errors, undefined, 'the oracle refuses the batch');
  return text ?? '';
}

/** A carried patch as it must come out: the same one, over the lines it was carried to. @param {VerbCase} test */
function carriedPatches({ batch, expect }) {
  return (expect.patches ?? []).flatMap(({ patch, carried, to }) => {
    const original = /** @type {Patch[]} */ (batch)[patch.index];
    if (!original || (carried !== 'clean' && carried !== 'moved')) return [];
    const endLine = original.op === 'insert' ? undefined : to.to;
    return [{ ...original, line: to.from, endLine, expect: undefined }];
  });
}

/** @type {Record<string, (test: VerbCase) => void>} */
const CHECKS = {
  'read-diff': () => {},
  merge: () => {},
  place: (test) => {
    const { hunks = [], rejected = [] } = test.expect;
    const named = [...hunks, ...rejected].map(({ hunk }) => hunk);
    assert.equal(new Set(named).size, named.length, 'a hunk is placed once, or rejected');
  },
  diff: (test) => {
    const changes = test.expect.changes ?? [];
    assertChangesLead(binaryIn(test, 'before'), binaryIn(test, 'after'), changes);
  },
  select: (test) => {
    const { batch = [], places = [], expect } = test;
    if (expect.errors !== undefined) return;
    const base = binaryIn(test, 'base');
    const chosen = patchesOf(batch).filter((_, place) => places.includes(place));
    const text = applied(base, test, chosen);
    assert.equal(binaryIn(expect, 'text'), text);
    assertChangesLead(base, text, expect.changes ?? []);
  },
  invert: (test) => {
    const base = binaryIn(test, 'base');
    const text = applied(base, test, test.batch ?? []);
    assert.equal(binaryIn(test.expect, 'text'), text);
    assertChangesLead(text, base, test.expect.changes ?? []);
  },
  compose: (test) => {
    const base = binaryIn(test, 'base');
    const middle = applied(base, test, test.batch ?? []);
    const text = applied(middle, test, test.second ?? []);
    assert.equal(binaryIn(test.expect, 'text'), text);
    assertChangesLead(base, text, test.expect.changes ?? []);
  },
  rebase: (test) => {
    const onto = binaryIn(test, 'onto');
    assert.equal(binaryIn(test.expect, 'text'), applied(onto, test, carriedPatches(test)));
    for (const { to, theirs } of test.expect.patches ?? []) {
      if (theirs === undefined) continue;
      assert.equal(
        utf8(theirs),
        rawLines(onto)
          .slice(to.from - 1, to.to)
          .join(''),
      );
    }
  },
  stack: ({ base = '', batches = [], options, expect }) => {
    if (expect.text === undefined) return;
    // Independent patches may be applied one by one, the last in the text first.
    const all = batches.flatMap((batch) => patchesOf(batch)).sort((a, b) => b.line - a.line);
    const bare = all.map(({ id, expect: held, ...patch }) => [patch]);
    const text = bare.reduce(
      (before, patches) => applied(before, { options }, patches),
      utf8(base),
    );
    assert.equal(utf8(expect.text), text);
  },
  history: ({ base = '', steps = [], expect }) => {
    const texts = [utf8(base)];
    for (const { append, options, errors } of steps) {
      // What an undo makes is given by hand; the next step starts from it.
      const given = expect.texts?.[texts.length];
      const last = texts.at(-1) ?? '';
      if (errors) continue;
      if (append === undefined) {
        if (given !== undefined) texts.push(utf8(given));
        continue;
      }
      const { text, report } = apply({ text: last }, { patches: patchesOf(append) }, options);
      if (report && report.applied.length > 0) texts.push(text ?? '');
    }
    assert.deepEqual(expect.texts?.map(utf8), texts);
  },
  'write-diff': () => {},
  words: ({ before, after, expect }) => {
    assert.equal(expect.before?.join(''), before);
    assert.equal(expect.after?.join(''), after);
    assert.equal(expect.before?.length, expect.after?.length);
    // What is unchanged is the same on both sides; what changed is not.
    for (const [at, piece] of (expect.before ?? []).entries()) {
      assert.equal(piece === expect.after?.[at], at % 2 === 0, `piece ${at}`);
    }
  },
  'text-edits': (test) => {
    if (!test.expect.changes) return;
    assertChangesLead(binaryIn(test, 'base'), binaryIn(test.expect, 'text'), test.expect.changes);
  },
};

/** Fails when the case contradicts the oracle or itself. @param {VerbCase} test */
export function checkVerbCase(test) {
  for (const { position } of test.expect.errors ?? []) {
    if (!position) continue;
    assert.deepEqual(position, positionIn(binaryIn(test, 'diff'), position.byteOffset));
  }
  if (test.expect.errors) return;
  const check = CHECKS[test.verb];
  assert.ok(check, `nobody knows ${test.verb}`);
  check(test);
}
