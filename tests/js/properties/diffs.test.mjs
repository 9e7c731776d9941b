// @ts-check
/** The unified diffs that Firn writes, applied by the two programs that everyone has, give Firn's bytes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import fc from 'fast-check';

import { binaryOf } from '../../conformance/oracle.mjs';
import { sample } from './arbitraries.mjs';
import { paste, seed } from './check-property.mjs';
import { attempt, withHandles } from './handles.mjs';

const SAMPLES = 400;
const folder = mkdtempSync(path.join(tmpdir(), 'firn-diffs-'));
after(() => rmSync(folder, { recursive: true }));

/** @typedef {{ name: string, given: import('./arbitraries.mjs').Sample, base: string, patched: string, diff: string }} Made */

/** Samples as files and diffs, a file each. @param {import('@firn/engine').Engine} engine @param {number} context @returns {Made[]} */
function makeDiffs(engine, context) {
  return fc.sample(sample, { numRuns: SAMPLES, seed }).flatMap((given, index) => {
    const name = `sample-${index}.txt`;
    const options = /** @type {const} */ ({ ties: 'keep-order', policy: 'best-effort' });
    const batch = { patches: given.batch.patches, file: name };
    const named = { text: given.text, batch, options };
    return withHandles(engine, named, ({ snapshot, batch: handle }) => {
      const applied = attempt(() => snapshot.apply(handle, options));
      if ('errors' in applied) throw new Error(applied.errors[0]?.message);
      const { made } = applied;
      const patched = binaryOf(made.bytes());
      const diff = binaryOf(made.unifiedDiffBytes({ context }));
      made.dispose();
      assert.equal(diff === '', patched === given.text, 'an empty diff is one of no change');
      return { name, given: named, base: given.text, patched, diff };
    });
  });
}

/** Without context, `git apply` takes an unterminated line for the beginning of any line, so it may edit an earlier one;
 * it does so with the diffs of `git diff -U0`, too. @param {Made} made */
function misreadByGit({ base }) {
  const lines = base.split('\n');
  const unterminated = lines.pop() ?? '';
  return unterminated !== '' && lines.some((line) => line.startsWith(unterminated));
}

/** Puts the bases into a folder of their own, and applies all diffs there in one run.
 * @param {string} where @param {Made[]} all @param {string} program @param {string[]} args */
function applyWith(where, all, program, args) {
  const place = path.join(folder, where);
  mkdirSync(place);
  for (const { name, base } of all) writeFileSync(path.join(place, name), base, 'latin1');
  const input = Buffer.from(all.map(({ diff }) => diff).join(''), 'latin1');
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: place, input });
  if (error)
    throw new Error(`${program} did not start; it is one of the tools to set up`, { cause: error });
  const said = `${stdout}${stderr}`.slice(0, 4000);
  for (const { name, given, patched } of all) {
    const found = readFileSync(path.join(place, name), 'latin1');
    assert.equal(found, patched, `FIRN_SEED=${seed}, ${program}: ${said}\n${paste(given)}`);
  }
  assert.equal(status, 0, `FIRN_SEED=${seed}, ${program}: ${said}`);
  assert.equal(readdirSync(place).length, all.length, 'no file of rejects, no file gone');
}

const native = await loadEngine({ backend: 'native' });
const wasm = await loadEngine({ backend: 'wasm' });

for (const engine of [native, wasm]) {
  const { backend } = engine;
  describe(`the unified diffs of ${backend}`, () => {
    for (const context of [0, 1, 3]) {
      const all = makeDiffs(engine, context);
      it(`with ${context} lines of context, GNU patch gives our bytes`, () => {
        const args = ['-p1', '--force', '--fuzz=0', '--no-backup-if-mismatch'];
        applyWith(`${backend}-patch-${context}`, all, 'patch', args);
      });
      it(`with ${context} lines of context, git apply gives our bytes`, () => {
        const zero = context === 0 ? ['--unidiff-zero'] : [];
        const settings = ['-c', 'core.autocrlf=false', '-c', 'apply.whitespace=nowarn'];
        const fair = context === 0 ? all.filter((made) => !misreadByGit(made)) : all;
        assert.ok(fair.length > all.length / 2, 'most samples are left');
        applyWith(`${backend}-git-${context}`, fair, 'git', [...settings, 'apply', ...zero]);
      });
    }
  });
}
