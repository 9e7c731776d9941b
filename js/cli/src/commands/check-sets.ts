/** `firn check` without a file: do the patches of all sets still fit, and would they after an upgrade? */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setNames } from '@firn/sets/node';
import type { GateOptions } from '../calls/judge.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { checkSets, type Judged } from '../gate/check-sets.js';
import type { GateReport } from '../gate/finding.js';
import { newBaseline } from '../gate/new-baseline.js';
import { withParsers } from '../gate/syntax.js';
import { carrySet, upgradeFindings } from '../gate/upgrade.js';
import { destinationOf } from '../io/destination.js';
import { fileNamed, ioFailure } from '../io/errno.js';
import { answering, noSets, requireRoot } from '../sets/workspace.js';
import { packageVersion } from '../version.js';
import type { Answer } from './answer.js';
import { deliverTo, requireOneStream } from './output.js';
import { loadBackend } from './session.js';

export function checkAllSets(options: GateOptions): Promise<Answer> {
  return answering(() => answerOf(options));
}

async function answerOf(options: GateOptions): Promise<Answer> {
  const isStreamTaken = requireOwnPlaces(options);
  const report = await reportOf(options);
  await writeReports(report, options);
  const isFine = report.findings.every(({ level }) => level !== 'error');
  return {
    exitCode: isFine ? Exit.fine : Exit.refused,
    facts: () => ({ gate: report }),
    words: async (screenOf) => {
      const { renderGate } = await import('../render/gate.js');
      const { annotationsOf } = await import('../reports/github.js');
      const { out, err } = renderGate(report, screenOf(2));
      const words = isOnGithub(options) ? `${annotationsOf(report)}${out}` : out;
      // GitHub reads both streams; who asked for a report reads only that.
      return isStreamTaken ? { err: words + err } : { out: words, err };
    },
  };
}

async function reportOf(options: GateOptions): Promise<GateReport> {
  const {
    root = '.',
    patches: folder = 'patches',
    set,
    when = {},
    syntax = false,
    against,
  } = options;
  const names = set ?? setNames(folder);
  if (names.length === 0) throw noSets(folder);
  requireRoot(root);
  const engine = await loadBackend(options.backend);
  // Sets that are named are built together; else each is what one store builds.
  const groups = set === undefined ? names.map((name) => [name]) : [set];
  const judged = await withParsers(() =>
    checkSets({ engine, root, folder, groups, conditions: when, syntax }),
  );
  const { sets } = judged;
  const shared = { root, sets: sets.map(({ id }) => id), conditions: when };
  if (against === undefined) return { ...shared, ...withoutSets(judged) };
  const next = newBaseline(against);
  try {
    const carried = sets.flatMap((one) => carrySet(engine, one, root, next.root));
    const upgrades = new Map(carried.map(({ patch, upgrade }) => [patch.label, upgrade]));
    const patches = judged.patches.map((patch) => {
      const upgrade = upgrades.get(patch.label);
      return upgrade === undefined ? patch : { ...patch, upgrade };
    });
    const more = upgradeFindings(engine, carried, root, against);
    return { ...shared, against, patches, findings: [...judged.findings, ...more] };
  } finally {
    next.dispose();
  }
}

function withoutSets({ patches, findings }: Judged) {
  return { patches, findings };
}

/** Whether a report takes standard output. No two reports may go to one place. */
function requireOwnPlaces({ json, sarif, junit }: GateOptions): boolean {
  requireOneStream(json, sarif, '--sarif');
  requireOneStream(json, junit, '--junit');
  if (sarif !== undefined && junit !== undefined && isSamePlace(sarif, junit)) {
    throw usage('--sarif and --junit both want the same place');
  }
  return [sarif, junit].some((output) => output !== undefined && isSamePlace(output, '-'));
}

function isSamePlace(a: string, b: string): boolean {
  const [one, other] = [a, b].map(destinationOf);
  if (one?.kind === 'descriptor') return other?.kind === 'descriptor' && one.fd === other.fd;
  return other?.kind !== 'descriptor' && path.resolve(a) === path.resolve(b);
}

function isOnGithub({ github }: GateOptions): boolean {
  const { GITHUB_ACTIONS } = process.env;
  return github ?? GITHUB_ACTIONS === 'true';
}

async function writeReport(text: string, output: string): Promise<void> {
  await deliverTo(output, Buffer.from(text), 'text', []);
}

/** Beside what is printed. */
async function writeReports(report: GateReport, options: GateOptions): Promise<void> {
  if (options.sarif !== undefined) {
    const { sarifOf } = await import('../reports/sarif.js');
    await writeReport(sarifOf(report, packageVersion()), options.sarif);
  }
  if (options.junit !== undefined) {
    const { junitOf } = await import('../reports/junit.js');
    await writeReport(junitOf(report), options.junit);
  }
  const { GITHUB_STEP_SUMMARY: page } = process.env;
  if (!isOnGithub(options) || !page) return;
  const { summaryOf } = await import('../reports/github.js');
  try {
    appendFileSync(page, summaryOf(report));
  } catch (error) {
    throw ioFailure('write', fileNamed(page), error);
  }
}
