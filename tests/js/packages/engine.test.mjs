// @ts-check
/** What @firn/engine holds when it is packed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';

import { filesIn, install, pack, repository } from './install.mjs';

const tarball = pack().find((name) => name.includes('firn-engine-')) ?? '';
const files = filesIn(tarball);
const folder = install('engine', [tarball]);
const installed = path.join(folder, 'node_modules/@firn/engine');

/** @param {string[]} args */
const node = (...args) =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

describe('the packed engine', () => {
  it('holds what it needs, and no addon: those are packages of their own', () => {
    const modules = [
      'node.d.ts',
      'browser.js',
      'browser.d.ts',
      'load-wasm.js',
      'firn.wasm',
      'firn.page.wasm',
      'firn.rest.wasm',
    ];
    const needed = ['bundle/node.js', 'src/engine.ts', 'schema/firn.batch.schema.json'];
    for (const file of [...needed, ...modules.map((name) => `dist/${name}`)]) {
      assert.ok(files.includes(file), file);
    }
    assert.deepEqual(
      files.filter((file) => file.endsWith('.node')),
      [],
    );
  });

  it('has what its source maps lead to', () => {
    for (const map of files.filter((file) => file.endsWith('.map'))) {
      const { sources } = JSON.parse(readFileSync(path.join(installed, map), 'utf8'));
      for (const source of sources) {
        assert.ok(files.includes(path.posix.join(path.posix.dirname(map), source)), map);
      }
    }
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
    assert.ok(seen.has('wasm-module.js') && seen.has('snapshot.js'));
    assert.ok(!seen.has('load-native.js') && !seen.has('node.js'));
  });

  it('keeps within what a page may have to download', () => {
    const check = path.join(repository, 'tools/test/module-size.mjs');
    assert.match(node(check, path.join(installed, 'dist')), /^size .* gzipped/);
  });
});
