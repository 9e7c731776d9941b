#!/usr/bin/env node
// @ts-check
// write-inputs.mjs <folder>: every input of every target, each a file in a folder of the target's name.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { allInputs } from './inputs.mjs';

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('usage: write-inputs.mjs <folder>');
let count = 0;
for (const [target, inputs] of allInputs()) {
  const place = path.join(folder, target);
  mkdirSync(place, { recursive: true });
  for (const input of inputs) {
    const bytes = Buffer.from(input, 'latin1');
    // libFuzzer names its own files in the same way.
    writeFileSync(path.join(place, createHash('sha1').update(bytes).digest('hex')), bytes);
    count += 1;
  }
}
console.log(`fuzz: ${count} inputs written`);
