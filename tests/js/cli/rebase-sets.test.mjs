// @ts-check
/** `firn rebase --onto`: patch sets carried over to another baseline. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { firn } from './run-firn.mjs';
import { below, isConflicts, shopFor } from './shops.mjs';

const cart = '// cart\nexport function Cart() {\n  const total = 1;\n  return total;\n}\n// end\n';
const old = { 'cart.js': cart, 'a.css': 'a {\n  top: 0;\n}\n' };
const next = {
  'cart.js': `// licence\n${cart.replace('return total', 'return round(total)')}`,
  'a.css': 'a {\n  top: 1;\n}\n',
};
/** @param {number} line @param {string} text */
const replace = (line, text) => /** @type {const} */ ({ op: 'replace', line, text });
const total = { file: 'cart.js', patches: [replace(3, '  const total = 2;')] };
const end = { file: 'cart.js', patches: [replace(6, '// the end')], diff: true };
const after = { file: 'cart.js', patches: [replace(1, '// basket')], after: 'total' };
const upstream = { file: 'a.css', patches: [replace(2, '  top: 1;')] };
const conflict = { file: 'cart.js', patches: [replace(4, '  return 2;')] };

/** @param {string} cwd @param {string[]} args */
const rebase = (cwd, ...args) =>
  firn(['rebase', '--root', 'shop', '--onto', 'next', ...args], { cwd });

/** The patched file of a baseline. @param {string} cwd @param {string} root */
const fits = (cwd, root) => firn(['check', '--root', root, '--json'], { cwd });

/** @param {string} cwd */
const namesIn = (cwd) => readdirSync(path.join(cwd, 'patches/alpen')).sort();
/** @param {string} cwd @param {string} name */
const read = (cwd, name) => readFileSync(path.join(cwd, 'patches/alpen', name), 'utf8');

describe('firn rebase --onto', () => {
  it('writes nothing without --write, and says what it would', (test) => {
    const cwd = shopFor(test, old, { alpen: { total, upstream } }, below('next', next));
    const before = namesIn(cwd).map((name) => read(cwd, name));
    const { code, out, err } = rebase(cwd);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^moved +alpen\/total on cart\.js\nupstream +a\.css of next has all/);
    assert.match(out, /^1 set: nothing is written: --write does\n$/m);
    assert.deepEqual(
      namesIn(cwd).map((name) => read(cwd, name)),
      before,
    );
  });

  it('moves a set to the new baseline: batches, diffs, what follows, and less what is upstream', (test) => {
    const cwd = shopFor(test, old, { alpen: { total, end, after, upstream } }, below('next', next));
    const { code, err } = rebase(cwd, '--set', 'alpen', '--write');
    assert.equal(code, 0, err);
    assert.deepEqual(namesIn(cwd), ['after.json', 'end.patch', 'firn.json', 'total.json']);
    const manifest = JSON.parse(read(cwd, 'firn.json'));
    const ids = manifest.patches.map((/** @type {{ id: string }} */ { id }) => id);
    assert.deepEqual(ids.sort(), ['after', 'end', 'total']);
    const { exitCode, gate } = JSON.parse(fits(cwd, 'next').out);
    assert.deepEqual([exitCode, gate.findings], [0, []]);
    assert.match(read(cwd, 'end.patch'), /^\+\/\/ the end$/m);
    // Onto the same baseline again nothing changes.
    const before = namesIn(cwd).map((name) => read(cwd, name));
    const again = ['rebase', '--root', 'next', '--onto', 'next', '--write'];
    assert.equal(firn(again, { cwd }).code, 0);
    assert.deepEqual(
      namesIn(cwd).map((name) => read(cwd, name)),
      before,
    );
  });

  it('leaves a patch in conflict as it is, and its three sides beside it', (test) => {
    const cwd = shopFor(test, old, { alpen: { total, conflict } }, below('next', next));
    const before = read(cwd, 'conflict.json');
    const { code, out, err } = rebase(cwd, '--write');
    assert.equal(code, 1);
    assert.match(out, /^1 set: written\nto resolve: firn resolve alpen\/conflict\n$/m);
    assert.match(
      err,
      /^error\[upgrade_conflict\]: alpen\/conflict conflicts with cart\.js of next/,
    );
    assert.equal(read(cwd, 'conflict.json'), before);
    const conflicts = JSON.parse(read(cwd, 'conflict.json.conflicts'));
    assert.ok(isConflicts(structuredClone(conflicts)), JSON.stringify(isConflicts.errors));
    assert.deepEqual(conflicts.conflicts, [
      {
        patch: { index: 0 },
        from: { from: 4, to: 4 },
        to: { from: 5, to: 5 },
        base: '  return total;\n',
        ours: '  return 2;\n',
        theirs: '  return round(total);\n',
      },
    ]);

    const status = firn(['status', '--root', 'next'], { cwd });
    assert.match(status.out, /stale +conflict +cart\.js +1 conflict in conflict\.json\.conflicts/);
    assert.match(status.err, /a rebase has left its conflicts: firn resolve alpen\/conflict/);
    assert.match(status.err, /= help: .* firn resolve decides what it could not/);
    const { gate } = JSON.parse(fits(cwd, 'next').out);
    assert.deepEqual(
      gate.findings.map((/** @type {any} */ { rule, message, place }) => [rule, message, place]),
      [
        [
          'unresolved_conflict',
          'alpen/conflict of cart.js has 1 conflict of the last rebase to resolve: firn resolve alpen/conflict',
          { path: 'patches/alpen/conflict.json.conflicts' },
        ],
      ],
    );
    const states = gate.patches.map((/** @type {any} */ { id, state }) => [id, state]);
    assert.deepEqual(states, [
      ['conflict', 'fails'],
      ['total', 'fits'],
    ]);
  });

  it('is over when the patch is mended by hand and recorded anew', (test) => {
    const cwd = shopFor(test, old, { alpen: { conflict } }, below('next', next));
    assert.equal(rebase(cwd, '--write').code, 1);
    const patches = [replace(5, '  return round(2);')];
    writeFileSync(path.join(cwd, 'patches/alpen/conflict.json'), JSON.stringify(patches));
    const add = ['add', 'patches/alpen/conflict.json', '--root', 'next', '--file', 'cart.js'];
    const { code, err } = firn(add, { cwd });
    assert.deepEqual([code, err], [0, '']);
    assert.equal(fits(cwd, 'next').code, 0);
    const status = firn(['status', '--root', 'next'], { cwd }).out;
    assert.match(status, /fits +conflict +cart\.js\n1 fit\n$/);
    assert.deepEqual(namesIn(cwd), ['conflict.json', 'firn.json']);
  });

  it('is over when the patch is removed', (test) => {
    const cwd = shopFor(test, old, { alpen: { conflict } }, below('next', next));
    assert.equal(rebase(cwd, '--write').code, 1);
    assert.equal(firn(['remove', 'conflict'], { cwd }).code, 0);
    assert.deepEqual(namesIn(cwd), ['firn.json']);
  });

  it('writes over no file that a link in the set leads to', (test) => {
    const cwd = shopFor(test, old, { alpen: { conflict } }, below('next', next));
    writeFileSync(path.join(cwd, 'precious'), 'precious');
    const link = path.join(cwd, 'patches/alpen/conflict.json.conflicts');
    symlinkSync(path.join(cwd, 'precious'), link);
    assert.equal(rebase(cwd, '--write').code, 1);
    assert.equal(readFileSync(path.join(cwd, 'precious'), 'utf8'), 'precious');
    assert.ok(isConflicts(JSON.parse(readFileSync(link, 'utf8'))));
  });

  it('takes the sides away when the patch is carried over after all', (test) => {
    const cwd = shopFor(
      test,
      old,
      { alpen: { conflict } },
      {
        ...below('next', next),
        ...below('later', { ...next, 'cart.js': `// licence\n${cart}` }),
      },
    );
    assert.equal(rebase(cwd, '--write').code, 1);
    assert.ok(namesIn(cwd).includes('conflict.json.conflicts'));
    const later = ['rebase', '--root', 'shop', '--onto', 'later', '--write'];
    assert.equal(firn(later, { cwd }).code, 0);
    assert.deepEqual(namesIn(cwd), ['conflict.json', 'firn.json']);
    assert.equal(fits(cwd, 'later').code, 0);
  });

  it('does not lose a patch whose file is gone, or that fits nothing', (test) => {
    const stale = { ...total, entry: { base: '0'.repeat(32) } };
    const cwd = shopFor(
      test,
      old,
      { alpen: { upstream, stale } },
      below('next', { 'cart.js': cart }),
    );
    const { code, out } = rebase(cwd, '--write', '--json');
    assert.equal(code, 1);
    const { gate } = JSON.parse(out);
    assert.equal(gate.written, true);
    assert.deepEqual(
      gate.patches.map((/** @type {any} */ { id, upgrade }) => [id, upgrade]).sort(),
      [
        ['stale', 'unknown'],
        ['upstream', 'conflict'],
      ],
    );
    assert.deepEqual(namesIn(cwd), ['firn.json', 'stale.json', 'upstream.json']);
    assert.ok(!existsSync(path.join(cwd, 'patches/alpen/upstream.json.conflicts')));
  });

  it('tells of conflicts that are too large to be told whose they are, and carries the others', (test) => {
    const long = (/** @type {string} */ letter) => `${letter.repeat(2 ** 17)}\n`.repeat(64);
    const patches = Array.from({ length: 11 }, (_, at) => replace(at + 1, 'mine'));
    const whole = { file: 'bundle.js', patches };
    const cwd = shopFor(
      test,
      { ...old, 'bundle.js': long('a') },
      { alpen: { total, whole } },
      below('next', { ...next, 'bundle.js': long('b') }),
    );
    const { code, out, err } = rebase(cwd);
    assert.equal(code, 1);
    assert.match(out, /^moved +alpen\/total on cart\.js\n/m);
    assert.match(out, /^conflict +alpen\/whole on bundle\.js\n/m);
    assert.match(
      err,
      /alpen\/whole of "bundle\.js" is refused: the conflicts up to that of patches\[10\]/,
    );
  });

  it('refuses calls that mix the two ways of rebasing', (test) => {
    const cwd = shopFor(test, old, { alpen: { total } }, below('next', next));
    writeFileSync(path.join(cwd, 'b.json'), '[]');
    for (const [args, message] of /** @type {const} */ ([
      [[], /what\? A BATCH, or patch sets/],
      [['b.json'], /required option '--from <OLD>' not specified/],
      [['b.json', '--from', 'x'], /required option '--to <NEW>' not specified/],
      [['b.json', '--onto', 'next'], /--onto goes with patch sets/],
      [['--onto', 'next', '--policy', 'atomic'], /--policy goes with a BATCH/],
      [['--onto', 'nowhere'], /neither a folder nor PACKAGE@VERSION/],
      [['--onto', 'next', '--set', 'alp'], /alp/],
    ])) {
      const { code, err } = firn(['rebase', ...args], { cwd });
      assert.equal(code, 2, args.join(' '));
      assert.match(err, message);
    }
  });
});
