#!/usr/bin/env node
// Checks what npm does not: every workspace has the root's version and wants no other Node, every version is exact, the lock
// file has a hash of everything that is fetched and names no download address, so that any mirror serves it, and no package's script runs.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { manifestOf, workspaceFolders } from '../npm/workspaces.mjs';

const problems = [];
const root = manifestOf('.');

for (const folder of ['.', ...workspaceFolders()]) {
  const path = `${folder}/package.json`;
  const manifest = manifestOf(folder);
  if (manifest.version !== root.version) {
    problems.push(`${path}: version ${manifest.version} is not the root's ${root.version}`);
  }
  if (manifest.engines && manifest.engines.node !== root.engines.node) {
    problems.push(`${path}: Node ${manifest.engines.node} is not the root's ${root.engines.node}`);
  }
  for (const group of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, version] of Object.entries(manifest[group] ?? {})) {
      const ours = name.startsWith('@firn/') && ['*', root.version].includes(version);
      if (!ours && !/^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
        problems.push(`${path}: ${name} is "${version}", not an exact version`);
      }
    }
  }
}
const lock = readFileSync('package-lock.json', 'utf8');
if (/"resolved": "(https?|git)/.test(lock)) {
  problems.push('package-lock.json names download addresses: renew it with tools/npm/lock.mjs');
}
// What npm unpacks is what was locked. A package for another platform is never fetched here, and may have no hash.
for (const [name, entry] of Object.entries(JSON.parse(lock).packages)) {
  const isFetched = name.includes('node_modules/') && !entry.link && !entry.optional;
  if (isFetched && !/^sha512-/.test(entry.integrity ?? '')) {
    problems.push(`package-lock.json: ${name} has no sha512 of what npm is to fetch`);
  }
}
if (!/^ignore-scripts=true$/m.test(readFileSync('.npmrc', 'utf8'))) {
  problems.push('.npmrc: scripts of packages would run when they are installed');
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
