// @ts-check
/** webpack's cache on disk: what it holds was made by these patches, and files that come out of it are used all the same. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';

import firn from '@firn/unplugin/webpack';
import webpack from 'webpack';

import { folderOf, replace, writeSet } from './project.mjs';

/** @param {string} folder */
async function built(folder) {
  const compiler = webpack({
    mode: 'development',
    devtool: false,
    context: path.join(folder, 'root'),
    entry: './main.js',
    output: { path: path.join(folder, 'out'), filename: 'main.js' },
    cache: { type: 'filesystem', cacheDirectory: path.join(folder, 'cache'), version: 'own' },
    plugins: [firn({ patches: path.join(folder, 'patches') })],
  });
  const stats = await new Promise((done, fail) => {
    compiler.run((error, result) => (error ? fail(error) : done(result)));
  });
  await new Promise((done) => compiler.close(done));
  assert.ok(!stats.hasErrors(), stats.toString({ all: false, errors: true }));
  return readFileSync(path.join(folder, 'out/main.js'), 'utf8');
}

it('a cache on disk is believed for the patches that made it, and for no others', async (test) => {
  const folder = folderOf(test, {
    'root/main.js': "import { one } from './one.js';\nconsole.log(one);\n",
    'root/one.js': "export const one = 'frozen';\n",
  });
  for (const text of ['first', 'first', 'second']) {
    writeSet(folder, 'store', [replace('one', 'one.js', 1, `export const one = '${text}';`)]);
    assert.match(await built(folder), new RegExp(`one = '${text}'`));
  }
});
