#!/usr/bin/env node
// @ts-check
// keep-inputs.mjs <build> [<target>...]: keeps in corpus/ the smallest inputs found that reach code which no kept input reaches.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { allInputs, TARGETS } from './inputs.mjs';

/** Of one target: what a person can still look through. */
const MAX_INPUT_BYTES = 160;
const MAX_BYTES = 3000;

const [, , build, ...asked] = process.argv;
if (build === undefined) throw new Error('usage: keep-inputs.mjs <build> [<target>...]');
const inputs = allInputs();
for (const target of TARGETS.filter((name) => asked.length === 0 || asked.includes(name))) {
  const merged = path.join('build/fuzz/merged', target);
  rmSync(merged, { recursive: true, force: true });
  mkdirSync(merged, { recursive: true });
  // What is there already counts first, so that only what adds to it is added.
  const known = new Set();
  for (const input of inputs.get(target) ?? []) {
    const bytes = Buffer.from(input, 'latin1');
    const name = createHash('sha1').update(bytes).digest('hex');
    known.add(name);
    writeFileSync(path.join(merged, name), bytes);
  }
  const found = path.join('build/fuzz/found', target);
  if (!existsSync(found)) continue;
  const fuzzer = path.join(build, 'tests/fuzz', `fuzz_${target}`);
  const run = spawnSync(fuzzer, ['-merge=1', `-max_len=${MAX_INPUT_BYTES}`, merged, found]);
  if (run.status !== 0) throw new Error(`${fuzzer} failed: ${run.stderr}`);
  const added = readdirSync(merged)
    .filter((name) => !known.has(name))
    .map((name) => readFileSync(path.join(merged, name)).toString('latin1'))
    .filter((input) => input.length <= MAX_INPUT_BYTES)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const file = path.join(import.meta.dirname, 'corpus', `${target}.json`);
  /** @type {string[]} */
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  let size = kept.join('').length;
  for (const input of added) {
    size += input.length;
    if (size > MAX_BYTES) break;
    kept.push(input);
  }
  if (kept.length === 0) continue;
  const lines = kept.map((input) => `  ${escaped(input)}`);
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${target}: ${kept.length} inputs kept`);
}

/** JSON in ASCII: bytes past it, and those that a terminal would take for commands, are escaped. @param {string} input */
function escaped(input) {
  return JSON.stringify(input).replace(
    /[\x7f-\xff]/g,
    (byte) => `\\u00${byte.charCodeAt(0).toString(16)}`,
  );
}
