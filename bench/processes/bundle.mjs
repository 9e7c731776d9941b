// @ts-check
// An application of 2,000 modules, bundled by Vite: as it is, with patches for some of them, and with patches for all.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { loadEngine } from '@firn/engine';
import { printSetManifest } from '@firn/sets';
import { root } from '../suites/suite.mjs';

/** @import { Process } from './process.mjs' */

const MODULES = 2_000;
const FOLDERS = 20;
const FUNCTIONS = 40;

/** What is patched, by the name of the set: each module whose number this divides. */
const SETS = { some: 40, all: 1 };

/** @param {number} number */
const nameOf = (number) => `src/part${number % FOLDERS}/module${number}.js`;

/** @param {number} number */
function moduleText(number) {
  const functions = Array.from({ length: FUNCTIONS }, (_, at) => {
    const factor = (number * 7919 + at * 104_729) % 1000;
    return `export function scale${at}(a, b) { return a * ${factor} + b.length - 'text ${at}'.length; }\n`;
  });
  return `${functions.join('')}export default () => scale1(${number}, 'b');\n`;
}

/** @param {number} number */
const marker = (number) => `patched ${number}`;

/** A line replaced, and two inserted. @param {number} number */
const patchesOf = (number) => [
  { op: 'replace', line: 2, text: `export function scale1() { return '${marker(number)}'; }` },
  { op: 'insert', line: 10, lines: ['// Two lines', '// of a store.'] },
];

/** @param {string} folder @param {string} name @param {string} text */
function write(folder, name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** @param {string} folder */
function writeApplication(folder) {
  const numbers = Array.from({ length: MODULES }, (_, number) => number);
  for (const number of numbers) write(folder, nameOf(number), moduleText(number));
  const imports = numbers.map(
    (number) => `import m${number} from './${nameOf(number).slice(4)}';\n`,
  );
  const calls = numbers.map((number) => `m${number}()`).join(', ');
  write(folder, 'src/main.js', `${imports.join('')}console.log([${calls}].join());\n`);
}

/** @param {string} folder @param {keyof typeof SETS} name */
async function writeSet(folder, name) {
  const engine = await loadEngine();
  const own = path.join('patches', name);
  const patches = [];
  for (let number = 0; number < MODULES; number += SETS[name]) {
    const json = JSON.stringify({ schema: 'firn.batch/1', patches: patchesOf(number) });
    const base = engine.freeze(moduleText(number));
    const result = base.apply(engine.batch(json));
    const entry = { id: `m${number}`, file: nameOf(number), patch: `m${number}.json`, order: 10 };
    patches.push({ ...entry, base: base.fingerprint, result: result.fingerprint });
    write(folder, path.join(own, entry.patch), json);
  }
  const manifest = printSetManifest({ schema: 'firn.set/1', id: name, patches });
  write(folder, path.join(own, 'firn.json'), manifest);
}

/** Plugins of a build, as its configuration says them. @param {string} folder @param {keyof typeof SETS} name */
function pluginsOf(folder, name) {
  const options = JSON.stringify({ patches: path.join(folder, 'patches'), sets: name });
  const numbers = Array.from({ length: MODULES / SETS[name] }, (_, at) => at * SETS[name]);
  const touched = name === 'all' ? '\\d+' : `(?:${numbers.join('|')})`;
  return {
    none: '',
    firn: `firn(${options})`,
    // The least that a plugin can do to the same modules: hand each back as it is and a line longer.
    touch: `{ name: 'touch', enforce: 'pre', transform: { filter: { id: /\\/module${touched}\\.js$/ },
      handler: (code) => ({ code: code + '\\n', map: null }) } }`,
  };
}

/** What `vite build` does when nobody says anything, and the same without a minifier. */
const BUILDS = { usual: {}, bare: { minify: false } };

/**
 * @param {string} folder An empty one, for this alone.
 * @returns {Promise<Record<string, Process>>} "bundle WHO SET", and "bundle WHO SET bare".
 */
export async function bundleProcesses(folder) {
  writeApplication(folder);
  /** @type {Record<string, Process>} */
  const processes = {};
  for (const set of /** @type {const} */ (['some', 'all'])) {
    await writeSet(folder, set);
    for (const [who, plugin] of Object.entries(pluginsOf(folder, set))) {
      for (const [build, options] of Object.entries(BUILDS)) {
        const words = [
          who === 'none' ? who : `${who} ${set}`,
          ...(build === 'bare' ? [build] : []),
        ];
        const name = words.join('-').replaceAll(' ', '-');
        const head =
          who === 'firn' ? `import firn from '${root}js/unplugin/bundle/vite.js';\n` : '';
        const config = { head, plugin, options };
        processes[`bundle ${words.join(' ')}`] = {
          ...buildBy(folder, name, config),
          requireRight: () =>
            who === 'firn' && requirePatched(outOf(folder, name), MODULES / SETS[set]),
        };
      }
    }
  }
  return processes;
}

/** @param {string} folder @param {string} name */
const outOf = (folder, name) => path.join(folder, 'out', name);

/** @param {string} folder @param {string} name @param {{ head: string, plugin: string, options: object }} config */
function buildBy(folder, name, { head, plugin, options }) {
  const input = path.join(folder, 'src/main.js');
  const build = { outDir: outOf(folder, name), rolldownOptions: { input }, ...options };
  const file = `vite.${name}.config.mjs`;
  const text = `export default { plugins: [${plugin}], build: ${JSON.stringify(build)} };\n`;
  write(folder, file, head + text);
  const vite = `${root}node_modules/vite/bin/vite.js`;
  const quietly = ['--configLoader', 'native', '--logLevel', 'error'];
  const args = [vite, 'build', '--config', file, ...quietly];
  return { command: process.execPath, args, cwd: folder };
}

/** @param {string} out @param {number} count */
function requirePatched(out, count) {
  const { files } = JSON.parse(readFileSync(path.join(out, 'firn-manifest.json'), 'utf8'));
  const assets = path.join(out, 'assets');
  const code = readdirSync(assets).map((name) => readFileSync(path.join(assets, name), 'utf8'));
  const marked = code.join('').match(/patched \d+/g)?.length;
  if (Object.keys(files).length === count && marked === count) return;
  throw new Error(`${out}: ${marked} modules are patched, not ${count}`);
}
