// @ts-check
/** Cases that name their verb, over `@firn/engine`. Runs in Node and in a page; README.md says what each verb has to do. */
import { attempt, bytesFrom, compare, compareBytes, differ } from './compare.mjs';

/** What is asked of an engine, in Node or in a page.
 * @typedef {Pick<import('@firn/engine').Engine, 'freeze' | 'batch' | 'parseDiff' | 'diff' | 'merge' | 'history' | 'words'>} Engine */
/** @typedef {import('@firn/engine').Snapshot} Snapshot */
/** @typedef {import('@firn/engine').Batch} Batch */
/** @typedef {import('@firn/engine').Patched} Patched */
/** @typedef {import('@firn/engine').History} History */
/** @typedef {import('@firn/engine').ErrorFields} ErrorFields */
/** @typedef {{ append?: object, undo?: number, options?: import('@firn/engine').AppendOptions, patches?: object[], errors?: ErrorFields[] }} Step */
/** @typedef {{ from: number, to: number }} Range */
/** @typedef {import('@firn/engine').PlaceOptions & import('@firn/engine').UnifiedDiffOptions & import('@firn/engine').DiffOptions & import('@firn/engine').MergeOptions &
 *   import('@firn/engine').ApplyOptions} Options */
/**
 * @typedef {{ before?: string[], after?: string[], diff?: string, diffBase64?: string, files?: object[], errors?: ErrorFields[], hunks?: { hunk: number }[], rejected?: { hunk: number }[], rejects?: string,
 *   text?: string, textBase64?: string, changes?: { from: number, to: number, base: Range }[], conflicts?: object[],
 *   patches?: { patch: { index: number }, carried: string, to: Range, theirs?: string }[],
 *   sources?: { batch: number, patch: number }[], collisions?: object[], collisionCount?: number, refused?: object[], texts?: string[],
 *   unifiedDiff?: { context: number, is?: string, isBase64?: string } }} Expect
 */
/**
 * @typedef {{ name: string, verb: string, unlike?: string, base?: string, baseBase64?: string, diff?: string, diffBase64?: string,
 *   recount?: boolean, anyNames?: boolean, file?: number, before?: string, beforeBase64?: string, after?: string, afterBase64?: string, ours?: string,
 *   oursBase64?: string, theirs?: string, theirsBase64?: string, onto?: string, ontoBase64?: string, batch?: object, second?: object,
 *   edits?: import('@firn/engine').TextEdit[], batches?: object[], places?: number[], revision?: number, steps?: Step[], options?: Options,
 *   expect: Expect }} VerbCase
 */

/** Frees all that a case made, whatever becomes of it. */
class Bench {
  /** @type {{ dispose(): void }[]} */
  #made = [];

  /** @param {Engine} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** @template {{ dispose(): void }} T @param {T} value */
  keep(value) {
    this.#made.push(value);
    return value;
  }

  /** @param {object} given @param {string} key */
  freeze(given, key) {
    return this.keep(this.engine.freeze(bytesIn(given, key)));
  }

  /** @param {object | undefined} json */
  batch(json) {
    return this.keep(
      this.engine.batch(/** @type {import('@firn/engine').BatchInput} */ (json ?? [])),
    );
  }

  /** Applies what must be lawful. @param {Snapshot} snapshot @param {Batch} batch @param {Options} [options] */
  apply(snapshot, batch, options) {
    const patched = this.keep(snapshot.apply(batch, options));
    snapshot.verify();
    return patched;
  }

  clear() {
    for (const made of this.#made) made.dispose();
  }
}

/** The bytes that `given` has under `key` or `key`Base64. @param {object} given @param {string} key */
function bytesIn(given, key) {
  const values = /** @type {Record<string, string | undefined>} */ (given);
  return bytesFrom(values[key], values[`${key}Base64`]) ?? new Uint8Array();
}

/** What `act` makes; nothing when it is refused, as expected. @template T @param {{ errors?: ErrorFields[] }} expect @param {() => T} act */
function made(expect, act) {
  const attempted = attempt(act);
  if ('made' in attempted) return attempted.made;
  compare('errors', expect.errors, attempted.errors);
  return undefined;
}

/** @param {{ errors?: ErrorFields[] }} expect */
function expectNoErrors(expect) {
  if (expect.errors) differ('errors', expect.errors, undefined);
}

/** @param {Expect} expect @param {Patched} patched */
function compareResult(expect, patched) {
  compareBytes('text', bytesIn(expect, 'text'), patched.bytes());
  compareChanges(expect, patched);
}

/** @param {Expect} expect @param {Patched} patched */
function compareChanges({ changes }, patched) {
  if (changes) compare('changes', changes, patched.changes());
}

/** @param {Bench} bench @param {VerbCase} test */
function diffIn(bench, test) {
  const { recount, anyNames } = test;
  const options = recount || anyNames ? { recount, anyNames } : undefined;
  const diff = made(test.expect, () => bench.engine.parseDiff(bytesIn(test, 'diff'), options));
  return diff && bench.keep(diff);
}

/** @type {Record<string, (bench: Bench, test: VerbCase) => void>} */
const VERBS = {
  'read-diff': (bench, test) => {
    const diff = diffIn(bench, test);
    if (!diff) return;
    expectNoErrors(test.expect);
    const files = diff.files.map((file) => ({ ...file }));
    compare('files', test.expect.files, files);
  },

  place: (bench, test) => {
    const { expect, options, file = 0 } = test;
    const part = diffIn(bench, test)?.files[file];
    if (!part) return;
    const base = bench.freeze(test, 'base');
    const placed = made(expect, () => part.place(base, options));
    if (!placed) return;
    bench.keep(placed.batch);
    expectNoErrors(expect);
    if (expect.hunks) compare('hunks', expect.hunks, placed.hunks);
    if (expect.rejected) compare('rejected', expect.rejected, placed.rejected);
    compareBytes('rejects', bytesFrom(expect.rejects, undefined), placed.rejects);
    compareResult(expect, bench.apply(base, placed.batch));
  },

  diff: (bench, test) => {
    const { expect, options } = test;
    const before = bench.freeze(test, 'before');
    const after = bytesIn(test, 'after');
    const batch = bench.keep(bench.engine.diff(before, after, options));
    const patched = bench.apply(before, batch);
    compareBytes('the text that the diff makes', after, patched.bytes());
    compareChanges(expect, patched);
    if (!expect.unifiedDiff) return;
    const { context } = expect.unifiedDiff;
    const written = patched.unifiedDiffBytes({ context });
    compareBytes('unifiedDiff', bytesIn(expect.unifiedDiff, 'is'), written);
  },

  merge: (bench, test) => {
    const [base, ours, theirs] = ['base', 'ours', 'theirs'].map((key) => bytesIn(test, key));
    if (!base || !ours || !theirs) return;
    const merged = made(test.expect, () => bench.engine.merge(base, ours, theirs, test.options));
    if (!merged) return;
    expectNoErrors(test.expect);
    compareBytes('text', bytesIn(test.expect, 'text'), merged.bytes());
    compare('conflicts', test.expect.conflicts, merged.conflicts);
  },

  select: (bench, test) => {
    const { expect, options, places = [] } = test;
    const base = bench.freeze(test, 'base');
    const batch = bench.batch(test.batch);
    const selection = made(expect, () => batch.select(places));
    if (!selection) return;
    bench.keep(selection);
    expectNoErrors(expect);
    compareResult(expect, bench.apply(base, selection, options));
    const patches = /** @type {object[]} */ (batch.toJSON().patches);
    compare(
      'the patches',
      places.map((place) => patches[place]),
      selection.toJSON().patches,
    );
  },

  invert: (bench, test) => {
    const { expect, options } = test;
    const base = bench.freeze(test, 'base');
    const batch = bench.batch(test.batch);
    const patched = bench.apply(base, batch, options);
    compareBytes('text', bytesIn(expect, 'text'), patched.bytes());
    const result = bench.keep(bench.engine.freeze(patched.bytes()));
    for (const inverse of [patched.invert(), batch.invert(base, options)]) {
      const back = bench.apply(result, bench.keep(inverse));
      compareBytes('the text taken back', base.bytes(), back.bytes());
      compareChanges(expect, back);
    }
  },

  compose: (bench, test) => {
    const { expect, options } = test;
    const base = bench.freeze(test, 'base');
    const batch = bench.batch(test.batch);
    const second = bench.batch(test.second);
    const first = bench.apply(base, batch, options);
    const middle = bench.keep(bench.engine.freeze(first.bytes()));
    const last = bench.apply(middle, second, options);
    compareBytes('text, one after the other', bytesIn(expect, 'text'), last.bytes());
    for (const composed of [first.compose(last), batch.compose(second, base, options)]) {
      compareResult(expect, bench.apply(base, bench.keep(composed)));
    }
  },

  rebase: (bench, test) => {
    const { expect, options } = test;
    const base = bench.freeze(test, 'base');
    const onto = bench.freeze(test, 'onto');
    const batch = bench.batch(test.batch);
    const patched = bench.apply(base, batch, options);
    for (const rebased of [patched.rebase(onto), batch.rebase(base, onto, options)]) {
      bench.keep(rebased.batch);
      compare('patches', expect.patches, rebased.patches);
      compareResult(expect, bench.apply(onto, rebased.batch, options));
    }
  },

  'text-edits': (bench, test) => {
    const base = bench.freeze(test, 'base');
    const batch = made(test.expect, () => base.textEdits(test.edits ?? []));
    if (!batch) return;
    bench.keep(batch);
    expectNoErrors(test.expect);
    compareResult(test.expect, bench.apply(base, batch));
  },

  stack: (bench, test) => {
    const { expect, options } = test;
    const base = bench.freeze(test, 'base');
    const batches = (test.batches ?? []).map((json) => bench.batch(json));
    const stacked = base.stack(batches, options);
    const { batch } = stacked;
    if (batch) bench.keep(batch);
    for (const key of /** @type {const} */ ([
      'sources',
      'collisions',
      'collisionCount',
      'refused',
    ])) {
      if (expect[key] !== undefined) compare(key, expect[key], stacked[key]);
    }
    compare('lawful', expect.collisions === undefined, batch !== undefined);
    if (batch) compareResult(expect, bench.apply(base, batch, options));
    // The order of the batches must make no difference but to their own numbers.
    const backwards = base.stack(batches.toReversed(), options);
    if (backwards.batch) bench.keep(backwards.batch);
    compare('the batches the other way round', batch?.toJSON(), backwards.batch?.toJSON());
  },

  'write-diff': (bench, test) => {
    const { expect, options } = test;
    const before = bench.freeze(test, 'before');
    const batch = bench.keep(bench.engine.diff(before, bytesIn(test, 'after')));
    const patched = bench.apply(before, batch);
    const written = made(expect, () => patched.unifiedDiffBytes(options));
    if (!written) return;
    expectNoErrors(expect);
    compareBytes('diff', bytesIn(expect, 'diff'), written);
  },

  words: (bench, { before = '', after = '', expect }) => {
    const changes = bench.engine.words(before, after);
    /** A line in pieces, unchanged and changed in turn. @param {string} line @param {'before' | 'after'} side */
    const pieces = (line, side) => {
      const ends = changes.flatMap((change) => [change[side].from, change[side].to]);
      return [0, ...ends].map((at, index) => line.slice(at, ends[index] ?? line.length));
    };
    compare('before', expect.before, pieces(before, 'before'));
    compare('after', expect.after, pieces(after, 'after'));
  },

  history: (bench, test) => {
    const base = bench.freeze(test, 'base');
    const { revision, steps = [], expect } = test;
    const begin = revision === undefined ? undefined : { revision };
    let history = bench.keep(bench.engine.history(base, begin));
    for (const step of steps) history = takeStep(bench, history, step);
    const { texts = [] } = expect;
    compare('how many revisions', texts.length, history.revisions.length);
    for (const [at, entry] of history.revisions.entries()) {
      const text = bench.keep(bench.engine.freeze(texts[at] ?? ''));
      const patched = bench.keep(history.at(entry.revision));
      const where = `revision ${entry.revision}`;
      compare('which revision', (revision ?? 0) + at, entry.revision);
      compareBytes(where, text.bytes(), patched.bytes());
      compare(`${where}, fingerprint`, text.fingerprint, entry.fingerprint);
      compare(`${where}, lines`, text.lineCount, entry.lineCount);
    }
    compareBytes('the root', base.bytes(), bench.keep(history.root()).bytes());
    compareBytes(
      'the last text',
      bytesFrom(texts.at(-1), undefined),
      bench.keep(history.latest()).bytes(),
    );
  },
};

/** The history after one step: as it was when the step is refused. @param {Bench} bench @param {History} history @param {Step} step */
function takeStep(bench, history, step) {
  const { append, undo, options, patches } = step;
  if (undo === undefined) {
    const appended = made(step, () => history.append(bench.batch(append), options));
    if (!appended) return history;
    expectNoErrors(step);
    const { patched, history: next } = appended;
    compareBytes(
      'the text appended',
      bench.keep(bench.keep(next).latest()).bytes(),
      bench.keep(patched).bytes(),
    );
    return next;
  }
  const undone = made(step, () => history.undo(undo));
  if (!undone) return history;
  expectNoErrors(step);
  for (const handle of [undone.batch, undone.inverse, undone.history]) bench.keep(handle);
  if (patches) compare('patches', patches, undone.patches);
  return undone.history;
}

/** Runs a case that names its verb; throws the first difference. @param {Engine} engine @param {VerbCase} test */
export function runVerb(engine, test) {
  const run = VERBS[test.verb];
  if (!run) return differ('verb', test.verb, undefined);
  const bench = new Bench(engine);
  try {
    run(bench, test);
  } finally {
    bench.clear();
  }
}
