#!/usr/bin/env node
// Makes js/*/bundle of js/*/src, as packages.mjs says. All of a package lies in one folder, as deep as `dist`, so that code finds the
// same beside either. What it takes off is types: whether they are right is for `tsc` to say.

import path from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';
import { bundled } from './packages.mjs';

/** @param {string} folder @param {import('./packages.mjs').Bundled} what */
async function bundle(folder, { entries, sharesOneFile, compiledIn }) {
  const isPackage = (/** @type {string} */ id) => !/^(?:\.|\/|\0)/.test(id);
  const build = await rolldown({
    cwd: path.resolve(folder),
    platform: 'node',
    // Not what is there twice, for loaders that are none of ours.
    resolve: { mainFields: ['module', 'main'] },
    input: Object.fromEntries(entries.map((entry) => [fileNameOf(entry), `./src/${entry}.ts`])),
    external: (id) =>
      isPackage(id) && !compiledIn.some((name) => id === name || id.startsWith(`${name}/`)),
    // What a call may need is asked for where it is needed; that others need it always is meant.
    checks: { ineffectiveDynamicImport: false },
  });
  try {
    await build.write({
      dir: path.resolve(folder, 'bundle'),
      cleanDir: true,
      sourcemap: true,
      chunkFileNames: '[name]-[hash].js',
      codeSplitting: sharesOneFile ? { groups: [{ name: 'shared', minShareCount: 2 }] } : true,
    });
  } finally {
    await build.close();
  }
}

/** "index" of "index", "node" of "node/index". @param {string} entry */
const fileNameOf = (entry) => entry.replace(/\/index$/, '');

process.chdir(path.join(import.meta.dirname, '../..'));
for (const [folder, what] of Object.entries(bundled)) await bundle(folder, what);
