#!/usr/bin/env node
// run.mjs [<words>]: breaks core in one place after another and shows that a native test fails each time; with words, only the
// mutants that have them. `run.mjs --check` only looks whether each mutant's text still stands just once in its file.
//
// What killed which is kept in build/mutants: a mutant is not tried again while no source has changed, and otherwise the suite
// that killed it last is asked first. The table is build/mutants/table.md.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { availableProcessors, BuildTree, digestOf, sources } from './build-tree.mjs';
import { firstKiller, SURVIVES } from './killers.mjs';
import { laws } from './laws.mjs';
import { parts } from './parts.mjs';

const FOLDER = 'build/mutants';
const KNOWN = `${FOLDER}/killers.json`;

const idOf = ({ file, text, becomes }) => JSON.stringify([file, text, becomes]);

/** Mutants that can be tried no more: their text is gone, or stands there twice. */
function stale(mutants, files) {
  return mutants.filter(({ file, text, becomes }) => {
    const source = files.get(file)?.toString() ?? '';
    return source.split(text).length !== 2 || text === becomes;
  });
}

function readKnown() {
  return existsSync(KNOWN) ? JSON.parse(readFileSync(KNOWN, 'utf8')) : { mutants: {} };
}

/** Without a mutant every test passes, or none of them would say anything about one. */
async function proveSound(tree, digest, known) {
  if (known.sound === digest) return;
  const { killer, why } = await firstKiller(tree);
  if (killer) throw new Error(`core without a mutant fails: ${killer}`);
  if (why !== SURVIVES) throw new Error(`core without a mutant ${why}`);
  known.sound = digest;
}

/** Tries the mutants that are not known, some at a time, each in a build tree of its own. */
async function tryAll(mutants, files, known) {
  const digest = digestOf(files);
  const open = mutants.filter((mutant) => known.mutants[idOf(mutant)]?.digest !== digest);
  // What nobody is known to kill comes first; neighbours in one file cost one compilation each, others two.
  const rank = (mutant) => `${known.mutants[idOf(mutant)]?.killer ? 1 : 0} ${mutant.file}`;
  const queue = [...open].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const work = async (tree) => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      tree.mutate(mutant);
      const last = known.mutants[idOf(mutant)]?.stage;
      const { stage, killer, why } = await firstKiller(tree, last);
      console.log(`${killer ? 'killed  ' : 'SURVIVES'} ${mutant.breaks}: ${killer ?? why}`);
      known.mutants[idOf(mutant)] = { digest: killer ? digest : null, stage, killer };
      writeFileSync(KNOWN, `${JSON.stringify(known, null, 1)}\n`);
    }
    tree.restore();
  };
  const workers = Math.min(availableProcessors(), open.length);
  const trees = Array.from({ length: workers }, (_, i) => new BuildTree(`${FOLDER}/${i}`, files));
  for (const tree of trees) await tree.prepare();
  if (trees.length > 0) await proveSound(trees[0], digest, known);
  await Promise.all(trees.map(work));
  return open.length;
}

function table(mutants, known) {
  const cell = (text) => text.replaceAll('|', '\\|');
  const rows = mutants.map(
    (mutant) =>
      `| ${cell(mutant.breaks)} | ${mutant.file} | ${cell(known.mutants[idOf(mutant)]?.killer ?? 'nobody')} |`,
  );
  return ['| what is broken | in | killed by |', '|---|---|---|', ...rows, ''].join('\n');
}

const files = sources();
const all = [...laws, ...parts];
const outdated = stale(all, files);
for (const { file, text } of outdated) {
  console.error(`mutants: not just once in ${file}: ${text}`);
}
if (outdated.length > 0) process.exit(1);
if (process.argv[2] === '--check') {
  console.log(`mutants: ${all.length}, each with its place`);
  process.exit(0);
}

const words = process.argv[2] ?? '';
const mutants = all.filter(({ breaks, file }) => `${breaks} ${file}`.includes(words));
mkdirSync(FOLDER, { recursive: true });
const known = readKnown();
const started = process.hrtime.bigint();
const tried = await tryAll(mutants, files, known);
writeFileSync(`${FOLDER}/table.md`, table(mutants, known));
console.log(table(mutants, known));
const killed = mutants.filter((mutant) => known.mutants[idOf(mutant)]?.killer).length;
const minutes = Number(process.hrtime.bigint() - started) / 60e9;
console.log(
  `mutants: ${killed} of ${mutants.length} killed (${tried} tried now, in ${minutes.toFixed(1)} minutes)`,
);
if (killed < mutants.length || mutants.length === 0) process.exitCode = 1;
