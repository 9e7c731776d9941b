// @ts-check
/** The packages as npm would publish them, and folders that hold nothing but them. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));
const require = createRequire(import.meta.url);

const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-packages-'));
after(() => rmSync(folder, { recursive: true }));

/** The tarballs, made by the script that makes those that are published. */
export function pack() {
  const packed = path.join(folder, 'packed');
  const script = path.join(repository, 'tools/pack/pack.mjs');
  execFileSync(process.execPath, [script, packed], { stdio: ['ignore', 'ignore', 'inherit'] });
  return readdirSync(packed).map((name) => path.join(packed, name));
}

/** The paths in a tarball, below its `package/`. @param {string} tarball */
export function filesIn(tarball) {
  const listed = execFileSync('tar', ['--list', '--gzip', '--file', tarball], { encoding: 'utf8' });
  return listed
    .trimEnd()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''))
    .sort();
}

/**
 * Installs them where nothing else is, without a registry: what they depend on comes from this
 * repository's node_modules, and so does `more`. Returns the folder.
 * @param {string} name @param {readonly string[]} tarballs @param {readonly string[]} [more] names
 */
export function install(name, tarballs, more = []) {
  const installed = path.join(folder, name);
  mkdirSync(installed);
  writeFileSync(path.join(installed, 'package.json'), '{ "private": true }');
  const options = ['--offline', '--install-links', '--ignore-scripts', '--loglevel=error'];
  const cache = ['--cache', path.join(folder, 'no-cache')];
  const others = new Set([
    ...dependenciesOf(tarballs),
    ...more.map((one) => path.dirname(findManifest(one))),
  ]);
  const args = ['install', ...options, ...cache, ...tarballs, ...others];
  execFileSync('npm', args, { cwd: installed, stdio: ['ignore', 'ignore', 'inherit'] });
  return installed;
}

/** The folders of what others wrote. @param {readonly string[]} tarballs */
function dependenciesOf(tarballs) {
  /** @type {Set<string>} */
  const folders = new Set();
  const visit = (/** @type {Record<string, unknown>} */ { dependencies }) => {
    for (const name of Object.keys(dependencies ?? {})) {
      if (name.startsWith('@firn/')) continue;
      const manifest = findManifest(name);
      if (folders.has(path.dirname(manifest))) continue;
      folders.add(path.dirname(manifest));
      visit(JSON.parse(readFileSync(manifest, 'utf8')));
    }
  };
  for (const tarball of tarballs) visit(manifestIn(tarball));
  return folders;
}

/** Not every package exports its package.json. @param {string} name */
function findManifest(name) {
  const [found] = (require.resolve.paths(name) ?? [])
    .map((modules) => path.join(modules, name, 'package.json'))
    .filter((manifest) => existsSync(manifest));
  if (found === undefined) throw new Error(`${name} is not in node_modules`);
  return found;
}

/** @param {string} tarball */
export function manifestIn(tarball) {
  const args = ['--extract', '--gzip', '--to-stdout', '--file', tarball, 'package/package.json'];
  return JSON.parse(execFileSync('tar', args, { encoding: 'utf8' }));
}
