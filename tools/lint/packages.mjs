#!/usr/bin/env node
// Checks what npm would publish as those see it who install it: publint for Node and bundlers, "are the types wrong?" for
// TypeScript. Wants everything built.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * Not wrong here: that CommonJS gets an ES module (every Node these packages run on can require one), and that TypeScript's
 * oldest way to resolve, which knows no `exports`, finds nothing.
 */
const isMeant = ({ kind, resolutionKind }) =>
  kind === 'CJSResolvesToESM' || resolutionKind === 'node10';

/** @param {Buffer} tarball */
async function wrongToNode(tarball) {
  const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }));
}

/** @param {Buffer} tarball */
async function wrongToTypeScript(tarball) {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)), {
    // It is copied and compiled, not imported.
    excludeEntrypoints: [/\.wasm$/],
  });
  // A package without types has nothing that could be wrong: a command, an addon.
  if (result.types === false) return [];
  return result.problems
    .filter((problem) => !isMeant(problem))
    .map((problem) => JSON.stringify(problem));
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-lint-'));
try {
  const script = path.join(import.meta.dirname, '../pack/pack.mjs');
  execFileSync(process.execPath, [script, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const name of readdirSync(folder)) {
    const tarball = readFileSync(path.join(folder, name));
    for (const problem of [
      ...(await wrongToNode(tarball)),
      ...(await wrongToTypeScript(tarball)),
    ]) {
      console.error(`${name}: ${problem}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
