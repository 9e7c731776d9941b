// @ts-check
/** `firn check` over patch sets. */
import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { serveRegistry } from './registry.mjs';
import { firn } from './run-firn.mjs';
import { below, shopFor } from './shops.mjs';

const cart = '// cart\nexport function Cart() {\n  const total = 1;\n  return total;\n}\n// end\n';
const css = 'a {\n  top: 0;\n}\n';
const baseline = { 'src/cart.js': cart, 'a.css': css };
/** @param {number} line @param {string} text */
const replace = (line, text) => /** @type {const} */ ({ op: 'replace', line, text });
/** @param {number} line @param {string} text */
const insert = (line, text) => /** @type {const} */ ({ op: 'insert', line, text });
/** @param {number} line */
const remove = (line) => /** @type {const} */ ({ op: 'delete', line });

const two = { file: 'src/cart.js', patches: [replace(3, '  const total = 2;')] };
const head = { file: 'src/cart.js', patches: [insert(1, '// shop')] };

/** @param {string} cwd @param {readonly string[]} args @param {Record<string, string>} [env] */
function check(cwd, args = [], env = {}) {
  const { code, out } = firn(['check', '--root', 'shop', '--json', ...args], { cwd, env });
  const { gate, ...rest } = JSON.parse(out);
  assert.equal(rest.exitCode, code);
  return { code, ...gate };
}

/** @param {{ rule: string, patches: string[], place: object }[]} findings */
const brief = (findings) =>
  findings.map(({ rule, patches, place }) => [rule, patches.join(' '), place]);

/** @param {{ label: string, state: string, upgrade?: string }[]} patches */
const states = (patches) =>
  Object.fromEntries(patches.map(({ label, state, upgrade }) => [label, upgrade ?? state]));

describe('firn check of patch sets', () => {
  it('is silent about what fits, and counts it', (test) => {
    const cwd = shopFor(test, baseline, { alpen: { two, head }, neon: { two } });
    const { code, out, err } = firn(['check', '--root', 'shop'], { cwd });
    assert.deepEqual([code, out, err], [0, '3 patches in 2 sets: 3 fit\n', '']);
  });

  it('tries each set by itself, and those that are named together', (test) => {
    const cwd = shopFor(test, baseline, { alpen: { two }, neon: { two } });
    assert.equal(check(cwd).code, 0);
    const { code, findings } = check(cwd, ['--set', 'alpen', '--set', 'neon']);
    assert.equal(code, 1);
    assert.deepEqual(brief(findings), [
      [
        'set_collision',
        'neon/two alpen/two',
        { path: 'patches/neon/two.json', line: 4, column: 5 },
      ],
    ]);
    assert.deepEqual(findings[0].related[0].place, { path: 'shop/src/cart.js', line: 3 });
  });

  it('tells two sets of one name, but for its case, and judges neither', (test) => {
    const cwd = shopFor(test, baseline, { alpen: { two }, Alpen: { head } });
    const { code, findings, patches } = check(cwd, ['--set', 'alpen', '--set', 'Alpen']);
    assert.deepEqual([code, patches], [1, []]);
    assert.deepEqual(brief(findings), [['set_duplicate', '', { path: 'patches/Alpen' }]]);
    const { err } = firn(['check', '--set', 'alpen', '--set', 'alpen'], { cwd });
    assert.match(err, /'alpen' is invalid\. It is named twice/);
  });

  it('finds every problem of every set, and points into patch files and baseline', (test) => {
    const cwd = shopFor(test, baseline, {
      broken: { two },
      lost: { gone: { file: 'gone.js', patches: [insert(1, 'x')] } },
      many: {
        first: { file: 'a.css', patches: [insert(1, '/* a */'), replace(2, '  top: 1;')] },
        second: { file: 'a.css', patches: [remove(3), replace(2, '  top: 2;')] },
      },
      stale: { two: { ...two, entry: { base: '0'.repeat(32) } } },
      stray: { two },
    });
    writeFileSync(path.join(cwd, 'patches/broken/firn.json'), '{\n  "schema": 1\n}\n');
    writeFileSync(path.join(cwd, 'patches/stray/other.patch'), '');
    const { code, findings, patches } = check(cwd);
    assert.equal(code, 1);
    assert.deepEqual(brief(findings), [
      ['set_malformed', '', { path: 'patches/broken/firn.json', line: 2 }],
      ['set_unknown_file', 'lost/gone', { path: 'patches/lost/gone.json' }],
      [
        'set_collision',
        'many/second many/first',
        { path: 'patches/many/second.json', line: 8, column: 5 },
      ],
      ['set_base_mismatch', 'stale/two', { path: 'patches/stale/two.json' }],
      ['set_unused_patch', '', { path: 'patches/stray/other.patch' }],
    ]);
    // The place is told once.
    assert.equal(findings[0].message, 'schema must be "firn.set/1", not 1');
    assert.deepEqual(states(patches), {
      'lost/gone': 'fails',
      'many/first': 'fails',
      'many/second': 'fails',
      'stale/two': 'fails',
      'stray/two': 'fits',
    });
  });

  it('points at the patch of a batch, and at the hunk of a diff, that breaks a law', (test) => {
    const cwd = shopFor(test, baseline, { alpen: { two, head: { ...head, diff: true } } });
    const batch = [insert(1, '//'), { op: 'delete', line: 99 }];
    writeFileSync(
      path.join(cwd, 'patches/alpen/two.json'),
      `[\n${batch.map((patch) => JSON.stringify(patch)).join(',\n')}\n]\n`,
    );
    const { findings } = check(cwd);
    assert.deepEqual(brief(findings), [
      ['set_patch_refused', 'alpen/two', { path: 'patches/alpen/two.json', line: 3, column: 1 }],
    ]);
    assert.equal(findings[0].violations[0].code, 'line_out_of_range');
    const diff = path.join(cwd, 'patches/alpen/head.patch');
    writeFileSync(diff, readFileSync(diff, 'utf8').replace('// cart', '// car'));
    assert.deepEqual(brief(check(cwd).findings).at(0), [
      'set_patch_refused',
      'alpen/head',
      { path: 'patches/alpen/head.patch', line: 3 },
    ]);
  });

  it('knows of conditions', (test) => {
    const cwd = shopFor(test, baseline, {
      alpen: { two: { ...two, entry: { when: { env: 'test' }, base: '0'.repeat(32) } } },
    });
    assert.deepEqual(states(check(cwd).patches), { 'alpen/two': 'off' });
    assert.equal(check(cwd, ['--when', 'env=test']).code, 1);
  });

  it('parses what it patched when it is asked to, and blames the patch', (test) => {
    const cwd = shopFor(test, baseline, {
      alpen: {
        two,
        open: { file: 'a.css', patches: [insert(1, '/* a */'), remove(3)] },
        bad: { file: 'src/cart.js', patches: [insert(1, '// fine'), replace(4, '  return (;')] },
      },
    });
    assert.equal(check(cwd).code, 0);
    const { code, findings, patches } = check(cwd, ['--syntax']);
    assert.equal(code, 1);
    assert.deepEqual(brief(findings), [
      ['syntax', 'alpen/open', { path: 'patches/alpen/open.json', line: 4, column: 5 }],
      ['syntax', 'alpen/bad', { path: 'patches/alpen/bad.json', line: 9, column: 5 }],
    ]);
    assert.deepEqual(findings[0].related[0].place, { path: 'shop/a.css', line: 1 });
    assert.equal(states(patches)['alpen/two'], 'fits');
  });

  it('refuses calls that mix the two ways of checking', (test) => {
    const cwd = shopFor(test, baseline, { alpen: { two } });
    for (const [args, message] of /** @type {const} */ ([
      [['shop/a.css', '-p', 'x.json', '--syntax'], /--syntax goes with patch sets/],
      [['--policy', 'atomic'], /--policy goes with a FILE and its batch/],
      [['shop/a.css'], /which batch\?/],
      [['--set', 'alpenn'], /alpenn/],
      [['--against', 'nowhere'], /neither a folder nor PACKAGE@VERSION/],
      [['--against', 'a@1|b'], /neither a folder nor PACKAGE@VERSION/],
      [['--against=-a@1'], /neither a folder nor PACKAGE@VERSION/],
      [['--patches', 'nothing'], /no patch set|cannot read/],
      [['--json', '--sarif', '-'], /both want standard output/],
    ])) {
      const { code, err, out } = firn(['check', ...args], { cwd });
      assert.equal(code, 2, args.join(' '));
      assert.match(`${err}${out}`, message);
    }
  });
});

describe('firn check --against', () => {
  const next = {
    ...baseline,
    'src/cart.js': `// licence\n${cart.replace('return total', 'return round(total)')}`,
    'a.css': css.replace('top: 0', 'top: 1'),
  };
  const sets = {
    alpen: {
      clean: { file: 'same.js', patches: [insert(1, '//')] },
      moved: two,
      upstream: { file: 'a.css', patches: [replace(2, '  top: 1;')] },
      conflict: { file: 'src/cart.js', patches: [replace(4, '  return 3;')] },
      gone: { file: 'gone.js', patches: [replace(1, 'c')] },
      stale: { ...two, entry: { base: '0'.repeat(32), file: 'a.css' } },
    },
    chain: {
      first: { file: 'src/cart.js', patches: [replace(4, '  return 4;')] },
      next: { file: 'src/cart.js', patches: [insert(1, '// four')], after: 'first' },
    },
  };
  const old = { ...baseline, 'same.js': 'a\n', 'gone.js': 'b\n' };
  const wanted = {
    'alpen/clean': 'clean',
    'alpen/moved': 'moved',
    'alpen/upstream': 'upstream',
    'alpen/conflict': 'conflict',
    'alpen/gone': 'conflict',
    'alpen/stale': 'unknown',
    'chain/first': 'conflict',
    'chain/next': 'blocked',
  };

  it('says of each patch what would become of it on a folder', (test) => {
    const cwd = shopFor(test, old, sets, below('next', { ...next, 'same.js': 'a\n' }));
    const { code, patches, findings, against } = check(cwd, ['--against', 'next']);
    assert.deepEqual([code, against, states(patches)], [1, 'next', wanted]);
    const rules = findings.map((/** @type {any} */ { rule, level, patches: [label] }) =>
      [level, rule, label].join(' '),
    );
    assert.deepEqual(
      rules,
      [
        'error set_base_mismatch alpen/stale',
        'note upgrade_upstream alpen/upstream',
        'error upgrade_conflict alpen/conflict',
        'error upgrade_conflict alpen/gone',
        'error upgrade_conflict chain/first',
        'error upgrade_blocked chain/next',
      ].toSorted((a, b) => rules.indexOf(a) - rules.indexOf(b)),
    );
  });

  it('is fine with patches that are clean, moved or upstream', (test) => {
    const { clean, moved, upstream } = sets.alpen;
    const cwd = shopFor(
      test,
      old,
      { alpen: { clean, moved, upstream } },
      below('next', { ...next, 'same.js': 'a\n' }),
    );
    const { code, out } = firn(['check', '--root', 'shop', '--against', 'next'], { cwd });
    assert.equal(code, 0);
    assert.match(out, /^moved +alpen\/moved/m);
    assert.match(out, /^upstream +a\.css of next has all that alpen\/upstream changes/m);
    assert.match(out, /^on next: 1 clean, 1 moved, 1 upstream$/m);
  });

  it('fetches a package from the registry, runs nothing of it, and leaves nothing behind', async (test) => {
    const cwd = shopFor(test, old, { alpen: { moved: two } });
    const ran = path.join(cwd, 'ran');
    const registry = await serveRegistry(test, '@shop/base', {
      '2.1.0': {
        ...next,
        'package.json': { scripts: { prepack: `touch ${ran}`, postinstall: `touch ${ran}` } },
      },
    });
    rmSync(ran, { force: true });
    const env = {
      npm_config_registry: registry.address,
      npm_config_cache: path.join(cwd, 'cache'),
      TMPDIR: cwd,
    };
    for (const spec of ['@shop/base@2.1.0', '@shop/base@^2', '@shop/base@latest']) {
      const { out } = await registry.firn(
        ['check', '--root', 'shop', '--json', '--against', spec],
        cwd,
        env,
      );
      const { gate } = JSON.parse(out);
      assert.deepEqual(states(gate.patches), { 'alpen/moved': 'moved' }, spec);
    }
    const { code, err } = await registry.firn(
      ['check', '--root', 'shop', '--against', '@shop/base@9'],
      cwd,
      env,
    );
    assert.equal(code, 2);
    assert.match(err, /^firn: npm could not fetch @shop\/base@9: No matching version found/);
    registry.assertNothingLeft(cwd);
  });

  it('says that the registry cannot be reached, and leaves nothing behind', (test) => {
    const cwd = shopFor(test, old, { alpen: { moved: two } });
    // Port 9 discards what is sent to it, where anybody listens at all.
    const env = {
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_cache: path.join(cwd, 'cache'),
      npm_config_fetch_retries: '0',
      TMPDIR: path.join(cwd, 'tmp'),
    };
    mkdirSync(env.TMPDIR);
    const args = ['check', '--root', 'shop', '--against', '@shop/base@2'];
    const { code, err } = firn(args, { cwd, env });
    assert.equal(code, 2);
    assert.match(err, /^firn: npm could not fetch @shop\/base@2: .*ECONNREFUSED 127\.0\.0\.1:9\n$/);
    assert.deepEqual(
      readdirSync(env.TMPDIR).filter((name) => name.startsWith('firn-')),
      [],
    );
  });

  it('says which program failed at what: npm that is missing, an archive that is none', (test) => {
    const cwd = shopFor(test, old, { alpen: { moved: two } });
    const programs = path.join(cwd, 'programs');
    mkdirSync(programs);
    symlinkSync(process.execPath, path.join(programs, 'node'));
    const call = () =>
      firn(['check', '--root', 'shop', '--against', 'base@2'], { cwd, env: { PATH: programs } });
    assert.equal(call().err, 'firn: npm could not fetch base@2: it is not installed\n');
    // It is started in the folder that the archive is to lie in.
    writeFileSync(path.join(programs, 'npm'), '#!/bin/sh\necho no archive > base.tgz\n', {
      mode: 0o755,
    });
    assert.equal(call().err, 'firn: tar could not unpack base@2: it is not installed\n');
    for (const name of ['tar', 'gzip']) {
      symlinkSync(realpathSync(`/bin/${name}`), path.join(programs, name));
    }
    const { code, err } = call();
    assert.equal(code, 2);
    assert.match(err, /^firn: tar could not unpack base@2: .*gzip/);
  });
});
