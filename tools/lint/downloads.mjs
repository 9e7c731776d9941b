#!/usr/bin/env node
// Checks that building downloads nothing but by package managers (apt, npm): no script, build file or workflow fetches by itself.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const BUILD_FILES = [
  'CMakeLists.txt',
  '*/CMakeLists.txt',
  '*.cmake',
  'CMakePresets.json',
  'Makefile',
  'tools',
  '.ci',
];
const FETCHES = [
  /\b(?:curl|wget|aria2c)\b/,
  /\b(?:FetchContent|ExternalProject)_|\bfile\s*\(\s*DOWNLOAD\b/,
  /\bgit\s+(?:clone|submodule)\b/,
  /\b(?:npx|pip3?\s+install|cargo\s+install|go\s+install)\b/,
  /\bfetch\s*\(|\bfrom 'node:https?'/,
];

const own = 'tools/lint/downloads.mjs';
const listed = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', '--', ...BUILD_FILES],
  {
    encoding: 'utf8',
  },
);
const files = [...new Set(listed.split('\n'))].filter((file) => file && file !== own);
const problems = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
    .filter(({ line }) => FETCHES.some((pattern) => pattern.test(line)))
    .map(({ line, place }) => `${place}: downloads past the package managers: ${line.trim()}`),
);
if (files.length < 20) problems.push(`only ${files.length} build files were found`);

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
