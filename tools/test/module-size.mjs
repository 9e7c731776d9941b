#!/usr/bin/env node
// module-size.mjs <folder>: what a page downloads for the engine before it can show anything, and that it keeps within its
// budget.

import process from 'node:process';

import { downloadOf } from './download.mjs';

const BUDGET = 90_000;

const { glue, page, rest, whole } = downloadOf(process.argv[2]);
const total = page + glue;
const kilobytes = (size) => `${(size / 1000).toFixed(1)} KB`;
console.log(
  `size  ${kilobytes(total)} gzipped: firn.page.wasm ${kilobytes(page)} + its glue ${kilobytes(glue)} (budget ${kilobytes(BUDGET)}); ` +
    `firn.rest.wasm ${kilobytes(rest)}, firn.wasm ${kilobytes(whole)}`,
);
if (total > BUDGET) process.exitCode = 1;
