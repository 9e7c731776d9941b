// @ts-check
/** Clean merges are node-diff3's too; where lines repeat and the two align them differently, git is asked who is right. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { it } from 'node:test';

import { merge } from 'node-diff3';

import { onBothBackends } from '../engine/backends.mjs';
import { seed } from '../properties/check-property.mjs';
import { RandomText } from './random-text.mjs';

const ROUNDS = 1500;
const folder = mkdtempSync(path.join(tmpdir(), 'firn-diff3-'));
// At the very end: the backends' suites run one after the other, and hooks in between.
process.on('exit', () => rmSync(folder, { recursive: true }));

/** @param {string[]} lines */
const textOf = (lines) => lines.map((line) => `${line}\n`).join('');

/** Three versions of a text, as lines. @param {RandomText} random @param {number} kinds @returns {Record<'base' | 'ours' | 'theirs', string[]>} */
function randomVersions(random, kinds) {
  const base = random.lines(5 + random.below(30), kinds);
  const edited = () => random.edited(base, random.below(4), kinds);
  return { base, ours: edited(), theirs: edited() };
}

/** What git makes of it, or nothing without git. @param {ReturnType<typeof randomVersions>} versions */
function mergedByGit(versions) {
  for (const [name, lines] of Object.entries(versions)) {
    writeFileSync(path.join(folder, name), textOf(lines));
  }
  const args = ['merge-file', '-p', 'ours', 'base', 'theirs'];
  const { stdout, error } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  return error ? undefined : stdout;
}

await onBothBackends('node-diff3', (engine) => {
  /** @param {ReturnType<typeof randomVersions>} versions */
  function mergeBoth({ base, ours, theirs }) {
    const merged = engine.merge(textOf(base), textOf(ours), textOf(theirs));
    const other = merge(ours, base, theirs, { excludeFalseConflicts: true });
    return {
      mine: merged.conflicts.length > 0 ? undefined : merged.text(),
      other: other.conflict ? undefined : textOf(other.result),
    };
  }

  it('merges the same texts cleanly, and to the same, where no line repeats', () => {
    const random = new RandomText(seed);
    let clean = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { mine, other } = mergeBoth(randomVersions(random, 2 ** 31));
      assert.equal(mine, other, `FIRN_SEED=${seed}, round ${round}`);
      if (mine !== undefined) clean += 1;
    }
    assert.ok(clean > ROUNDS / 2);
  });

  it('merges otherwise, if ever, only where lines repeat, and then git does as we do', () => {
    const random = new RandomText(seed);
    let same = 0;
    let different = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const versions = randomVersions(random, 6);
      const { mine, other } = mergeBoth(versions);
      if (mine === undefined || other === undefined) continue;
      if (mine === other) same += 1;
      else {
        different += 1;
        const judge = mergedByGit(versions) ?? mine;
        assert.equal(mine, judge, `FIRN_SEED=${seed}, round ${round}`);
      }
    }
    assert.ok(different < same / 50, `${different} of ${same + different} clean merges differ`);
  });
});
