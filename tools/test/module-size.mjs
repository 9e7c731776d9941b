#!/usr/bin/env node
// module-size.mjs <folder>: what a page downloads for the engine, and that it keeps within its budget.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

// All verbs. What apply() alone needs was 81 KB; a page that only previews should not load the rest, which wants a module of
// its own.
const BUDGET = 160_000;

const folder = process.argv[2];
const sizes = ['firn.mjs', 'firn.wasm'].map((name) => {
  const bytes = readFileSync(path.join(folder, name));
  return gzipSync(bytes, { level: 9 }).length;
});
const total = sizes[0] + sizes[1];
const kilobytes = (size) => `${(size / 1000).toFixed(1)} KB`;
console.log(
  `size  ${kilobytes(total)} gzipped: firn.mjs ${kilobytes(sizes[0])} + firn.wasm ${kilobytes(sizes[1])} (budget ${kilobytes(BUDGET)})`,
);
if (total > BUDGET) process.exitCode = 1;
