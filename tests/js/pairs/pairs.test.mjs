// @ts-check
/** What people publish, and what they publish next: compared, written, read, placed, carried and merged. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { it } from 'node:test';

import { pairs } from '@firn/test-pairs';

import { onBothBackends } from '../engine/backends.mjs';
import { RandomText } from '../peers/random-text.mjs';
import { seed } from '../properties/check-property.mjs';

/** @typedef {import('@firn/engine').PatchInput} Patch */
/** @typedef {import('@firn/engine').Snapshot} Snapshot */

const EDITS = 200;
const folder = mkdtempSync(path.join(tmpdir(), 'firn-pairs-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

/** Equal, without the time and the text that a comparison byte by byte would take. @param {Uint8Array} found @param {Uint8Array} expected @param {string} what */
const assertSame = (found, expected, what) =>
  assert.ok(Buffer.from(found).equals(expected), `${what}: other bytes`);

/** Changes that someone made on the older version: every so many lines one, with lines that are nowhere else.
 * @param {Snapshot} snapshot @returns {Patch[]} */
function randomPatches({ lineCount }) {
  const random = new RandomText(seed);
  const count = Math.min(EDITS, Math.floor(lineCount / 8));
  const stride = Math.floor(lineCount / count);
  return Array.from({ length: count }, (_, at) => {
    const line = at * stride + 1 + random.below(Math.max(1, stride - 4));
    const endLine = line + random.below(3);
    const lines = [`change ${at}`, `its second line ${at}`];
    const id = `c${at}`;
    if (random.oneIn(4)) return { op: 'delete', id, line, endLine };
    if (random.oneIn(2)) return { op: 'insert', id, line, lines };
    return { op: 'replace', id, line, endLine, lines };
  });
}

await onBothBackends('published versions', (engine) => {
  for (const { name, older, newer } of pairs) {
    const [oldBytes, newBytes] = [older, newer].map((file) => new Uint8Array(readFileSync(file)));
    if (!oldBytes || !newBytes) continue;

    it(`${name}: the diff is written, read and placed, there and back`, () => {
      const [before, after] = [engine.freeze(oldBytes), engine.freeze(newBytes)];
      for (const algorithm of /** @type {const} */ (['histogram', 'myers'])) {
        const batch = engine.diff(before, after, { algorithm });
        const patched = before.apply(batch);
        assertSame(patched.bytes(), newBytes, `${algorithm} applied`);
        const written = patched.unifiedDiffBytes({ oldName: 'a/f', newName: 'b/f' });
        const diff = engine.parseDiff(written);
        const [file] = diff.files;
        assert.ok(file && diff.files.length === 1);
        const there = file.place(before);
        const read = before.apply(there.batch);
        assertSame(read.bytes(), newBytes, `${algorithm} read and placed`);
        assert.ok(there.hunks.every(({ offset, fuzz }) => offset === 0 && fuzz === 0));
        const back = file.place(after, { reverse: true });
        const undone = after.apply(back.batch);
        assertSame(undone.bytes(), oldBytes, `${algorithm} taken back`);
        for (const made of [undone, back.batch, read, there.batch, diff, patched, batch]) {
          made.dispose();
        }
      }
      for (const made of [after, before]) made.dispose();
    });

    it(`${name}: changes made on the older version are carried to the newer one`, () => {
      const [before, after] = [engine.freeze(oldBytes), engine.freeze(newBytes)];
      const patches = randomPatches(before);
      const batch = engine.batch(patches);
      const rebased = batch.rebase(before, after);
      const patched = after.apply(rebased.batch);

      assert.equal(rebased.patches.length, patches.length);
      const carried = rebased.patches.filter(
        ({ carried: how }) => how === 'clean' || how === 'moved',
      );
      assert.ok(carried.length > patches.length / 2, `only ${carried.length} were carried`);
      for (const { patch, from, to, carried: how } of carried) {
        const where = `FIRN_SEED=${seed}, ${patch.id} at ${to.from}`;
        assert.deepEqual(after.lines(to.from, to.to), before.lines(from.from, from.to), where);
        assert.equal(how, from.from === to.from ? 'clean' : 'moved', where);
      }
      // Every carried change is in the result as it was written, and there is no other.
      const changes = patched.changes();
      assert.deepEqual(
        changes.map(({ patch }) => patch.id),
        carried.map(({ patch }) => patch.id),
      );
      for (const { patch, from, to } of changes) {
        const written = patches.find(({ id }) => id === patch.id);
        const lines = written && 'lines' in written ? written.lines : [];
        assert.deepEqual(patched.lines(from, to), lines, patch.id);
      }
      for (const made of [patched, rebased.batch, batch, after, before]) made.dispose();
    });

    it(`${name}: changes made on the older version merge with the newer one as git merges them`, (context) => {
      const before = engine.freeze(oldBytes);
      const batch = engine.batch(randomPatches(before));
      const changed = before.apply(batch);
      const ours = changed.bytes();
      const merged = engine.merge(before, ours, newBytes);
      for (const made of [changed, batch, before]) made.dispose();

      const sides = { ours, base: oldBytes, theirs: newBytes };
      for (const [side, bytes] of Object.entries(sides)) {
        writeFileSync(path.join(folder, side), bytes);
      }
      const labels = Object.keys(sides).flatMap((side) => ['-L', side]);
      const args = ['merge-file', '-p', ...labels, ...Object.keys(sides)];
      const { stdout, error } = spawnSync('git', args, { cwd: folder, maxBuffer: 2 ** 26 });
      if (error) return context.skip('git is not installed');
      assertSame(merged.bytes(), stdout, `FIRN_SEED=${seed}, git merge-file`);
    });
  }
});
