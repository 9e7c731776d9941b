#!/usr/bin/env node
// Checks what npm does not: every workspace has the root's version and wants no other Node, every version is exact, and the
// lock file names no download address, so that any mirror serves it.

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
if (/"resolved": "(https?|git)/.test(readFileSync('package-lock.json', 'utf8'))) {
  problems.push('package-lock.json names download addresses: renew it with tools/npm/lock.mjs');
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
