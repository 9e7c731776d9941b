// @ts-check
/** One application, every bundler: as somebody would configure it who is in no hurry. */
import path from 'node:path';

import firnForEsbuild from '@firn/unplugin/esbuild';
import firnForRolldown from '@firn/unplugin/rolldown';
import firnForRollup from '@firn/unplugin/rollup';
import firnForRspack from '@firn/unplugin/rspack';
import firnForVite from '@firn/unplugin/vite';
import firnForWebpack from '@firn/unplugin/webpack';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rspack } from '@rspack/core';
import * as esbuild from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';

import { transformed } from './transformed.mjs';

/**
 * @typedef {object} Application
 * @property {string} root
 * @property {string} entry Below the root; the bundle is called as it is.
 * @property {string[]} [pages] Below the root.
 * @property {string} out
 * @property {boolean} [minify]
 * @property {import('@firn/unplugin').FirnOptions} [firn] None: without the plugin.
 */

/** Its typings are those of its CommonJS build. */
const fromCommonJs = /** @type {typeof import('@rollup/plugin-commonjs').default} */ (
  /** @type {unknown} */ (commonjs)
);

const PRODUCTION = { 'process.env.NODE_ENV': '"production"' };
const SOURCES = /\.(?:jsx|tsx?)$/;

/** What Rollup does not know by itself: stylesheets are taken and dropped. */
const withoutStyles = () => ({
  name: 'without-styles',
  /** @param {string} _ @param {string} id */
  transform: (_, id) =>
    id.endsWith('.css')
      ? { code: '', map: null, moduleType: /** @type {const} */ ('js') }
      : undefined,
});

/** @returns {import('rollup').Plugin} */
const withSources = () => ({
  name: 'with-sources',
  async transform(code, id) {
    if (id.endsWith('.json')) return { code: `export default ${code};`, map: null };
    // Of a package, only which of its two builds it is to take.
    if (id.includes('/node_modules/')) {
      return { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null };
    }
    if (!SOURCES.test(id)) return undefined;
    const { code: made, map } = await transformed(id, code);
    return { code: made, map };
  },
});

/** What Rollup leaves to others. */
const minified = () => ({
  name: 'minified',
  /** @param {string} code */
  renderChunk: async (code) => {
    const { code: made, map } = await esbuild.transform(code, { minify: true, sourcemap: true });
    return { code: made, map };
  },
});

/** Patched pages are put out as they are. @param {Application} application */
const withPages = ({ firn, root, pages = [] }) => firn && { root, assets: pages, ...firn };

/** Maps lie beside the bundles. */
const MAPS = { test: /\.jsx?$/, filename: '[file].map' };

/** What webpack and Rspack are told alike. @param {Application} application */
const optionsOfBoth = ({ root, entry, out, minify = false }) =>
  /** @type {const} */ ({
    mode: 'production',
    devtool: false,
    context: root,
    entry: `./${entry}`,
    output: { path: out, filename: entry, cssFilename: 'main.css' },
    optimization: { minimize: minify },
    performance: false,
  });

/** @type {Record<string, (application: Application) => Promise<void>>} */
export const builders = {
  async vite({ root, entry, pages = [], out, firn, minify = false }) {
    await vite.build({
      root,
      base: './',
      configFile: false,
      logLevel: 'silent',
      plugins: [firn && firnForVite(firn)],
      oxc: { jsx: { runtime: 'automatic' } },
      build: {
        outDir: out,
        emptyOutDir: true,
        sourcemap: true,
        minify,
        rolldownOptions: {
          input: (pages.length > 0 ? pages : [entry]).map((file) => path.join(root, file)),
          output: { entryFileNames: '[name].js' },
        },
      },
    });
  },

  async rollup(application) {
    const { root, entry, out, minify } = application;
    const options = withPages(application);
    const bundle = await rollup({
      input: path.join(root, entry),
      plugins: [
        options && firnForRollup(options),
        withoutStyles(),
        withSources(),
        nodeResolve({ browser: true, extensions: ['.mjs', '.js', '.json'] }),
        fromCommonJs(),
        minify && minified(),
      ],
    });
    await bundle.write({ dir: out, entryFileNames: entry, sourcemap: true });
    await bundle.close();
  },

  async rolldown(application) {
    const { root, entry, out, minify = false } = application;
    const options = withPages(application);
    const bundle = await rolldown({
      input: path.join(root, entry),
      plugins: [options && firnForRolldown(options), withoutStyles()],
      transform: { define: PRODUCTION },
      logLevel: 'silent',
    });
    try {
      await bundle.write({ dir: out, entryFileNames: entry, sourcemap: true, minify });
    } finally {
      await bundle.close();
    }
  },

  async webpack(application) {
    const firn = withPages(application);
    const compiler = webpack({
      ...optionsOfBoth(application),
      experiments: { css: true },
      module: {
        rules: [{ test: SOURCES, use: path.join(import.meta.dirname, 'esbuild-loader.mjs') }],
      },
      plugins: [firn && firnForWebpack(firn), new webpack.SourceMapDevToolPlugin(MAPS)],
    });
    await ran(compiler);
  },

  async rspack(application) {
    const firn = withPages(application);
    const compiler = rspack({
      ...optionsOfBoth(application),
      module: {
        rules: [
          { test: /\.css$/, type: 'css' },
          {
            test: SOURCES,
            loader: 'builtin:swc-loader',
            options: {
              jsc: {
                parser: { syntax: 'typescript', tsx: true },
                transform: { react: { runtime: 'automatic' } },
              },
            },
          },
        ],
      },
      plugins: [firn && firnForRspack(firn), new rspack.SourceMapDevToolPlugin(MAPS)],
    });
    await ran(compiler);
  },

  async esbuild(application) {
    const { root, entry, out, minify = false } = application;
    const options = withPages(application);
    await esbuild.build({
      entryPoints: [{ in: path.join(root, entry), out: entry.replace(/\.\w+$/, '') }],
      outdir: out,
      outExtension: { '.js': path.extname(entry) },
      absWorkingDir: root,
      bundle: true,
      minify,
      format: 'esm',
      jsx: 'automatic',
      define: PRODUCTION,
      sourcemap: true,
      logLevel: 'silent',
      plugins: options ? [firnForEsbuild(options)] : [],
    });
  },
};

/**
 * @typedef {object} Compiler
 * @property {(done: (error: Error | null, stats?: { hasErrors(): boolean, toString(options: object): string }) => void) => void} run
 * @property {(done: (error?: Error | null) => void) => void} close
 */

/** Runs once, and throws what it says. @param {Compiler} compiler */
export async function ran(compiler) {
  const stats = await new Promise((done, fail) => {
    compiler.run((error, result) => (error ? fail(error) : done(result)));
  });
  await new Promise((done) => compiler.close(done));
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
}
