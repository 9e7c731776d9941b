// @ts-check
/** Every verb of the engine, small: for tests of what all of them do when something is not there. */
import assert from 'node:assert/strict';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {{ dispose(): void }} Handle */

const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
const text = `${lines.join('\n')}\n`;
const [ours, theirs] = [
  text.replace('line 7\n', 'ours\nmore\n'),
  text.replace('line 30', 'theirs'),
];

/** What each verb makes, as data; it frees what it made. @param {Engine} engine @returns {Record<string, () => unknown>} */
export function everyVerb(engine) {
  const [a, b, c] = [text, ours, theirs].map((each) => engine.freeze(each));
  assert.ok(a && b && c);
  const batch = engine.diff(a, b);
  const patched = a.apply(batch);
  const unified = patched.unifiedDiff();
  const diff = engine.parseDiff(unified);
  const [file] = diff.files;
  assert.ok(file);
  const history = engine.history(a);
  const named = engine.batch({ id: 'a name', file: 'a/file.js', patches: [] });
  /** @type {import('@firn/engine').PatchInput[]} */
  const patches = [{ op: 'replace', line: 3, text: 'x\ny', expect: 'line 2', id: 'p' }];
  const json = JSON.stringify(patches);
  /** @template {Handle} H @param {H} handle @param {(handle: H) => unknown} look */
  const freed = (handle, look) => {
    try {
      return look(handle);
    } finally {
      handle.dispose();
    }
  };
  return {
    freeze: () => freed(engine.freeze(text), ({ fingerprint }) => fingerprint),
    batch: () => freed(engine.batch(json), (made) => made.toJSON()),
    packed: () => freed(engine.batch(patches), (made) => made.toJSON()),
    select: () => freed(batch.select([0]), (made) => made.toJSON()),
    patch: () => engine.patch(text, patches),
    apply: () => freed(a.apply(batch), (made) => made.text()),
    check: () => a.check(batch),
    bytesInto: () => patched.bytesInto(new Uint8Array(patched.byteLength)),
    lines: () => patched.lines(1, 20),
    changes: () => [patched.changes(), patched.provenance(1, 20)],
    unifiedDiff: () => patched.unifiedDiff(),
    sourceMap: () => patched.sourceMap({ hires: 'boundary' }),
    diff: () => freed(engine.diff(b, c), (made) => made.toJSON()),
    merge: () => engine.merge(a, b, c).text(),
    parseDiff: () => freed(engine.parseDiff(unified), ({ files }) => files[0]?.newName),
    place: () => freed(file.place(c, { placement: 'fuzzy' }).batch, (made) => made.toJSON()),
    invert: () => freed(patched.invert(), (made) => made.toJSON()),
    rebase: () => freed(patched.rebase(c).batch, (made) => made.toJSON()),
    textEdits: () => {
      const position = { line: 2, character: 1 };
      const edits = [{ range: { start: position, end: position }, newText: 'new' }];
      return freed(a.textEdits(edits), (made) => made.toJSON());
    },
    append: () => {
      const { history: longer, patched: made } = history.append(batch);
      made.dispose();
      return freed(longer, ({ revisions }) => revisions);
    },
    words: () => engine.words('one two three', 'one 2 three'),
    stack: () => {
      const { batch: stacked, collisions } = a.stack([batch, named]);
      assert.ok(stacked);
      return [freed(stacked, (made) => made.toJSON()), collisions];
    },
    undo: () => {
      const { history: longer, patched: made } = history.append(batch);
      made.dispose();
      return freed(longer, () => {
        const { history: undone, inverse, batch: carried } = longer.undo(1);
        inverse.dispose();
        carried.dispose();
        return freed(undone, ({ revisions }) => revisions);
      });
    },
    root: () => freed(history.root(), ({ fingerprint }) => fingerprint),
    latest: () => freed(history.latest(), ({ lineCount }) => lineCount),
    // Getters need no memory.
    getters: () => [a.fingerprint, a.lineCount, patched.fingerprint, patched.revision, named.id],
    names: () => [named.file, named.patchCount, engine.version, patched.mapLine(3)],
  };
}
