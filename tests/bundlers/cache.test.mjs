// @ts-check
/** Caches on disk: what they hold was made by these patches, and files that come out of them are used all the same. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import firnForRspack from '@firn/unplugin/rspack';
import firnForWebpack from '@firn/unplugin/webpack';
import { rspack } from '@rspack/core';
import webpack from 'webpack';

import { ran } from './builders.mjs';
import { folderOf, replace, writeSet } from './project.mjs';

/** What both take. @param {string} folder */
const options = (folder) => ({
  mode: /** @type {const} */ ('development'),
  devtool: /** @type {const} */ (false),
  context: path.join(folder, 'root'),
  entry: './main.js',
  output: { path: path.join(folder, 'out'), filename: 'main.js' },
});

/** @typedef {import('@firn/unplugin').FirnOptions} FirnOptions */

/** @type {Record<string, (folder: string, firn: FirnOptions) => import('./builders.mjs').Compiler>} */
const compilers = {
  webpack: (folder, firn) =>
    webpack({
      ...options(folder),
      cache: { type: 'filesystem', cacheDirectory: path.join(folder, 'cache'), version: 'own' },
      plugins: [firnForWebpack(firn)],
    }),
  rspack: (folder, firn) =>
    rspack({
      ...options(folder),
      cache: {
        type: 'persistent',
        storage: { type: 'filesystem', directory: path.join(folder, 'cache') },
        version: 'own',
      },
      plugins: [firnForRspack(firn)],
    }),
};

for (const [bundler, compilerOf] of Object.entries(compilers)) {
  describe(`${bundler}'s cache on disk`, () => {
    /** What the bundle holds. @param {string} folder @param {FirnOptions} [more] */
    async function built(folder, more) {
      await ran(compilerOf(folder, { patches: path.join(folder, 'patches'), ...more }));
      return readFileSync(path.join(folder, 'out/main.js'), 'utf8');
    }
    const files = {
      'root/main.js': "import { one } from './one.js';\nconsole.log(one);\n",
      'root/one.js': "export const one = 'frozen';\n",
    };
    const patch = (/** @type {string} */ text) =>
      replace('one', 'one.js', 1, `export const one = '${text}';`);

    it('is believed for the patches that made it, and for no others', async (test) => {
      const folder = folderOf(test, files);
      for (const text of ['first', 'first', 'second', 'first']) {
        writeSet(folder, 'store', [patch(text)]);
        assert.match(await built(folder), new RegExp(`one = '${text}'`));
      }
    });

    it('is another one under other conditions, though no file has changed', async (test) => {
      const folder = folderOf(test, files);
      writeSet(folder, 'store', [{ ...patch('night'), when: { time: 'night' } }]);
      for (const [time, text] of [
        ['day', 'frozen'],
        ['night', 'night'],
        ['day', 'frozen'],
      ]) {
        const code = await built(folder, { conditions: { time: time ?? '' } });
        assert.match(code, new RegExp(`one = '${text}'`));
      }
    });
  });
}
