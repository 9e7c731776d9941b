// @ts-check
/** Diffs of ours put on texts that have drifted, by us and by GNU patch: the same bytes. And the case in which git is wrong. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { it } from 'node:test';

import { onBothBackends } from '../engine/backends.mjs';
import { seed } from '../properties/check-property.mjs';
import { RandomText } from './random-text.mjs';

const SAMPLES = 300;
const folder = mkdtempSync(path.join(tmpdir(), 'firn-drift-'));
// At the very end: the backends' suites run one after the other, and hooks in between.
process.on('exit', () => rmSync(folder, { recursive: true }));

/** @typedef {{ before: string, after: string, target: string }} Drift */

/** @param {RandomText} random @returns {Drift} */
function randomDrift(random) {
  const kinds = random.oneIn(3) ? 3 : 4 + random.below(20);
  const lines = random.lines(4 + random.below(36), kinds);
  const above = random.oneIn(2) ? random.lines(random.below(7), kinds) : [];
  const drifted = random.edited([...above, ...lines], random.below(3), kinds);
  const edited = random.edited(lines, 1 + random.below(3), kinds);
  const [before = '', after = '', target = ''] = [lines, edited, drifted].map(
    // Of a missing last newline in a drifted file the two make different things, on purpose.
    (version) => version.map((line) => `${line}\n`).join(''),
  );
  return { before, after, target };
}

/** Runs a program in a folder of its own over many files. @param {string} where @param {Map<string, string>} files @param {string} diff
 * @param {string} program @param {string[]} args @returns {Map<string, string> | undefined} the files afterwards */
function patchedBy(where, files, diff, program, args) {
  const place = path.join(folder, where);
  mkdirSync(place);
  for (const [name, text] of files) writeFileSync(path.join(place, name), text);
  const { error } = spawnSync(program, args, { cwd: place, input: diff });
  if (error) return undefined;
  const read = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  return new Map([...files.keys()].map((name) => [name, read(path.join(place, name))]));
}

await onBothBackends('placing beside the programs', (engine) => {
  /** @param {string} before @param {string} after @param {string} name @param {number} [context] */
  function written(before, after, name, context = 3) {
    const snapshot = engine.freeze(before);
    const batch = engine.diff(snapshot, after);
    const patched = snapshot.apply(batch);
    const names = { oldName: `a/${name}`, newName: `b/${name}` };
    const diff = patched.unifiedDiff({ context, ...names });
    for (const handle of [patched, batch, snapshot]) handle.dispose();
    return diff;
  }

  /** The text as far as hunks fit, and the codes of those that do not. @param {string} target @param {string} text
   * @param {import('@firn/engine').PlaceOptions} options */
  function placed(target, text, options) {
    const snapshot = engine.freeze(target);
    const diff = engine.parseDiff(text);
    const file = diff.files[0] ?? assert.fail(text);
    const { batch, rejected } = file.place(snapshot, { ...options, policy: 'best-effort' });
    const patched = snapshot.apply(batch);
    const result = { text: patched.text(), codes: rejected.map(({ error }) => error.code) };
    for (const handle of [patched, batch, diff, snapshot]) handle.dispose();
    return result;
  }

  it('both programs make the second text of the first and our diff', (context) => {
    const random = new RandomText(seed);
    const drifts = Array.from({ length: SAMPLES }, () => randomDrift(random));
    const named = drifts.map(({ before, after }, at) => ({ name: `file-${at}`, before, after }));
    const files = new Map(named.map(({ name, before }) => [name, before]));
    const diff = named.map(({ name, before, after }) => written(before, after, name)).join('');
    const place = (/** @type {string} */ program) => `${engine.backend}-${program}-exact`;
    const exact = ['-p1', '-f', '-F0', '--no-backup-if-mismatch'];
    const byPatch = patchedBy(place('patch'), files, diff, 'patch', exact);
    const byGit = patchedBy(place('git'), files, diff, 'git', ['apply']);
    if (!byPatch || !byGit) return context.skip('GNU patch or git is not installed');
    for (const { name, after } of named) {
      assert.equal(byPatch.get(name), after, `FIRN_SEED=${seed}, ${name}`);
      assert.equal(byGit.get(name), after, `FIRN_SEED=${seed}, ${name}`);
    }
  });

  for (const maxFuzz of [0, 2]) {
    const placement = maxFuzz === 0 ? 'search' : 'fuzzy';
    it(`${placement} puts every hunk where GNU patch puts it, and refuses what it refuses`, (context) => {
      const random = new RandomText(seed + maxFuzz);
      const drifts = new Map(
        Array.from({ length: SAMPLES }, (_, at) => [`file-${at}`, randomDrift(random)]),
      );
      const diffs = new Map(
        [...drifts].map(([name, { before, after }]) => [name, written(before, after, name)]),
      );
      const args = ['-p1', '-f', `-F${maxFuzz}`, '-r', '-', '--no-backup-if-mismatch'];
      const targets = new Map([...drifts].map(([name, { target }]) => [name, target]));
      const where = `${engine.backend}-${placement}`;
      const theirs = patchedBy(where, targets, [...diffs.values()].join(''), 'patch', args);
      if (!theirs) return context.skip('GNU patch is not installed');
      let compared = 0;
      for (const [name, diff] of diffs) {
        if (diff === '') continue;
        const { text, codes } = placed(targets.get(name) ?? '', diff, { placement, maxFuzz });
        // GNU patch takes the later of two places that are as near.
        if (codes.includes('ambiguous_placement')) continue;
        assert.equal(text, theirs.get(name), `FIRN_SEED=${seed}, ${name}:\n${diff}`);
        compared += 1;
      }
      assert.ok(compared > SAMPLES / 2, `only ${compared} could be compared`);
    });
  }

  it('of repeated blocks search edits the right one, as GNU patch does and git apply does not', (context) => {
    const block = ['begin', 'x', 'y', 'z', 'end'];
    // One line more than the context: a hunk at line 1 would have to lie at the start of the file.
    const before = ['zero', 'one', 'two', 'three', 'head', 'five', 'six', 'seven'];
    for (let repeat = 0; repeat < 8; repeat += 1) before.push(...block);
    const edited = before.with(4, 'HEAD').with(8 + 3 * 5 + 2, 'Y');
    const text = (/** @type {string[]} */ lines) => lines.map((line) => `${line}\n`).join('');
    // Five new lines, as many as a block has: the block before the right one stands where the right one was.
    const shift = ['new', 'new', 'new', 'new', 'new'];
    const target = text([...shift, ...before]);
    const right = text([...shift, ...edited]);
    const diff = written(text(before), text(edited), 'file');
    assert.deepEqual(placed(target, diff, { placement: 'search' }), { text: right, codes: [] });

    const files = new Map([['file', target]]);
    const byPatch = patchedBy(`${engine.backend}-p`, files, diff, 'patch', ['-p1', '-f', '-F0']);
    const byGit = patchedBy(`${engine.backend}-g`, files, diff, 'git', ['apply']);
    if (!byPatch || !byGit) return context.skip('GNU patch or git is not installed');
    assert.equal(byPatch.get('file'), right);
    const wrong = text([...shift, ...before.with(4, 'HEAD').with(8 + 2 * 5 + 2, 'Y')]);
    assert.ok(
      [wrong, right].includes(byGit.get('file') ?? ''),
      `git apply did something new: ${byGit.get('file')}${diff}`,
    );
    if (byGit.get('file') === right) context.diagnostic('git apply carries offsets now');
  });
});
