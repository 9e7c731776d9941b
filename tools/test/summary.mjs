#!/usr/bin/env node
// summary.mjs <folder>: the closing counts of `make test`, from the results (JUnit of ctest, TAP of Node) that lie there, and
// which tests were skipped. Under CI every test runs: a skip that MAY_SKIP does not name is a failure.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

// What a machine of CI may be unable to do.
const MAY_SKIP = [
  /^says that the disk is full$/, // mounts a file system, which a container forbids
  /^core\.LargeText\./, // needs several GiB of memory
];

const folder = process.argv[2];

function readJunit(text) {
  const suite = text.match(/<testsuite [^>]*>/s)?.[0] ?? '';
  const count = (name) => Number(suite.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  const skipped = count('skipped') + count('disabled');
  const cases = text.matchAll(/<testcase name="([^"]*)"[^>]* status="(?:notrun|disabled)"/g);
  return {
    names: Array.from(cases, ([, name]) => name),
    passed: count('tests') - count('failures') - skipped,
    failed: count('failures'),
    skipped,
  };
}

function readTap(text) {
  const count = (name) => Number(text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  const lines = text.matchAll(/^ *ok \d+ - (.*?) # (?:SKIP|TODO)\b *(.*)$/gm);
  return {
    names: Array.from(lines, ([, name, why]) => (why ? `${name}: ${why}` : name)),
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
}

const readers = { '.xml': readJunit, '.tap': readTap };
const rows = readdirSync(folder)
  .sort()
  .filter((name) => readers[path.extname(name)])
  .map((name) => ({
    suite: path.parse(name).name,
    ...readers[path.extname(name)](readFileSync(path.join(folder, name), 'utf8')),
  }));
const total = { suite: 'all', passed: 0, failed: 0, skipped: 0 };
for (const row of rows) {
  for (const key of ['passed', 'failed', 'skipped']) total[key] += row[key];
}
for (const { suite, passed, failed, skipped } of [...rows, total]) {
  console.log(`tests ${suite.padEnd(8)} ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
const missing = [];
for (const { suite, skipped, names } of rows) {
  for (const name of names) console.log(`skipped ${suite.padEnd(6)} ${name}`);
  const allowed = names.filter((name) => MAY_SKIP.some((may) => may.test(name.split(': ')[0])));
  if (skipped > allowed.length) missing.push(suite);
}
if (process.env.CI && missing.length > 0) {
  console.error(
    `skipped under CI, though tools/test/summary.mjs does not allow it: ${missing.join(', ')}`,
  );
  process.exitCode = 1;
}
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
