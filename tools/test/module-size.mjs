#!/usr/bin/env node
// module-size.mjs <folder>: what a page downloads for the engine, and that it keeps within its budget.

import process from 'node:process';

import { downloadOf } from './download.mjs';

// All verbs. What apply() alone needs was 81 KB; a page that only previews should not load the rest, which wants a module of
// its own.
const BUDGET = 145_000;

const { wasm, glue } = downloadOf(process.argv[2]);
const total = wasm + glue;
const kilobytes = (size) => `${(size / 1000).toFixed(1)} KB`;
console.log(
  `size  ${kilobytes(total)} gzipped: firn.wasm ${kilobytes(wasm)} + its glue ${kilobytes(glue)} (budget ${kilobytes(BUDGET)})`,
);
if (total > BUDGET) process.exitCode = 1;
