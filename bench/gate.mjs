// @ts-check
// node bench/gate.mjs: fails when a ratio is past its floor (floors.mjs).
//
// A machine that others use may spoil a measurement, but not often the same one three times: what
// fails is measured again, and its best run counts.

import process from 'node:process';
import { floorOf, LEFT_OUT, requireKnown } from './floors.mjs';
import { measureRows } from './measure.mjs';
import { watchOthers } from './report/environment.mjs';
import { reaches, resultOf } from './report/result.mjs';
import { ratioIn } from './report/words.mjs';
import { nameOf } from './rows/row.mjs';
import { SECTIONS } from './rows/sections.mjs';

/** @import { Row, Section } from './rows/row.mjs' */

const EFFORT = { rounds: 7, milliseconds: 10 };
const TRIES = 3;

/** @typedef {{ section: Section, row: Row, name: string, floor: number, best?: number, isLeast?: boolean }} Gated */

const known = SECTIONS.flatMap((section) =>
  section.rows
    .filter((row) => row.bound !== undefined)
    .map((row) => ({ section, row, name: nameOf(section, row) })),
);
requireKnown(known.map(({ name }) => name));

/** @type {Gated[]} */
const gated = known
  .filter(({ name }) => !Object.keys(LEFT_OUT).some((words) => name.includes(words)))
  .map((one) => ({ ...one, floor: floorOf(one.section.kind, one.row, one.name) }));

/** Nobody can be asked for more than the least there can be. @param {Gated} one */
const holds = ({ section, best, floor, isLeast }) =>
  isLeast || (best !== undefined && reaches(section.kind, best, floor));

const shareOfOthers = watchOthers();
for (let run = 1; run <= TRIES; run += 1) {
  const open = gated.filter((one) => !holds(one));
  if (open.length === 0) break;
  if (run > 1) console.log(`bench: measured again: ${open.map(({ name }) => name).join('; ')}`);
  const measurements = await measureRows(
    open.map(({ row }) => row),
    EFFORT,
  );
  for (const one of open) {
    const { ratio, verdict } = resultOf(one.section.kind, one.row, measurements);
    one.isLeast ||= verdict === 'least';
    if (one.best === undefined || reaches(one.section.kind, ratio, one.best)) one.best = ratio;
  }
}

const fallen = gated.filter((one) => !holds(one));
for (const { section, name, best = Number.NaN, floor } of fallen) {
  console.error(
    `bench: ${name}: ${ratioIn(section, best)}, the floor is ${ratioIn(section, floor)}`,
  );
}
const percent = Math.round(shareOfOthers() * 100);
console.log(
  `bench: ${gated.length - fallen.length} of ${gated.length} ratios hold (others took ${percent} % of the machine)`,
);
process.exitCode = fallen.length > 0 ? 1 : 0;
