#!/usr/bin/env node
// @ts-check
// Runs after all runners: every target ran every case of today's corpus, and agrees. Else it says which did not, and fails.

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { countsFolder, RUNNERS, readCorpus } from './corpus.mjs';

const corpus = readCorpus();
const total = corpus.reduce((sum, { cases }) => sum + cases.length, 0);
const changed = Math.max(...corpus.map((file) => file.changed));

/** What is wrong with a runner's count. @param {string} file @returns {string | undefined} */
function complaint(file) {
  const name = path.join(countsFolder, file);
  if (!existsSync(name)) return `has not run: there is no ${path.relative('.', name)}`;
  if (statSync(name).mtimeMs < changed) return 'ran before the corpus last changed';
  const { passed, failed } = JSON.parse(readFileSync(name, 'utf8'));
  if (failed > 0) return `failed ${failed} of ${total} cases`;
  if (passed !== total) return `ran ${passed} cases, the corpus has ${total}`;
  return undefined;
}

const complaints = Object.entries(RUNNERS).flatMap(([file, runner]) => {
  const wrong = complaint(file);
  return wrong ? [`conformance (${runner}) ${wrong}`] : [];
});
if (complaints.length === 0) {
  console.log(`conformance: ${Object.keys(RUNNERS).length} targets agree on ${total} cases`);
} else {
  for (const line of complaints) console.error(line);
  process.exitCode = 1;
}
