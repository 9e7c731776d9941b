// @ts-check
/** Trees of files, as the engine does them by itself; what the command makes of it is in tests/js/cli. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';

import { FirnError, loadEngine, Trees } from '@firn/engine';
import { utf8, wrong } from './backends.mjs';

const engine = await loadEngine({ backend: 'native' });
const trees = Trees.of(engine);
assert.ok(trees, 'the addon has trees');

const diff = engine.parseDiff('--- a/f\n+++ b/f\n@@ -1 +1 @@\n-old\n+new\n');
const plain = { strip: 1, owner: '{}' };

/** A tree of one file, and an empty folder beside it. @param {import('node:test').TestContext} test */
function foldersFor(test) {
  const folder = mkdtempSync(path.join(tmpdir(), 'firn-trees-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const [from, to] = [path.join(folder, 'from'), path.join(folder, 'to')];
  for (const each of [from, to]) mkdirSync(each);
  writeFileSync(path.join(from, 'f'), 'old\n');
  return { from, to };
}

describe('a tree', () => {
  it('takes a diff that fits it, and is left as it is by any other', async (test) => {
    const { from } = foldersFor(test);
    const read = () => readFileSync(path.join(from, 'f'), 'utf8');
    const done = await trees.applyDiff(from, diff, { ...plain, places: true });
    assert.equal(done.outcome, 'done');
    assert.equal(done.outcome === 'done' && done.places?.[0]?.hunks[0]?.line, 1);
    assert.equal(read(), 'new\n');
    assert.deepEqual(await trees.applyDiff(from, diff, plain), { outcome: 'not-plain' });
    const signal = AbortSignal.abort();
    const back = { ...plain, placing: { reverse: true } };
    const { outcome } = await trees.applyDiff(from, diff, { ...back, signal });
    assert.deepEqual([outcome, read()], ['cancelled', 'new\n']);
    assert.equal((await trees.applyDiff(from, diff, back)).outcome, 'done');
    assert.equal(read(), 'old\n');
    assert.deepEqual(readdirSync(from), ['f']);
  });

  it('is copied with some of its files replaced', async (test) => {
    const { from, to } = foldersFor(test);
    const replacements = new Map([['f', utf8('patched\n')]]);
    const copied = await trees.copyTree(from, to, { replacements });
    assert.deepEqual(copied, { outcome: 'done', files: 1, shared: 0 });
    assert.equal(readFileSync(path.join(to, 'f'), 'utf8'), 'patched\n');
  });

  it('is of the addon alone', async () => {
    assert.equal(Trees.of(await loadEngine({ backend: 'wasm' })), undefined);
  });

  it('is not touched by a call with wrong arguments', async (test) => {
    const { from, to } = foldersFor(test);
    /** @param {unknown} given */
    const apply = (given) => trees.applyDiff(from, diff, wrong(given));
    /** @param {unknown} given */
    const copy = (given) => trees.copyTree(from, to, wrong(given));
    const bytes = utf8('x');
    /** @type {readonly [call: () => Promise<unknown>, message: RegExp][]} */
    const calls = [
      [() => apply(undefined), /^trees\.applyDiff: owner must be a string, not undefined$/],
      [() => apply(null), /options must be an object, not null$/],
      [() => apply({ owner: '{}' }), /strip must be a whole number from 0 to \d+, not undefined$/],
      [() => apply({ ...plain, flsh: true }), /unknown option "flsh"; there are strip, /],
      [() => apply({ ...plain, flush: 'yes' }), /flush must be true or false, not "yes"$/],
      [() => apply({ ...plain, places: 1 }), /places must be true or false, not 1$/],
      [() => apply({ ...plain, placing: { maxFuz: 1 } }), /placing: options: unknown option/],
      [() => apply({ ...plain, signal: 3 }), /signal must be an AbortSignal, not 3$/],
      [() => trees.applyDiff(wrong(3), diff, plain), /root must be a string, not 3$/],
      [() => trees.applyDiff(`${from}\0x`, diff, plain), /root has a NUL, which no path has: /],
      [() => trees.applyDiff(from, wrong({}), plain), /needs a Diff, /],
      [() => copy(null), /options must be an object, not null$/],
      [() => copy({ hardLinks: 1 }), /hardLinks must be true or false, not 1$/],
      [() => copy({ onProgress: 1 }), /onProgress must be a function, not 1$/],
      [() => copy({ signal: {} }), /signal must be an AbortSignal, not an object$/],
      [() => copy({ replacements: {} }), /replacements must be a Map, not an object$/],
      [() => copy({ replacements: new Map([[1, bytes]]) }), /a path must be a string, not 1$/],
      [() => copy({ replacements: new Map([['f\0', bytes]]) }), /a path has a NUL, /],
      [() => copy({ replacements: new Map([['f', 'x']]) }), /must be a Uint8Array, not "x"$/],
      [() => trees.copyTree(from, `${to}\0`), /to has a NUL, which no path has: /],
    ];
    for (const [call, message] of calls) {
      await assert.rejects(call, (error) => {
        assert.ok(error instanceof FirnError, String(error));
        assert.match(error.message, message);
        return error.code === 'invalid_argument';
      });
    }
    assert.deepEqual([readFileSync(path.join(from, 'f'), 'utf8'), readdirSync(to)], ['old\n', []]);
  });
});
