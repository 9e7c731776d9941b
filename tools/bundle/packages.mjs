/**
 * What Node loads of a package is a few files instead of dozens: to find, read and link a module takes Node longer than to run it.
 *
 * @typedef {object} Bundled
 * @property {readonly string[]} entries Modules in `src`, without `.ts`: what the package exports to Node.
 * @property {boolean} [sharesOneFile] What several of its files want is one more file, not one for each several: where there are
 *   dozens of entries that are asked for late.
 * @property {readonly string[]} compiledIn Packages of others that become part of it. Those that it wants beside it stay outside, and
 *   all of ours, so that there is one engine in a process.
 */

/** By their folders. @type {Readonly<Record<string, Bundled>>} */
export const bundled = {
  'js/engine': { entries: ['node'], compiledIn: [] },
  'js/sets': { entries: ['index', 'node/index'], compiledIn: ['jsonc-parser'] },
  'js/unplugin': {
    entries: ['index', 'vite', 'rollup', 'rolldown', 'webpack', 'rspack', 'esbuild'],
    compiledIn: [],
  },
  'js/cli': { entries: ['main'], sharesOneFile: true, compiledIn: ['commander', 'picocolors'] },
};
