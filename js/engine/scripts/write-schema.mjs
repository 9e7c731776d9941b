#!/usr/bin/env node
// Renews schema/firn.batch.schema.json from its one source, src/batch-schema.ts. Run it after
// `tsc -b` when that changed; a test and `make lint` fail until then. With --check, it only compares.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { batchSchema } from '../dist/batch-schema.js';

const file = fileURLToPath(new URL('../schema/firn.batch.schema.json', import.meta.url));
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const text = execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
  input: JSON.stringify(batchSchema),
  encoding: 'utf8',
});
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is not what js/engine/src/batch-schema.ts says: run ${process.argv[1]}`);
  process.exitCode = 1;
}
