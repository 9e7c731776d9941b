// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onBothBackends, refusal, wrong } from './backends.mjs';

const TEXT = 'function sum(a, b) {\n  return a + b;\n}\n';

await onBothBackends('the unified diff of a patched text', (engine) => {
  const snapshot = engine.freeze(TEXT);
  const batch = engine.batch({
    file: 'src/sum.js',
    patches: [{ op: 'replace', line: 3, text: '};' }],
  });
  const patched = snapshot.apply(batch);

  it('names the function that a hunk is in, when asked to', () => {
    const hunkOf = (/** @type {import('@firn/engine').UnifiedDiffOptions} */ options) =>
      patched.unifiedDiff({ context: 0, ...options }).split('\n')[2];
    assert.equal(hunkOf({}), '@@ -3 +3 @@');
    assert.equal(hunkOf({ functionNames: 'none' }), '@@ -3 +3 @@');
    assert.equal(hunkOf({ functionNames: 'plain' }), '@@ -3 +3 @@ function sum(a, b) {');
    assert.equal(hunkOf({ functionNames: 'by-name' }), hunkOf({ functionNames: 'plain' }));
    const css = engine.freeze('.a {\n  top: 0;\n}\n').apply(batch);
    const last = css.unifiedDiff({ context: 0, functionNames: 'by-name', newName: 'b/x.css' });
    assert.match(last, /@@ \.a \{\n/);
  });

  it('has the header that git writes, when asked to', () => {
    assert.equal(
      patched.unifiedDiff({ context: 0, git: {} }),
      'diff --git a/src/sum.js b/src/sum.js\n--- a/src/sum.js\n+++ b/src/sum.js\n@@ -3 +3 @@\n-}\n+};\n',
    );
    /** @type {import('@firn/engine').GitHeader} */
    const git = {
      ...{ kind: 'rename', oldPath: 'old.js', newPath: 'new.js', similarityPercent: 66 },
      ...{ oldMode: '100644', newMode: '100644', oldBlob: '0123abc', newBlob: '4567def' },
    };
    const [file] = engine.parseDiff(patched.unifiedDiff({ git })).files;
    const { hunks, oldName, newName, ...headers } = wrong({ ...file });
    const { oldPath, newPath, ...given } = git;
    assert.deepEqual(headers, given);
    assert.deepEqual([oldName, newName], ['a/old.js', 'b/new.js']);
    assert.equal(hunks.length, 1);
  });

  it('says that a file is new, gone, or of another mode', () => {
    const empty = engine.freeze('');
    const made = empty.apply(engine.diff(empty, TEXT));
    const create = made.unifiedDiff({
      git: { kind: 'create', newPath: 'x.sh', newMode: '100755' },
    });
    assert.match(create, /^diff --git .*\nnew file mode 100755\n/);
    assert.match(create, /\n--- \/dev\/null\n/);
    const none = snapshot.apply(engine.diff(snapshot, ''));
    const remove = none.unifiedDiff({ git: { kind: 'remove', oldPath: 'x.sh' } });
    assert.equal(engine.parseDiff(remove).files[0]?.kind, 'remove');
    const same = snapshot.apply(engine.batch([]));
    const modes = { oldPath: 'x.sh', oldMode: '100644', newMode: '100755' };
    const [file] = engine.parseDiff(same.unifiedDiff({ git: modes })).files;
    assert.deepEqual([file?.oldMode, file?.newMode, file?.hunks], ['100644', '100755', []]);
    refusal('invalid_argument', () => patched.unifiedDiff({ git: { kind: 'create' } }));
    const unnamed = snapshot.apply(engine.batch([{ op: 'delete', line: 1 }]));
    refusal('invalid_argument', () => unnamed.unifiedDiff({ git: {} }));
  });

  it('refuses options that mean nothing, by name', () => {
    const write = (/** @type {unknown} */ options) => () => patched.unifiedDiff(wrong(options));
    refusal('invalid_argument', write({ functionNames: 'js' }), /one of none, plain, cpp, css/);
    refusal('invalid_argument', write({ git: true }), /git must be an object, not true/);
    refusal(
      'invalid_argument',
      write({ git: {}, oldName: 'x' }),
      /oldName is for a diff without git/,
    );
    const git = (/** @type {unknown} */ header) => write({ git: header });
    refusal('invalid_argument', git({ kind: 'delete' }), /git\.kind must be one of/);
    refusal('invalid_argument', git({ oldPath: '' }), /git\.oldPath must be a string/);
    refusal('malformed_text', git({ newPath: '\ud800' }), /git\.newPath/);
    refusal('invalid_argument', git({ oldMode: 0o100644 }), /six octal digits, not 33188/);
    refusal('invalid_argument', git({ newMode: '100648' }), /git\.newMode must be six octal/);
    refusal('invalid_argument', git({ similarityPercent: 101 }), /from 0 to 100, not 101/);
    refusal('invalid_argument', git({ oldBlob: 'abc\nxyz' }), /git\.oldBlob must be 4 to 64 hex/);
    refusal('invalid_argument', git({ mode: '100644' }), /unknown option "mode"/);
  });
});
