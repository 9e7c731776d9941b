// @ts-check
// node bench/run.mjs [--check] [--all]: measures Firn beside its yardsticks, prints one table of
// ratios and writes build/bench/report.json. `make bench` builds what it needs first.
//
// A bench is no test: a target that is not met shows in the table, and only --check makes it exit
// with 1. An output that is not byte-equal always does. --all prints the rows without a target too.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { pairs } from '@firn/test-pairs';
import { DOWNLOAD, SECTIONS } from './targets.mjs';

/** @import { Row, Section } from './targets.mjs' */

/**
 * @typedef {Record<string, number[]>} Measurements Nanoseconds, one number a round.
 *
 * @typedef {object} Result A row, measured.
 * @property {number} ratio The median of the rounds' ratios.
 * @property {[number, number]} spread Their quartiles.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}build/bench`;

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status === 0) return;
  process.stderr.write(error ? `bench: ${command}: ${error.message}\n` : stdout + stderr);
  process.exit(1);
}

/** @param {string} path @returns {any} */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Google Benchmark runs each benchmark ten times, in random order. What counts is the processor's
 * time: what other processes take of the clock does not.
 * @param {'core' | 'hostile' | 'peers'} name @param {string[]} inputs
 */
function measureNative(name, inputs = []) {
  const file = `${out}/${name}.json`;
  run(`${root}build/native/bench/${name}/firn_bench_${name}`, [
    ...inputs,
    '--benchmark_enable_random_interleaving=true',
    '--benchmark_repetitions=10',
    '--benchmark_min_time=0.02',
    `--benchmark_out=${file}`,
  ]);
  const { context, benchmarks } = readJson(file);
  /** @type {Measurements} */
  const measurements = {};
  for (const bench of benchmarks) {
    if (bench.run_type !== 'iteration') continue;
    const manual = bench.run_name.endsWith('/manual_time');
    const name = bench.run_name.replace('/manual_time', '');
    measurements[name] ??= [];
    measurements[name].push(manual ? bench.real_time : bench.cpu_time);
  }
  return { context, measurements };
}

function measureJs() {
  const file = `${out}/js.json`;
  run(process.execPath, ['--expose-gc', `${root}bench/js/bench.mjs`, file]);
  return readJson(file);
}

/**
 * @param {number[]} numbers
 * @param {number} share
 */
function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
}

/**
 * @param {Measurements} measurements
 * @param {string} name
 */
function roundsOf(measurements, name) {
  const rounds = measurements[name];
  if (rounds) return rounds;
  throw new Error(`nothing measured ${name}`);
}

/**
 * @param {Measurements} measurements
 * @param {Section['kind']} kind
 * @param {Row} row
 * @returns {Result}
 */
function resultOf(measurements, kind, row) {
  const subject = roundsOf(measurements, row.subject);
  const yardstick = roundsOf(measurements, row.yardstick);
  const ratios = yardstick.slice(0, subject.length).map((nanoseconds, round) => {
    const times = (subject[round] ?? Number.NaN) / nanoseconds;
    return kind === 'times' ? times : 1 / times;
  });
  return {
    ratio: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}

/** @param {Section['kind']} kind @param {number} ratio @param {number | undefined} bound */
function meets(kind, ratio, bound) {
  if (bound === undefined) return undefined;
  return kind === 'times' ? ratio <= bound : ratio >= bound;
}

/** @param {number} ratio */
const times = (ratio) => `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1)}x`;

/** @param {Section['kind']} kind @param {number} ratio @param {number | undefined} bound */
function verdict(kind, ratio, bound) {
  if (bound === undefined) return '';
  const sign = kind === 'times' ? '<=' : '>=';
  return `${sign} ${bound}x ${meets(kind, ratio, bound) ? 'met' : 'NOT MET'}`;
}

/** @param {number[]} rounds */
function duration(rounds) {
  const nanoseconds = quantile(rounds, 0.5);
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(1)} us`;
  return `${(nanoseconds / 1e6).toFixed(2)} ms`;
}

/** @param {string[]} cells */
function print([work = '', against = '', own = '', ratio = '', spread = '', must = '', aim = '']) {
  const line = [
    `  ${work.padEnd(34)}${against.padEnd(37)}`,
    `${own.padStart(9)}  ${ratio.padStart(7)}  ${spread.padEnd(13)}  ${must.padEnd(15)}  ${aim}`,
  ];
  console.log(line.join('').trimEnd());
}

/** @param {string} name @returns {string} */
const versionOf = (name) => readJson(`${root}node_modules/${name}/package.json`).version;

/** @param {{ compiler: string, firn_version: string }} core */
function environment(core) {
  const [cpu] = os.cpus();
  return {
    machine: `${cpu?.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    load: os.loadavg().map((load) => Number(load.toFixed(1))),
    firn: core.firn_version,
    compiler: `GCC ${core.compiler}`,
    node: process.version,
    peers: Object.fromEntries(
      ['diff', 'magic-string', 'vscode-languageserver-textdocument', 'mitata'].map((name) => [
        name,
        versionOf(name),
      ]),
    ),
  };
}

/** @param {ReturnType<typeof environment>} where */
function printEnvironment(where) {
  const peers = Object.entries(where.peers).map(([name, version]) => `${name} ${version}`);
  console.log(`Firn ${where.firn} on ${where.machine}; ${where.system}`);
  console.log(`${where.compiler}, Node ${where.node}, ${peers.join(', ')}`);
  console.log(
    `Load ${where.load.join(' ')}. Ratios of medians, round by round; in brackets: quartiles.`,
  );
}

function downloadBytes() {
  const sizes = DOWNLOAD.files.map((file) => {
    const bytes = readFileSync(`${root}js/engine/dist/${file}`);
    return gzipSync(bytes, { level: 9 }).length;
  });
  return sizes.reduce((a, b) => a + b, 0);
}

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});
mkdirSync(out, { recursive: true });

const core = measureNative('core');
const hostile = measureNative('hostile');
const peers = measureNative(
  'peers',
  pairs.map(({ name, older, newer }) => `${name}=${older}=${newer}`),
);
const js = measureJs();
if (core.context.patched_5000_500 !== js.fingerprints['5,000/500']) {
  console.error('bench: the core and JavaScript did not patch the same text');
  process.exit(1);
}
const measurements = {
  ...core.measurements,
  ...hostile.measurements,
  ...peers.measurements,
  ...js.measurements,
};
const where = environment(core.context);
printEnvironment(where);

/** @type {string[]} */
const missed = [];
const report = SECTIONS.map(({ title, kind, brief, rows }) => {
  console.log(`\n${title}`);
  const unit = kind === 'times' ? 'takes' : 'faster';
  print(['', 'against', 'time', unit, '', 'must', 'aim']);
  const results = rows.map((row) => {
    const result = resultOf(measurements, kind, row);
    const { ratio, spread } = result;
    if (meets(kind, ratio, row.must) === false)
      missed.push(`${title}: ${row.work}, ${row.against}`);
    const printed = options.all || !brief || row.must !== undefined || row.aim !== undefined;
    if (printed)
      print([
        row.work,
        row.against,
        duration(roundsOf(measurements, row.subject)),
        times(ratio),
        `(${times(spread[0])}-${times(spread[1])})`,
        verdict(kind, ratio, row.must),
        verdict(kind, ratio, row.aim),
      ]);
    return { ...row, ...result };
  });
  return { title, kind, rows: results };
});

const download = downloadBytes();
const small = download < DOWNLOAD.must;
if (!small) missed.push('download');
console.log('\nDownload: WebAssembly and glue, gzip -9');
const bound = `< ${DOWNLOAD.must / 1024} KB ${small ? 'met' : 'NOT MET'}`;
console.log(`  ${DOWNLOAD.files.join(' + ')}: ${(download / 1024).toFixed(1)} KB, ${bound}`);

writeFileSync(
  `${out}/report.json`,
  `${JSON.stringify({ environment: where, download, sections: report, measurements }, null, 2)}\n`,
);
console.log(missed.length === 0 ? '\nEvery target is met.' : `\nNot met: ${missed.join('; ')}.`);
process.exitCode = options.check && missed.length > 0 ? 1 : 0;
