#!/usr/bin/env node
// Renews package-lock.json after a package.json changed: `node tools/npm/lock.mjs [npm install's arguments]`.
//
// A registry mirror may lack the platform packages of a tool (its macOS binary, say). npm then leaves them out of the
// lock file, and `npm ci` refuses the lock it wrote itself. So they are added by hand, named but without a hash: npm never
// fetches a package for another platform, and a mirror that has them serves them there.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const WORDS = {
  os: words('aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'),
  cpu: words('arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'),
};

function words(text) {
  return text.split(/[ /-]/);
}

/** What npm would have written for a platform package: its name says what it runs on. */
function platformEntry(name, version, parent) {
  const entry = { version, optional: true };
  if (parent.dev) entry.dev = true;
  for (const kind of ['cpu', 'os']) {
    const found = words(name).filter((word) => WORDS[kind].includes(word));
    if (found.length > 0) entry[kind] = found;
  }
  // A universal macOS binary names no processor.
  return entry.os || entry.cpu ? entry : undefined;
}

// The newest lock format is written whatever is installed, and nothing is downloaded but package data.
const npmArguments = [
  'install',
  '--package-lock-only',
  '--loglevel=error',
  ...process.argv.slice(2),
];
execFileSync('npm', npmArguments, { stdio: 'inherit' });

const path = 'package-lock.json';
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = [];
for (const [parentPath, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const nested = `${parentPath}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[hoisted] || !/^\d+\.\d+\.\d+/.test(version))
      continue;
    const entry = platformEntry(name, version, parent);
    if (!entry) continue;
    lock.packages[hoisted] = entry;
    added.push(`${name}@${version}`);
  }
}

// npm's own order, so that its next run moves nothing.
const byPath = ([a], [b]) => a.localeCompare(b, 'en');
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath));
const text = `${JSON.stringify(lock, null, 2)}\n`;
if (text.includes('"resolved": "http')) throw new Error(`${path} names a download address`);
writeFileSync(path, text);
if (added.length > 0) console.log(`added by name: ${added.join(' ')}`);
