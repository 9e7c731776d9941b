#!/usr/bin/env node
// figures.mjs: how much is tested, counted in the sources. `--check`: the table of TESTING.md quotes no more than that.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { LEAST_OF_A_PACKAGE, LEAST_OF_CORE } from '../../tests/coverage/bounds.mjs';
import { laws } from '../../tests/mutants/laws.mjs';
import { parts } from '../../tests/mutants/parts.mjs';

const listed = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    encoding: 'utf8',
  },
);
const files = [...new Set(listed.split('\0'))].filter(Boolean);
const matching = (pattern) => files.filter((file) => pattern.test(file));
const read = (file) => readFileSync(file, 'utf8');

/** How often the pattern stands in the files. */
function occurrences(names, pattern) {
  return names.reduce((sum, file) => sum + (read(file).match(pattern)?.length ?? 0), 0);
}
const lines = (names) => occurrences(names, /\n/g);

const corpus = matching(/^tests\/conformance\/cases\/.*\.json$/);
const cases = corpus.reduce((sum, file) => sum + JSON.parse(read(file)).cases.length, 0);

const figures = new Map([
  ['lines of core', lines(matching(/^core\/(src|include)\/.*\.(cpp|h)$/))],
  ['lines of tests', lines(matching(/^tests\/.*\.(cpp|c|h|mjs|ts|cmake)$/))],
  ['cases of the corpus, each on every target', cases],
  ['tests in C++', occurrences(matching(/^tests\/.*_test\.cpp$/), /^TEST(?:_[FP])?\(/gm)],
  ['programs in C', matching(/^tests\/c\/[a-z_]*_test\.c$/).length],
  ['tests in JavaScript', occurrences(matching(/^tests\/.*\.test\.mjs$/), /^\s*(?:it|test)\(/gm)],
  ['misuses that compilers refuse', matching(/^tests\/must_not_compile\/[a-z_]*\.(cpp|c)$/).length],
  ['mutants of core', laws.length + parts.length],
  // Bounds that `make coverage` holds, not what it measured last.
  ['percent of the lines of core that run', LEAST_OF_CORE.lines],
  ['percent of its branches', LEAST_OF_CORE.branches],
  ['percent of the lines of a measured package', LEAST_OF_A_PACKAGE.lines],
]);

const shown = (count) => count.toLocaleString('en');
if (process.argv[2] === '--check') {
  const quoted = new Map(
    Array.from(
      read('TESTING.md').matchAll(/^\| ([a-zA-Z+, ]+) \| ([\d,]+) \|$/gm),
      ([, name, count]) => [name, Number(count.replaceAll(',', ''))],
    ),
  );
  const problems = [...figures].flatMap(([name, count]) => {
    const said = quoted.get(name);
    if (said === undefined) return [`TESTING.md does not quote: ${name}`];
    return said > count
      ? [`TESTING.md quotes ${shown(said)} ${name}; there are ${shown(count)}`]
      : [];
  });
  for (const name of quoted.keys()) {
    if (!figures.has(name)) problems.push(`TESTING.md quotes what nobody counts: ${name}`);
  }
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} else {
  for (const [name, count] of figures) console.log(`| ${name} | ${shown(count)} |`);
}
