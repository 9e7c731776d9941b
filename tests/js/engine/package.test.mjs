// @ts-check
/** The package as it ships: packed, and put where it finds nothing but itself. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { DIST } from './backends.mjs';

const root = fileURLToPath(new URL('..', DIST));
const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-package-'));
after(() => rmSync(folder, { recursive: true }));

/** @type {string[]} */
const files = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  }),
)[0].files.map((/** @type {{ path: string }} */ file) => file.path);

const installed = path.join(folder, 'node_modules/@firn/engine');
for (const file of files) {
  mkdirSync(path.dirname(path.join(installed, file)), { recursive: true });
  cpSync(path.join(root, file), path.join(installed, file));
}

/** @param {string[]} args */
const node = (...args) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

describe('the packed package', () => {
  it('holds what it needs, and nothing of the build', () => {
    for (const needed of [
      ...[
        'README.md',
        'LICENSE',
        'src/engine.ts',
        'package.json',
        'schema/firn.batch.schema.json',
        'dist/node.js',
        'dist/node.d.ts',
      ],
      ...[
        'dist/browser.js',
        'dist/browser.d.ts',
        'dist/firn.mjs',
        'dist/firn.wasm',
        'dist/firn.node',
      ],
    ]) {
      assert.ok(files.includes(needed), needed);
    }
    const stray = files.filter((file) => /tsbuildinfo|tsconfig|scripts\//.test(file));
    assert.deepEqual(stray, []);
  });

  it('has what its source maps lead to', () => {
    for (const map of files.filter((file) => file.endsWith('.map'))) {
      const { sources } = JSON.parse(readFileSync(path.join(installed, map), 'utf8'));
      for (const source of sources) {
        assert.ok(files.includes(path.posix.join(path.posix.dirname(map), source)), map);
      }
    }
  });

  it('has the licence of the repository, as every package that ships has', () => {
    const licence = readFileSync(new URL('../../../LICENSE', import.meta.url), 'utf8');
    for (const name of ['engine', 'cli']) {
      const own = new URL(`../../../js/${name}/LICENSE`, import.meta.url);
      assert.equal(readFileSync(own, 'utf8'), licence, name);
    }
  });

  it('is imported by Node', () => {
    writeFileSync(
      path.join(folder, 'main.mjs'),
      `import { loadEngine } from '@firn/engine';
      for (const backend of ['native', 'wasm']) {
        const firn = await loadEngine({ backend });
        const patched = firn.freeze('one\\ntwo\\n').apply(firn.batch([{ op: 'delete', line: 1 }]));
        process.stdout.write(firn.backend + ' ' + patched.text());
      }`,
    );
    assert.equal(node('main.mjs'), 'native two\nwasm two\n');
  });

  it('is required by Node: it has no top-level await', () => {
    writeFileSync(
      path.join(folder, 'main.cjs'),
      `const { loadEngine, FirnError } = require('@firn/engine');
      loadEngine({ backend: 'wasm' }).then((firn) => {
        try { firn.batch('['); } catch (error) {
          process.stdout.write([error instanceof FirnError, error.code].join(' '));
        }
      });`,
    );
    assert.equal(node('main.cjs'), 'true malformed_json');
  });

  it('gives its schema and its WebAssembly to who asks for them by name', () => {
    writeFileSync(
      path.join(folder, 'names.cjs'),
      `const schema = require('@firn/engine/schema/firn.batch.schema.json');
      process.stdout.write(schema.title + ' ' + require.resolve('@firn/engine/firn.wasm').slice(-9));`,
    );
    assert.equal(node('names.cjs'), 'firn.batch/1 firn.wasm');
    assert.throws(() => node('-e', "require('@firn/engine/dist/engine.js')"), /ERR_PACKAGE_PATH/);
  });

  it('loads in a page from relative addresses alone', () => {
    const seen = new Set();
    const visit = (/** @type {string} */ file) => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(path.join(installed, 'dist', file), 'utf8');
      const imports = text.matchAll(/^(?:import|export)\b[^'"]*?\bfrom ['"]([^'"]+)['"]/gm);
      const dynamic = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
      for (const [, name = ''] of [...imports, ...dynamic]) {
        assert.match(name, /^\.\/[\w-]+\.m?js$/, `${file} imports ${name}`);
        visit(name.slice(2));
      }
      const words = new RegExp(`['"](?:node:)?(?:${builtinModules.join('|')})['"]\\)`);
      assert.doesNotMatch(text, words, file);
      assert.doesNotMatch(
        text,
        /\beval\(|new Function\(/,
        `${file} under a policy without unsafe-eval`,
      );
    };
    visit('browser.js');
    assert.ok(seen.has('firn.mjs') && seen.has('snapshot.js'));
    assert.ok(!seen.has('load-native.js') && !seen.has('node.js'));
  });

  it('keeps within what a page may have to download', () => {
    const check = fileURLToPath(new URL('../../../tools/test/module-size.mjs', import.meta.url));
    assert.match(node(check, path.join(installed, 'dist')), /^size .* gzipped/);
  });
});
