// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onBothBackends, refusal, utf8, wrong } from './backends.mjs';

const GIT = `From: someone
diff --git a/old.js b/new.js
similarity index 90%
rename from old.js
rename to new.js
index 0123456..89abcde 100644
--- a/old.js
+++ b/new.js
@@ -2,2 +2,3 @@ function f() {
 two
+between
 three
@@ -9 +10 @@
-nine
+NINE
diff --git a/empty b/empty
new file mode 100755
index 0000000..e69de29
`;

await onBothBackends('reading a diff', (engine) => {
  it('gives the files, their headers and their hunks as data', () => {
    const [renamed, created] = engine.parseDiff(GIT).files;
    assert.deepEqual(
      { ...renamed },
      {
        kind: 'rename',
        oldName: 'a/old.js',
        newName: 'b/new.js',
        oldMode: '100644',
        newMode: '100644',
        similarityPercent: 90,
        oldBlob: '0123456',
        newBlob: '89abcde',
        hunks: [
          {
            ...{ oldLine: 2, oldCount: 2, newLine: 2, newCount: 3 },
            ...{ section: 'function f() {', diffLine: 9 },
          },
          { oldLine: 9, oldCount: 1, newLine: 10, newCount: 1, section: '', diffLine: 13 },
        ],
      },
    );
    assert.equal(created?.kind, 'create');
    assert.deepEqual([created?.newName, created?.newMode], ['b/empty', '100755']);
    assert.equal('oldName' in wrong(created), false);
    assert.deepEqual(created?.hunks, []);
  });

  it('takes text and bytes', () => {
    const diff = engine.parseDiff(GIT);
    assert.deepEqual(JSON.stringify(engine.parseDiff(utf8(GIT)).files), JSON.stringify(diff.files));
    const latin1 = Buffer.from('--- a\n+++ b\n@@ -1 +1 @@\n-\xe9\n+e\n', 'latin1');
    const [file] = engine.parseDiff(latin1).files;
    const placed = file?.place(engine.freeze(Buffer.from('\xe9\n', 'latin1')));
    assert.equal(placed?.batch.patchCount, 1);
  });

  it('makes its files once, and nobody changes them', () => {
    const { files } = engine.parseDiff(GIT);
    const [file] = files;
    const set = (/** @type {unknown} */ target, /** @type {object} */ what) => () =>
      Object.assign(wrong(target), what);
    assert.throws(set(files, { 0: undefined }), TypeError);
    assert.throws(set(file, { kind: 'copy' }), TypeError);
    assert.throws(set(file?.hunks[0], { oldLine: 7 }), TypeError);
    const diff = engine.parseDiff(GIT);
    assert.equal(diff.files, diff.files);
  });

  it('keeps the headers readable after the diff is gone', () => {
    const diff = engine.parseDiff(GIT);
    const [file] = diff.files;
    diff.dispose();
    assert.equal(file?.kind, 'rename');
    refusal('disposed', () => file?.place(engine.freeze('')), /this diff was disposed/);
  });

  it('recounts hunks when asked to', () => {
    const edited = '--- a\n+++ b\n@@ -1,5 +1,5 @@\n one\n-two\n+2\n';
    const error = refusal('malformed_diff', () => engine.parseDiff(edited));
    assert.equal(error.position?.line, 7);
    const [file] = engine.parseDiff(edited, { recount: true }).files;
    assert.deepEqual([file?.hunks[0]?.oldCount, file?.hunks[0]?.newCount], [2, 2]);
  });

  it('refuses what is no diff, leaves the root, or is not lines', () => {
    refusal('malformed_diff', () => engine.parseDiff('hello\n'));
    const up = '--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n';
    assert.equal(refusal('unsafe_path', () => engine.parseDiff(up)).position?.line, 1);
    assert.equal(engine.parseDiff(up, { anyNames: true }).files[0]?.oldName, 'a/../../etc/passwd');
    const binary = 'diff --git a/x.png b/x.png\nBinary files a/x.png and b/x.png differ\n';
    refusal('binary_patch', () => engine.parseDiff(binary));
  });

  it('refuses wrong arguments by name', () => {
    for (const value of [undefined, null, 3, {}, [], new ArrayBuffer(1)]) {
      refusal(
        'invalid_argument',
        () => engine.parseDiff(wrong(value)),
        /parseDiff: needs a string/,
      );
    }
    refusal('malformed_text', () => engine.parseDiff('\ud800'), /parseDiff: the text/);
    const read = (/** @type {unknown} */ options) => () => engine.parseDiff(GIT, wrong(options));
    refusal('invalid_argument', read({ recount: 1 }), /recount must be true or false, not 1/);
    refusal('invalid_argument', read({ anyNames: 1 }), /anyNames must be true or false, not 1/);
    refusal('invalid_argument', read({ count: true }), /unknown option "count"/);
    refusal('invalid_argument', read(true), /options must be an object, not true/);
  });
});
