#!/usr/bin/env node
// @ts-check
// js.mjs: how many lines of the packages' TypeScript their tests run in Node. What only a browser runs is not counted.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

import { LEAST_OF_A_PACKAGE } from './bounds.mjs';
import { JsCounts } from './js-counts.mjs';
import { judge } from './judge.mjs';

/** What is counted of each, and which tests run it. Of the dashboard that is what needs no page. */
const parts = {
  engine: ['js/engine/src/'],
  sets: ['js/sets/src/'],
  syntax: ['js/syntax/src/'],
  dashboard: [
    'js/dashboard/src/highlight/',
    'js/dashboard/src/worker/layout.ts',
    'js/dashboard/src/worker/style.ts',
  ],
  cli: ['js/cli/src/'],
  unplugin: ['js/unplugin/src/'],
};
const folders = [
  ...['bundlers', 'conformance'],
  ...['js/cli', 'js/dashboard', 'js/engine', 'js/fuzz', 'js/sets', 'js/syntax'],
];
// A million calls run no more lines than one.
const others = new Set(['tests/js/engine/leaks.test.mjs']);

const tests = folders
  .flatMap((folder) => testsIn(`tests/${folder}`))
  .filter((file) => !others.has(file));
const counts = new JsCounts([
  ...['js/engine/bundle', 'js/sets/bundle', 'js/unplugin/bundle', 'js/cli/bundle'],
  ...['js/engine/dist', 'js/syntax/dist', 'js/cli/dist', 'js/dashboard/dist/js'],
]);

/** @param {string} folder */
function testsIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => path.join(folder, name));
}

/** Runs a file of tests, and adds what all its processes ran. @param {string} file */
async function run(file) {
  const profiles = mkdtempSync(path.join(os.tmpdir(), 'firn-coverage-'));
  chmodSync(profiles, 0o777); // Some tests start programs as somebody else.
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const child = spawn(process.execPath, ['--test-reporter=./tools/test/reporter.mjs', file], {
    env: { ...environment, NODE_V8_COVERAGE: profiles },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) {
    console.error(said);
    process.exitCode = 1;
  }
  counts.add(profiles);
  rmSync(profiles, { recursive: true, maxRetries: 10 });
}

const queue = tests.values();
await Promise.all(
  Array.from({ length: os.availableParallelism() }, async () => {
    for (const file of queue) await run(file);
  }),
);
const lines = counts.lines();
for (const [name, places] of Object.entries(parts)) {
  const files = [...lines].filter(([file]) => places.some((place) => file.startsWith(place)));
  const ran = new Map(files.map(([file, counted]) => [file, { lines: counted }]));
  judge(name, ran, LEAST_OF_A_PACKAGE, []);
}
