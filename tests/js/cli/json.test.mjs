// @ts-check
/** --json: every answer keeps to the schema that ships, and says what the words say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { acting, bin, firn, folderFor, json, run } from './run-firn.mjs';

const schemaFile = new URL('../../../js/cli/schema/firn.cli.schema.json', import.meta.url);
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));

/** The schema allows fields that later versions may add; here a field that it lacks is a mistake. @param {unknown} value */
function close(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) close(part);
  const isObject = 'type' in value && value.type === 'object';
  if (isObject && 'properties' in value) Object.assign(value, { additionalProperties: false });
}
close(schema);
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

const folder = folderFor(
  { after },
  {
    'a.txt': 'one\ntwo\nthree\n',
    'good.json': json({
      id: 'b-1',
      file: 'src/a.txt',
      revision: 4,
      patches: [
        { id: 'p1', op: 'replace', line: 2, lines: ['zwei', 'und mehr'] },
        { op: 'replace', line: 3, text: 'three' },
      ],
    }),
    'bad.json': json([
      { op: 'delete', line: 9 },
      { op: 'delete', line: 1, expect: 'uno\u009b31m\u202e' },
      { op: 'insert', line: 2, text: 'x' },
      { id: 'second', op: 'insert', line: 2, text: 'y' },
    ]),
    'other.json': json({ base: { lineCount: 7 }, patches: [] }),
    'broken.json': '[{"op":"delete","line":1.5}]',
    'no.json': '{',
    'b.txt': 'one\nzwei\nthree\n',
    'moved.txt': 'zero\none\ntwo\nthree\n',
    'theirs.txt': 'one\ndeux\nthree\n',
    'good.diff': '--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+zwei\n three\n',
    'bad.diff': '--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n-2\n+zwei\n three\n',
    'broken.diff': '--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n',
    'tree/a.txt': 'one\ntwo\nthree\n',
    'other/a.txt': 'one\nzwei\nthree\n',
    'other/new': 'new\n',
  },
);

/** The JSON of a call, proved to keep to the schema. @param {string} args @param {string} [input] @returns {ReturnType<typeof JSON.parse>} */
function answer(args, input) {
  const ran = firn([...args.split(' '), '--json'], { cwd: folder, ...(input ? { input } : {}) });
  assert.equal(ran.err, '', 'everything is in the JSON');
  assert.match(ran.out, /^\{.*\}\n$/, 'one line');
  assert.doesNotMatch(ran.out, acting);
  assert.ok(validate(JSON.parse(ran.out)), JSON.stringify(validate.errors, null, 2));
  const result = JSON.parse(ran.out);
  assert.equal(result.exitCode, ran.code);
  return result;
}

describe('--json', () => {
  it('reports what was built', () => {
    firn(['init', 's', '--patches', 'none'], { cwd: folder });
    const { build, backend } = answer('build --root other --patches none --out built');
    const { id, shared, ...rest } = build;
    assert.match(id, /^[0-9a-f]{32}$/);
    assert.ok(shared <= 2);
    assert.deepEqual([rest, backend], [{ output: 'built', files: 2, patched: 0 }, 'native']);
    const { error } = answer('build --root other --patches none --out built');
    assert.deepEqual([error.code, error.path], ['io', 'built']);
  });

  it('reports what was applied', () => {
    const result = answer('apply a.txt -p good.json');
    const { version, backend, before, after: then, report, ...rest } = result;
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.ok(['native', 'wasm'].includes(backend));
    assert.deepEqual([before.lineCount, before.byteLength], [3, 14]);
    assert.deepEqual([then.lineCount, then.byteLength], [4, 24]);
    assert.notEqual(before.fingerprint, then.fingerprint);
    assert.deepEqual(report.applied, [{ index: 0, id: 'p1' }, { index: 1 }]);
    assert.equal(report.warnings[0].code, 'no_effect');
    assert.deepEqual(rest, {
      schema: 'firn.cli/1',
      command: 'apply',
      ok: true,
      exitCode: 0,
      file: 'a.txt',
      batch: { path: 'good.json', id: 'b-1', file: 'src/a.txt', patches: 2 },
      policy: 'fail-fast',
      ties: 'reject',
      revision: 5,
      changes: [
        { patch: { index: 0, id: 'p1' }, from: 2, to: 3, base: { from: 2, to: 2 } },
        { patch: { index: 1 }, from: 4, to: 4, base: { from: 3, to: 3 } },
      ],
      output: null,
      violations: [],
    });
  });

  it('reports where the result went', () => {
    const text = answer('apply a.txt -p good.json -o out.txt');
    assert.deepEqual(text.output, { path: 'out.txt', kind: 'text', written: true });
    assert.equal(
      readFileSync(path.join(folder, 'out.txt'), 'utf8'),
      'one\nzwei\nund mehr\nthree\n',
    );
    const diff = answer('apply a.txt -p good.json --diff -o out.diff');
    assert.deepEqual(diff.output, { path: 'out.diff', kind: 'diff', written: true });
    const all = [bin, 'apply', 'a.txt', '-p', 'good.json', '--json'];
    const both = run('bash', ['-c', '"$@" -o /dev/fd/3 3> fd.txt', 'bash', ...all], {
      cwd: folder,
    });
    assert.equal(JSON.parse(both.out).output.path, '/dev/fd/3');
  });

  it('is the same from both backends, but for the backend and the time', () => {
    const [native, wasm] = ['native', 'wasm'].map((backend) => {
      const result = answer(`apply a.txt -p bad.json --policy best-effort --backend ${backend}`);
      assert.equal(result.backend, backend);
      return { ...result, backend: '', report: { ...result.report, microseconds: {} } };
    });
    assert.deepEqual(native, wasm);
  });

  it('reports violations as the engine has them', () => {
    const first = answer('apply a.txt -p bad.json');
    assert.deepEqual([first.ok, first.violations.length, first.output], [false, 1, null]);
    const all = answer('apply a.txt -p bad.json --policy atomic');
    const codes = all.violations.map((/** @type {{ code: string }} */ { code }) => code);
    assert.deepEqual(codes, ['line_out_of_range', 'expectation_failed', 'overlap']);
    assert.deepEqual(answer('check a.txt -p bad.json').violations, all.violations);
    const { code, law, patch, other, line } = all.violations[2];
    assert.deepEqual(
      { code, law, patch, other, line },
      { code: 'overlap', law: 5, patch: { index: 3, id: 'second' }, other: { index: 2 }, line: 2 },
    );
    assert.equal(
      all.violations[1].expected,
      'uno\u009b31m\u202e',
      'escaped on the way, not changed',
    );
    const some = answer('apply a.txt -p bad.json --policy best-effort');
    assert.deepEqual([some.exitCode, some.violations.length], [1, 3]);
    assert.deepEqual(some.report.failed, some.violations);
    assert.deepEqual(some.report.applied, [{ index: 2 }]);
    assert.equal(answer('apply a.txt -p other.json').violations[0].code, 'snapshot_mismatch');
    assert.equal(
      answer('check a.txt -p good.json --revision 5').violations[0].code,
      'stale_revision',
    );
  });

  it('explains', () => {
    const { explanation, report } = answer('explain a.txt -p good.json');
    assert.equal(explanation.length, 6);
    assert.equal(explanation[2], 'patches[0] ("p1") replaces line 2 with 2 lines.');
    assert.equal(report.counts.netLineGrowth, 1);
    assert.equal(answer('explain a.txt -p bad.json').exitCode, 1);
  });

  it('says where a batch is malformed', () => {
    const { error, exitCode, batch } = answer('apply a.txt -p broken.json');
    assert.deepEqual([error.code, error.found, exitCode], ['malformed_batch', '1.5', 1]);
    assert.deepEqual(error.position, { byteOffset: 23, line: 1, byteColumn: 24 });
    assert.deepEqual(batch, { path: 'broken.json' });
    assert.equal(answer('check a.txt -p no.json').error.code, 'malformed_json');
  });

  it('says what is wrong with the call or a file', () => {
    /** @type {[args: string, error: Record<string, unknown>][]} */
    const calls = [
      ['apply', { code: 'usage' }],
      ['aply a.txt', { code: 'usage' }],
      ['apply a.txt -p good.json --policy strict', { code: 'usage' }],
      ['apply a.txt -p good.json -o -', { code: 'usage' }],
      ['apply a.txt -p good.json -o /dev/stdout', { code: 'usage' }],
      ['apply a.txt -p good.json --diff', { code: 'usage' }],
      ['apply missing -p good.json', { code: 'io', errno: 'ENOENT', path: 'missing' }],
      ['apply a.txt -p missing', { code: 'io', errno: 'ENOENT', path: 'missing' }],
      ['apply . -p good.json', { code: 'io', errno: 'EISDIR', path: '.' }],
      ['apply a.txt -p good.json -o /dev/full', { code: 'io', errno: 'ENOSPC', path: '/dev/full' }],
    ];
    for (const [args, expected] of calls) {
      const { error, exitCode, command } = answer(args);
      const { message, ...fields } = error;
      assert.deepEqual([fields, exitCode], [expected, 2], args);
      assert.equal(command, args.startsWith('apply') ? 'apply' : null);
    }
  });

  it('takes the file from standard input', () => {
    const result = answer('apply - -p good.json', 'one\ntwo\nthree\n');
    assert.deepEqual([result.file, result.after.lineCount], ['-', 4]);
  });

  it('reports where the hunks of a diff came to lie', () => {
    const { batch, hunks, violations } = answer('apply moved.txt -p good.diff --placement search');
    assert.deepEqual(batch, { path: 'good.diff', format: 'diff', patches: 1 });
    assert.deepEqual([hunks, violations], [[{ hunk: 0, line: 2, offset: 1, fuzz: 0 }], []]);
    const refused = answer('apply a.txt -p bad.diff');
    assert.deepEqual([refused.exitCode, refused.output], [1, null]);
    assert.equal(refused.violations[0].code, 'hunk_failed');
    const broken = answer('apply a.txt -p broken.diff');
    assert.equal(broken.error.code, 'malformed_diff');
    assert.equal(typeof broken.error.position.line, 'number');
    assert.equal(answer('check a.txt -p good.diff').report.counts.replace, 1);
    assert.equal(answer('explain a.txt -p good.diff').explanation.length, 5);
  });

  it('reports what became of a tree', () => {
    const file = { path: 'a.txt', kind: 'modify', violations: [] };
    const checked = answer('apply -d tree -p1 --check good.diff');
    assert.deepEqual(checked.tree, {
      directory: 'tree',
      strip: 1,
      diffs: ['good.diff'],
      written: false,
      files: [{ ...file, hunks: [{ hunk: 0, line: 1, offset: 0, fuzz: 0 }] }],
    });
    assert.equal(checked.policy, 'fail-fast');
    for (const call of [
      'apply -d tree --check --reject good.diff',
      'apply a.txt -p good.diff --reject --check',
    ]) {
      assert.equal(answer(call).policy, 'best-effort');
    }
    const refused = answer('apply -d tree bad.diff');
    assert.deepEqual([refused.exitCode, refused.tree.written], [1, false]);
    assert.deepEqual(refused.tree.files[0].violations, refused.violations);
    assert.equal(answer('apply -d tree broken.diff').error.code, 'malformed_diff');
    assert.equal(answer('apply -d tree --abort').error.code, 'unfinished');
    assert.equal(answer('apply -d tree good.json').error.code, 'usage');
    assert.equal(answer('apply -d tree good.diff').tree.written, true);
    assert.equal(answer('apply -d tree -R good.diff').exitCode, 0);
  });

  it('reports differences', () => {
    const files = answer('diff a.txt b.txt');
    const change = { path: 'b.txt', kind: 'modify', linesAdded: 1, linesRemoved: 1 };
    assert.deepEqual([files.exitCode, files.differences, files.from], [1, [change], 'a.txt']);
    const trees = answer('diff tree other');
    const created = { path: 'new', kind: 'create', linesAdded: 1, linesRemoved: 0 };
    assert.deepEqual(trees.differences, [{ ...change, path: 'a.txt' }, created]);
    assert.deepEqual(answer('diff a.txt a.txt').differences, []);
    const made = answer('create a.txt b.txt -o made.json');
    assert.deepEqual(made.output, { path: 'made.json', kind: 'batch', written: true });
    assert.deepEqual([made.exitCode, made.differences], [0, [change]]);
  });

  it('reports conflicts of a merge', () => {
    const line = { from: 2, to: 2 };
    const { exitCode, conflicts, ours, output } = answer('merge a.txt b.txt theirs.txt');
    assert.deepEqual(conflicts, [
      { base: line, ours: line, theirs: line, merged: { from: 2, to: 6 } },
    ]);
    assert.deepEqual([exitCode, ours, output], [1, 'b.txt', null]);
    const clean = answer('merge a.txt b.txt a.txt -o merged.txt');
    assert.deepEqual([clean.exitCode, clean.conflicts], [0, []]);
    assert.equal(readFileSync(path.join(folder, 'merged.txt'), 'utf8'), 'one\nzwei\nthree\n');
  });

  it('reports what a rebase carried over', () => {
    const { carried, exitCode } = answer('rebase good.json --from a.txt --to moved.txt');
    const lines = { from: { from: 2, to: 2 }, to: { from: 3, to: 3 } };
    assert.deepEqual(carried[0], { patch: { index: 0, id: 'p1' }, carried: 'moved', ...lines });
    assert.equal(exitCode, 0);
    const conflict = answer('rebase good.json --from a.txt --to theirs.txt');
    assert.equal(conflict.exitCode, 1);
    const { base, ours, theirs } = conflict.carried[0];
    assert.deepEqual([base, ours, theirs], ['two\n', 'zwei\nund mehr\n', 'deux\n']);
    assert.equal(
      answer('rebase bad.json --from a.txt --to moved.txt').violations[0].code,
      'line_out_of_range',
    );
  });

  it('reports what becomes of patch sets', () => {
    assert.deepEqual(answer('init s').sets, [{ id: 's', path: 'patches/s', patches: [] }]);
    const added = answer(
      'add --edited other/a.txt --file a.txt --root tree --when env=x --reason y',
    );
    const [patch] = added.sets[0].patches;
    const { base, result, ...rest } = patch;
    assert.match(`${base} ${result}`, /^[0-9a-f]{32} [0-9a-f]{32}$/);
    const entry = {
      id: 'a',
      file: 'a.txt',
      patch: 'a.json',
      order: 10,
      when: { env: 'x' },
      reason: 'y',
    };
    assert.deepEqual(rest, { ...entry, change: 'added' });
    assert.deepEqual(answer('list').sets[0].patches, [{ ...entry, base, result }]);
    const on = answer('status --root tree --when env=x');
    assert.deepEqual([on.sets[0].patches[0].status, on.problems], ['fits', []]);
    assert.equal(answer('status --root tree').sets[0].patches[0].status, 'off');
    const stale = answer('status --root other --when env=x');
    assert.deepEqual([stale.exitCode, stale.sets[0].patches[0].status], [1, 'stale']);
    assert.equal(stale.problems[0].code, 'set_base_mismatch');
    const again = answer('add --edited other/a.txt --file a.txt --root tree');
    assert.deepEqual([again.exitCode, again.problems[0].lines], [1, { from: 2, to: 2 }]);
    assert.equal(answer('status --set t').error.code, 'usage');
    const fits = answer('check --root tree --against other').gate;
    assert.deepEqual([fits.against, fits.patches[0].upgrade], ['other', 'upstream']);
    assert.equal(fits.findings[0].rule, 'upgrade_upstream');
    const carried = answer('rebase --root other --onto tree').gate;
    assert.deepEqual([carried.written, carried.patches[0].upgrade], [false, 'unknown']);
    assert.equal(answer('remove a').sets[0].patches[0].change, 'removed');
  });
});
