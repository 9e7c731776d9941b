// @ts-check
/** Bundlers that watch: a patch or manifest that changes is built again, as often as it does; what is wrong is told, until it is mended. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import firnForEsbuild from '@firn/unplugin/esbuild';
import firnForRolldown from '@firn/unplugin/rolldown';
import firnForRollup from '@firn/unplugin/rollup';
import firnForRspack from '@firn/unplugin/rspack';
import firnForVite from '@firn/unplugin/vite';
import firnForWebpack from '@firn/unplugin/webpack';
import { rspack } from '@rspack/core';
import * as esbuild from 'esbuild';
import * as rolldown from 'rolldown';
import * as rollup from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';

import { until } from '../until.mjs';
import { folderOf, replace, writeSet } from './project.mjs';

/**
 * @typedef {(error: unknown) => void} Built Called after each build, with what went wrong.
 * @typedef {{ close(): Promise<unknown> }} Watcher
 * @typedef {{ root: string, out: string, firn: import('@firn/unplugin').FirnOptions }} Project
 */

/** @param {typeof rollup.watch | typeof rolldown.watch} watch @param {any} plugin @param {Project} project @param {Built} built @returns {Watcher} */
function rollupLike(watch, plugin, { root, out }, built) {
  const watcher = /** @type {typeof rollup.watch} */ (watch)({
    input: path.join(root, 'main.js'),
    plugins: [plugin],
    output: { dir: out, format: 'es' },
    watch: { clearScreen: false },
  });
  return toldBy(watcher, built);
}

/** @param {typeof webpack | typeof rspack} bundle @param {any} plugin @param {Project} project @param {Built} built @returns {Watcher} */
function webpackLike(bundle, plugin, { root, out }, built) {
  const compiler = /** @type {typeof webpack} */ (bundle)({
    mode: 'development',
    devtool: false,
    context: root,
    entry: './main.js',
    output: { path: out, filename: 'main.js' },
    plugins: [plugin],
  });
  const watching = compiler.watch({ aggregateTimeout: 20 }, (error, stats) => {
    const said = stats?.hasErrors() ? stats.toString({ all: false, errors: true }) : undefined;
    built(error ?? said);
  });
  return { close: () => new Promise((done) => watching?.close(() => compiler.close(done))) };
}

/** @param {{ on(name: 'event', act: (event: any) => void): unknown, close(): unknown }} watcher @param {Built} built @returns {Watcher} */
function toldBy(watcher, built) {
  watcher.on('event', async (event) => {
    if (event.code === 'ERROR') built(event.error);
    if (event.code === 'BUNDLE_END') built(undefined);
    if ('result' in event) await event.result?.close();
  });
  return { close: async () => watcher.close() };
}

/** @type {Record<string, (project: Project, built: Built) => Promise<Watcher>>} */
const watchers = {
  async vite({ root, out, firn }, built) {
    const watcher = await vite.build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [firnForVite(firn)],
      build: {
        outDir: out,
        minify: false,
        watch: {},
        rolldownOptions: {
          input: path.join(root, 'main.js'),
          output: { entryFileNames: '[name].js' },
        },
      },
    });
    assert.ok('on' in watcher);
    return toldBy(watcher, built);
  },
  rollup: async (project, built) =>
    rollupLike(rollup.watch, firnForRollup(project.firn), project, built),
  rolldown: async (project, built) =>
    rollupLike(rolldown.watch, firnForRolldown(project.firn), project, built),
  webpack: async (project, built) =>
    webpackLike(webpack, firnForWebpack(project.firn), project, built),
  rspack: async (project, built) =>
    webpackLike(rspack, firnForRspack(project.firn), project, built),
  async esbuild({ root, out, firn }, built) {
    const told = {
      name: 'told',
      /** @param {esbuild.PluginBuild} build */
      setup: (build) =>
        build.onEnd(({ errors }) => built(errors.length > 0 ? errors[0]?.text : undefined)),
    };
    const context = await esbuild.context({
      entryPoints: [path.join(root, 'main.js')],
      outdir: out,
      bundle: true,
      format: 'esm',
      logLevel: 'silent',
      plugins: [firnForEsbuild(firn), told],
    });
    await context.watch();
    return { close: () => context.dispose() };
  },
};

const FILES = {
  'root/main.js':
    "import { one } from './one.js';\nimport { two } from './two.js';\nconsole.log(one, two);\n",
  'root/one.js': "export const one = 'frozen one';\n",
  'root/two.js': "export const two = 'frozen two';\n",
};
/** What is written before a watcher watches is seen by nobody: once in so long it is written again. */
const AGAIN_MILLISECONDS = 5_000;

for (const [bundler, watch] of Object.entries(watchers)) {
  describe(`${bundler}, watching`, () => {
    it('builds again when a patch or a manifest changes, and tells what is wrong until it is mended', async (test) => {
      const folder = folderOf(test, FILES);
      const one = (/** @type {string} */ text) =>
        replace('one', 'one.js', 1, `export const one = '${text}';`);
      const two = (/** @type {string} */ text) =>
        replace('two', 'two.js', 1, `export const two = '${text}';`);
      writeSet(folder, 'store', [one('first'), two('kept')]);
      const [root, out, patches] = ['root', 'out', 'patches'].map((name) =>
        path.join(folder, name),
      );
      assert.ok(root && out && patches);

      /** @type {unknown} */
      let error;
      const watcher = await watch({ root, out, firn: { root, patches } }, (now) => {
        error = now;
      });
      test.after(() => watcher.close());
      const assertSays = (/** @type {string[]} */ ...texts) => {
        assert.equal(error, undefined);
        const code = readFileSync(path.join(out, 'main.js'), 'utf8');
        for (const text of texts) assert.ok(code.includes(text), `${text} in ${code}`);
      };
      const assertTells = (/** @type {RegExp} */ problem) => assert.match(String(error), problem);

      await until('the first build', () => assertSays('first', 'kept'));
      let written = 0;
      await until('a patch that changed', () => {
        if (Date.now() - written > AGAIN_MILLISECONDS) {
          writeSet(folder, 'store', [one('second'), two('kept')]);
          written = Date.now();
        }
        assertSays('second', 'kept');
      });
      // The manifest alone says that a patch is off.
      writeSet(folder, 'store', [one('second'), { ...two('kept'), when: { env: 'other' } }]);
      await until('a patch that went', () => assertSays('second', 'frozen two'));
      const base = "export const one = 'of another version';\n";
      writeSet(folder, 'store', [{ ...one('stale'), base }, two('kept')]);
      await until('a stale patch', () => assertTells(/store\/one .*was made for text/s));
      writeSet(folder, 'store', [one('mended'), two('back')]);
      await until('both mended', () => assertSays('mended', 'back'));
      const more = replace('more', 'main.js', 3, 'console.log(two, one);');
      writeSet(folder, 'store', [one('mended'), two('back'), more]);
      await until('a file of which no module is asked for', () =>
        assertTells(/there are patches for main\.js since: start the bundler again/),
      );
    });
  });
}
