// @ts-check
// node bench/gate.mjs: fails when a ratio is past its floor (floors.mjs); judge.mjs says when that is.

import process from 'node:process';
import { floorOf, LEFT_OUT, requireKnown } from './floors.mjs';
import { judge } from './judge.mjs';
import { measureRows } from './measure.mjs';
import { watchOthers } from './report/environment.mjs';
import { ratioIn } from './report/words.mjs';
import { nameOf } from './rows/row.mjs';
import { SECTIONS } from './rows/sections.mjs';

const known = SECTIONS.flatMap((section) =>
  section.rows
    .filter((row) => row.bound !== undefined)
    .map((row) => ({ section, row, name: nameOf(section, row) })),
);
requireKnown(known.map(({ name }) => name));

const gated = known
  .filter(({ name }) => !Object.keys(LEFT_OUT).some((words) => name.includes(words)))
  .map((one) => ({ ...one, floor: floorOf(one.section.kind, one.row, one.name) }));

const start = performance.now();
const shareOfOthers = watchOthers();
const judged = await judge(gated, measureRows);

for (const { section, name, floor, ratios, holds } of judged) {
  if (holds && ratios.length === 1) continue;
  const [measured, limit] = [ratios, [floor]].map((numbers) =>
    numbers.map((ratio) => ratioIn(section, ratio)).join(', then '),
  );
  console[holds ? 'log' : 'error'](
    `bench: ${name}: ${measured}; the floor is ${limit}${holds ? '' : ': FALLEN'}`,
  );
}
const fallen = judged.filter(({ holds }) => !holds);
const seconds = Math.round((performance.now() - start) / 1e3);
const percent = Math.round(shareOfOthers() * 100);
console.log(
  `bench: ${judged.length - fallen.length} of ${judged.length} ratios hold, in ${seconds} s (others took ${percent} % of the machine)`,
);
process.exitCode = fallen.length > 0 ? 1 : 0;
