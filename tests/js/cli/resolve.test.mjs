// @ts-check
/** `firn resolve`: conflicts that `firn rebase --onto --write` has left, decided by a person. */
import assert from 'node:assert/strict';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { applyFile, patchIndex } from '@firn/sets';
import { freezeBaseline, loadSets } from '@firn/sets/node';

import { firn, folderFor } from './run-firn.mjs';
import { below, isConflicts, shopFor } from './shops.mjs';

const engine = await loadEngine();

const cart = '// cart\nexport function Cart() {\n  const total = 1;\n  return total;\n}\n// end\n';
const next = `// licence\n${cart.replace('return total', 'return round(total)')}`;
/** @param {number} line @param {string} text @param {object} [more] */
const replace = (line, text, more = {}) =>
  /** @type {const} */ ({ op: 'replace', line, text, ...more });
/** One part is in conflict, the other only moves. */
const both = {
  file: 'cart.js',
  patches: [replace(1, '// basket', { id: 'title', 'x-why': 'ours' }), replace(4, '  return 2;')],
};
const after = { file: 'cart.js', patches: [replace(6, '// the end')], after: 'both' };

/**
 * A set after a rebase that left conflicts. The old baseline is gone by then.
 * @param {Parameters<typeof shopFor>[0]} test @param {Record<string, import('./shops.mjs').Patch>} [patches]
 * @param {string} [text] of the new baseline
 */
function conflicted(test, patches = { both }, text = next) {
  const cwd = shopFor(
    test,
    { 'cart.js': cart },
    { alpen: patches },
    below('next', { 'cart.js': text }),
  );
  assert.equal(firn(['rebase', '--root', 'shop', '--onto', 'next', '--write'], { cwd }).code, 1);
  rmSync(path.join(cwd, 'shop'), { recursive: true });
  return cwd;
}

/** @param {string} cwd @param {string[]} args @param {{ input?: string, env?: Record<string, string> }} [options] */
const resolve = (cwd, args, options = {}) =>
  firn(['resolve', '--root', 'next', ...args], { cwd, ...options });

/** What the set makes of the new baseline. @param {string} cwd */
function built(cwd) {
  const index = patchIndex(loadSets(path.join(cwd, 'patches'), ['alpen']));
  const baseline = freezeBaseline(engine, path.join(cwd, 'next'), 'cart.js');
  return applyFile(engine, baseline, index.of('cart.js')).patched.text();
}

/** @param {string} cwd */
const namesIn = (cwd) => readdirSync(path.join(cwd, 'patches/alpen')).sort();

/** @param {string} cwd */
function assertSettled(cwd) {
  assert.ok(
    namesIn(cwd).every((name) => !name.endsWith('.conflicts')),
    namesIn(cwd).join(),
  );
  const { code, out, err } = firn(['check', '--root', 'next'], { cwd });
  assert.equal(code, 0, out + err);
}

const MARKED = `// licence
// basket
export function Cart() {
  const total = 1;
<<<<<<< alpen/both
  return 2;
||||||| the old text
  return total;
=======
  return round(total);
>>>>>>> the new text
}
// end
`;

describe('firn resolve', () => {
  it('opens the new file with the patch in it and its conflicts marked, and records what it becomes', (test) => {
    const cwd = conflicted(test);
    const seen = path.join(cwd, 'seen');
    const decided = '/^<<<<<<</,/^=======/d; /^>>>>>>>/d; s/round(total)/round(2)/';
    const env = { VISUAL: `cp "$1" ${seen}; sed -i '${decided}'` };
    const { code, out, err } = resolve(cwd, [], { env: { ...env, EDITOR: 'false' } });
    assert.deepEqual([code, err], [0, '']);
    assert.equal(out, 'changed alpen/both: cart.js (patches/alpen/both.json)\n');
    assert.equal(readFileSync(seen, 'utf8'), MARKED);
    const expected = next.replace('// cart', '// basket').replace('round(total)', 'round(2)');
    assert.equal(built(cwd), expected);
    assertSettled(cwd);
    // Fresh in all: the part that was carried keeps its id and what people wrote of it.
    const batch = JSON.parse(readFileSync(path.join(cwd, 'patches/alpen/both.json'), 'utf8'));
    assert.deepEqual(batch.patches, [
      {
        id: 'title',
        op: 'replace',
        line: 2,
        lines: ['// basket'],
        expect: '// cart',
        'x-why': 'ours',
      },
      { op: 'replace', line: 5, lines: ['  return round(2);'], expect: '  return round(total);' },
    ]);
    assert.equal(batch.base.fingerprint, engine.freeze(next).fingerprint);
  });

  it('takes one side of all conflicts, and what was carried with either', (test) => {
    for (const [side, line] of [
      ['ours', '  return 2;'],
      ['theirs', '  return round(total);'],
    ]) {
      const cwd = conflicted(test);
      const { code, err } = resolve(cwd, ['alpen/both', '--take', side ?? '']);
      assert.deepEqual([code, err], [0, '']);
      const expected = next
        .replace('// cart', '// basket')
        .replace('  return round(total);', line ?? '');
      assert.equal(built(cwd), expected);
      assertSettled(cwd);
    }
  });

  it('takes a patch out of which nothing is left', (test) => {
    const only = { file: 'cart.js', patches: [replace(4, '  return 2;')] };
    const cwd = conflicted(test, { only });
    const { code, out } = resolve(cwd, ['only', '--take', 'theirs']);
    assert.deepEqual([code, out], [0, 'removed alpen/only: cart.js (patches/alpen/only.json)\n']);
    assert.deepEqual(namesIn(cwd), ['firn.json']);
  });

  it('writes the marked file for another day, and takes it back when it is edited', (test) => {
    const cwd = conflicted(test);
    const before = namesIn(cwd);
    assert.equal(resolve(cwd, ['both', '-o', 'cart.marked']).code, 0);
    assert.equal(readFileSync(path.join(cwd, 'cart.marked'), 'utf8'), MARKED);
    assert.deepEqual(namesIn(cwd), before);
    const edited = next.replace('// end', '// more\n// end');
    const { code, err } = resolve(cwd, ['both', '--edited', '-'], { input: edited });
    assert.deepEqual([code, err], [0, '']);
    assert.equal(built(cwd), edited);
    assertSettled(cwd);
  });

  it('refuses a half-resolved file, names the lines of its markers, and keeps the copy', (test) => {
    const cwd = conflicted(test);
    const before = namesIn(cwd).map((name) =>
      readFileSync(path.join(cwd, 'patches/alpen', name), 'utf8'),
    );
    const { code, err } = resolve(cwd, [], { env: { VISUAL: "sed -i '/^=======/,/^>>>>>>>/d'" } });
    assert.equal(code, 1);
    assert.match(
      err,
      /alpen\/both is not resolved: markers are left at lines 5 and 7 of "cart\.js"/,
    );
    const copy = /the copy is in (\S+)/.exec(err)?.[1] ?? '';
    assert.ok(existsSync(copy), err);
    rmSync(path.dirname(copy), { recursive: true });
    const now = namesIn(cwd).map((name) =>
      readFileSync(path.join(cwd, 'patches/alpen', name), 'utf8'),
    );
    assert.deepEqual(now, before);
  });

  it('says that nothing was decided, and keeps no copy of that', (test) => {
    const cwd = conflicted(test);
    const { code, err } = resolve(cwd, [], { env: { VISUAL: 'true' } });
    assert.deepEqual(
      [code, err],
      [1, 'firn: "cart.js" was not changed, and alpen/both is not resolved\n'],
    );
  });

  it('takes bytes for bytes, whatever they are', (test) => {
    const [old, now] = ['caf\xe9\nend\n', 'th\xe9\nend\n'].map((text) =>
      Buffer.from(text, 'latin1'),
    );
    assert.ok(old && now);
    const empty = { schema: 'firn.set/1', id: 'alpen', patches: [] };
    const cwd = folderFor(test, {
      'old/a.txt': old,
      'next/a.txt': now,
      'patches/alpen/firn.json': JSON.stringify(empty),
      'a.json': JSON.stringify([{ op: 'replace', line: 1, text: 'coffee' }]),
    });
    assert.equal(firn(['add', 'a.json', '--file', 'a.txt', '--root', 'old'], { cwd }).code, 0);
    assert.equal(firn(['rebase', '--root', 'old', '--onto', 'next', '--write'], { cwd }).code, 1);
    const conflicts = readFileSync(path.join(cwd, 'patches/alpen/a.json.conflicts'), 'utf8');
    assert.ok(isConflicts(JSON.parse(conflicts)), JSON.stringify(isConflicts.errors));
    const { bytes } = resolve(cwd, ['-o', '-']);
    const marked =
      '<<<<<<< alpen/a\ncoffee\n||||||| the old text\ncaf\xe9\n=======\nth\xe9\n>>>>>>> the new text\nend\n';
    assert.equal(bytes.toString('latin1'), marked);
    const { code, err } = resolve(cwd, ['--take', 'ours']);
    assert.deepEqual([code, err], [0, '']);
    assertSettled(cwd);
  });

  it('makes markers that the file does not have by itself, whatever its line ends', (test) => {
    const cwd = shopFor(
      test,
      { 'cart.js': 'Cart\n=======\n\nold\n' },
      {
        alpen: { text: { file: 'cart.js', patches: [replace(4, 'ours')] } },
      },
      below('next', { 'cart.js': 'Cart\n=======\n\ntheirs\n' }),
    );
    assert.equal(firn(['rebase', '--root', 'shop', '--onto', 'next', '--write'], { cwd }).code, 1);
    const { out } = resolve(cwd, ['-o', '-']);
    assert.equal(
      out,
      'Cart\n=======\n\n<<<<<<<< alpen/text\nours\n|||||||| the old text\nold\n========\ntheirs\n>>>>>>>> the new text\n',
    );
    const left = resolve(cwd, ['--edited', '-'], { input: 'Cart\n=======\n\nours\n========\r\n' });
    assert.match(left.err, /markers are left at line 5 /);
    assert.equal(resolve(cwd, ['--take', 'ours']).code, 0);
    assertSettled(cwd);
  });

  it('carries the patches that follow it, and says which of them is to be resolved next', (test) => {
    const cwd = conflicted(test, { both, after });
    assert.equal(resolve(cwd, ['--take', 'ours']).code, 0);
    assertSettled(cwd);
    assert.match(built(cwd), /return 2;\n}\n\/\/ the end\n$/);

    const over = { file: 'cart.js', patches: [replace(4, '  return 3;')], after: 'both' };
    const other = conflicted(test, { both, over });
    const { code, out, err } = resolve(other, ['both', '--take', 'theirs']);
    assert.equal(code, 1);
    assert.match(out, /^changed alpen\/both/);
    assert.match(err, /alpen\/over follows it, and is in conflict now: firn resolve alpen\/over/);
    assert.match(
      firn(['status', '--root', 'next'], { cwd: other }).out,
      /stale +over +cart\.js +1 conflict/,
    );
    assert.equal(resolve(other, ['--take', 'ours']).code, 0);
    assert.match(built(other), /return 3;/);
    assertSettled(other);
  });

  it('refuses what collides with another patch of the set, and changes nothing', (test) => {
    const cwd = conflicted(test);
    const beside = { patches: [{ op: 'replace', line: 7, text: '// the end' }], file: 'cart.js' };
    writeFileSync(path.join(cwd, 'beside.json'), JSON.stringify(beside));
    assert.equal(firn(['add', 'beside.json', '--root', 'next'], { cwd }).code, 0);
    const edited = next.replace('// end', '// done').replace('round(total)', '2');
    const { code, err } = resolve(cwd, ['both', '--edited', '-'], { input: edited });
    assert.equal(code, 1);
    assert.match(err, /set_collision.*both touch line 7/);
    assert.ok(namesIn(cwd).includes('both.json.conflicts'));
  });

  it('says what is missing: conflicts, their baseline, a patch as it was', (test) => {
    const cwd = conflicted(test, {
      both,
      more: {
        file: 'cart.js',
        patches: [replace(3, '  let total = 7;'), replace(4, '  return 7;')],
      },
    });
    const many = resolve(cwd, []);
    assert.equal(many.code, 2);
    assert.match(many.err, /which patch\? There are conflicts of both and more/);
    assert.match(
      resolve(cwd, ['both', '--take', 'ours', '--edited', 'x']).err,
      /--take and --edited exclude/,
    );

    const nowhere = firn(['resolve', 'both', '--take', 'ours', '--root', 'elsewhere'], { cwd });
    assert.match(nowhere.err, /no folder 'elsewhere'/);
    writeFileSync(path.join(cwd, 'next/cart.js'), `${next}// later\n`);
    const another = resolve(cwd, ['both', '--take', 'ours']);
    assert.equal(another.code, 1);
    assert.match(another.err, /conflicts of patch alpen\/both are about text [0-9a-f]{32}/);

    writeFileSync(path.join(cwd, 'next/cart.js'), next);
    writeFileSync(
      path.join(cwd, 'patches/alpen/both.json'),
      JSON.stringify({ patches: [replace(1, 'x')] }),
    );
    assert.match(resolve(cwd, ['both', '--take', 'ours']).err, /set_result_mismatch/);

    const file = path.join(cwd, 'patches/alpen/more.json.conflicts');
    const conflicts = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(
      file,
      JSON.stringify({
        ...conflicts,
        upstream: conflicts.upstream.replace('-  return total', '-  return totals'),
      }),
    );
    const spoilt = resolve(cwd, ['more', '--take', 'ours']);
    assert.match(spoilt.err, /do not lead back to text [0-9a-f]{32}/);
    writeFileSync(file, '{');
    assert.match(
      resolve(cwd, ['more', '--take', 'ours']).err,
      /this is not JSON.*more\.json\.conflicts:1:2/s,
    );
    rmSync(file);
    assert.match(
      resolve(cwd, ['more', '--take', 'ours']).err,
      /alpen\/more has no conflicts to resolve/,
    );
  });

  it('reads no conflicts of gigabytes, and no other command stumbles over them', (test) => {
    const cwd = conflicted(test);
    truncateSync(path.join(cwd, 'patches/alpen/both.json.conflicts'), 3 * 2 ** 30);
    const { code, err } = resolve(cwd, ['both']);
    assert.equal(code, 1);
    assert.match(
      err,
      /both\.json\.conflicts" has 3221225472 bytes, more than the limit, 268435456/,
    );
    const { err: status } = firn(['status', '--root', 'next'], { cwd });
    assert.match(status, /set_base_mismatch/);
  });

  it('has nothing to do where nothing is in conflict', (test) => {
    const cwd = conflicted(test);
    assert.equal(resolve(cwd, ['--take', 'ours']).code, 0);
    const { code, err } = resolve(cwd, []);
    assert.deepEqual([code, err], [0, 'firn: there are no conflicts to resolve\n']);
  });
});
