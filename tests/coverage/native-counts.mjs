// @ts-check
/** What of core ran in a build that counts it (the preset `coverage`), as LLVM's tools tell it of the profiles that the tests left. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {import('./judge.mjs').Counts} Counts
 * @typedef {import('./judge.mjs').Branch} Branch
 *
 * @typedef {[line: number, column: number, count: number, hasCount: boolean]} Segment
 * @typedef {[line: number, column: number, endLine: number, endColumn: number, held: number, not: number]} Condition
 */

/** Of its warnings none concerns us: functions that two programs have under one name are those of the tests. */
const quietly = {
  encoding: /** @type {const} */ ('utf8'),
  maxBuffer: 1 << 30,
  stdio: /** @type {const} */ ('pipe'),
};

/**
 * By the file's name in the repository. Summed over all instances of a template. Conditions that the compiler decides are none.
 *
 * @param {string} build Its folder. @param {readonly string[]} sources @returns {Map<string, Counts>}
 */
export function nativeCounts(build, sources) {
  const profile = path.join(build, 'profiles/all.profdata');
  const raw = filesIn(path.join(build, 'profiles')).filter((name) => name.endsWith('.profraw'));
  if (raw.length === 0) throw new Error(`no test has left a profile in ${build}`);
  execFileSync('llvm-profdata-19', ['merge', '-sparse', '-o', profile, ...raw]);
  const [first = '', ...others] = filesIn(build).filter(isProgramOfOurs);
  const told = (/** @type {string} */ format) =>
    execFileSync(
      'llvm-cov-19',
      [
        ...['export', `-format=${format}`, `-instr-profile=${profile}`, first],
        ...others.flatMap((object) => ['-object', object]),
        ...['-sources', ...sources],
      ],
      quietly,
    );
  const lines = linesIn(told('lcov'));
  const branches = branchesIn(JSON.parse(told('text')));
  return new Map(
    [...lines].map(([file, counts]) => [
      file,
      { lines: counts, branches: branches.get(file) ?? [] },
    ]),
  );
}

/** @param {string} folder */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .sort();

/** Those that `firn_*` and `c_*` are built as; a library's other names are links to it. @param {string} file */
const isProgramOfOurs = (file) =>
  /\/(?:firn_[a-z_]+|c_[a-z_]+_test|libfirn\.so\.\d+\.\d+\.\d+)$/.test(file);

const named = (/** @type {string} */ file) => path.relative('.', file);

/** @param {string} lcov */
function linesIn(lcov) {
  /** @type {Map<string, Map<number, number>>} */
  const files = new Map();
  let counts = new Map();
  for (const row of lcov.split('\n')) {
    const [kind, ...rest] = row.split(':');
    if (kind === 'SF') {
      counts = new Map();
      files.set(named(rest.join(':')), counts);
    } else if (kind === 'DA') {
      const [line = 0, count = 0] = (rest[0] ?? '').split(',').map(Number);
      counts.set(line, count);
    }
  }
  return files;
}

/** @param {{ data: { files: { filename: string, segments: Segment[], branches: Condition[] }[] }[] }} told */
function branchesIn({ data }) {
  /** @type {Map<string, Branch[]>} */
  const files = new Map();
  for (const { filename, segments, branches } of data.flatMap(({ files: list }) => list)) {
    /** @type {Map<string, Condition>} */
    const places = new Map();
    for (const [line, column, endLine, endColumn, held, not] of branches) {
      const place = [line, column, endLine, endColumn].join();
      const [, , , , heldSoFar = 0, notSoFar = 0] = places.get(place) ?? [];
      places.set(place, [line, column, endLine, endColumn, heldSoFar + held, notSoFar + not]);
    }
    const asked = [...places.values()].filter(
      (condition) => condition[4] + condition[5] > 0 || timesAt(segments, condition) === 0,
    );
    files.set(
      named(filename),
      asked.flatMap(([line, , , , held, not]) => [
        { line, side: /** @type {const} */ ('true'), count: held },
        { line, side: /** @type {const} */ ('false'), count: not },
      ]),
    );
  }
  return files;
}

/** How often the code ran that stands where a condition begins. @param {readonly Segment[]} segments @param {Condition} condition */
function timesAt(segments, [line, column]) {
  const behind = segments.findIndex(([l, c]) => l > line || (l === line && c > column));
  const [, , count = 0] = segments.at(behind < 0 ? -1 : behind - 1) ?? [];
  return count;
}
