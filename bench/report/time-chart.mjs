// @ts-check
// Time against size, both in powers of ten: a line for each contender.

import { sizeOf } from '../js/workload.mjs';
import { HOSTS, PEERS } from '../rows/javascript.mjs';
import { median } from './result.mjs';
import { decades, element, label, line, logScale, round } from './svg.mjs';
import { duration } from './words.mjs';

/** @import { Measurements } from '../measure.mjs' */

/** @typedef {{ name: string, own: boolean, colour: string, points: { lineCount: number, nanoseconds: number }[] }} Series */

const WIDTH = 780;
const HEIGHT = 400;
const PLOT = { left: 64, right: 580, top: 16, bottom: 352 };
const LABEL_HEIGHT = 15;

/**
 * @param {Measurements['rounds']} rounds
 * @param {string} contender Such as "node:addon bytes".
 */
function pointsOf(rounds, contender) {
  return Object.entries(rounds)
    .flatMap(([name, numbers]) => {
      const size = name.startsWith(`${contender} `) && sizeOf(name.slice(contender.length + 1));
      return size ? [{ lineCount: size.lineCount, nanoseconds: median(numbers) }] : [];
    })
    .sort((a, b) => a.lineCount - b.lineCount);
}

/**
 * Everyone who makes the patched text in one place.
 * @param {Measurements['rounds']} rounds
 * @param {'node' | 'chromium'} suite
 * @returns {Series[]}
 */
export function seriesIn(rounds, suite) {
  const engines = HOSTS.filter((host) => host.suite === suite).map(({ name, backend }) => ({
    name: `Firn, ${name}`,
    own: true,
    colour: `own ${backend}`,
    points: pointsOf(rounds, `${suite}:${backend} bytes`),
  }));
  const peers = Object.entries(PEERS).map(([peer, name], at) => ({
    name,
    own: false,
    colour: `peer-${at}`,
    points: pointsOf(rounds, `${suite}:${peer}`),
  }));
  return [...engines, ...peers].filter(({ points }) => points.length > 1);
}

/** Labels at the lines' ends, moved apart where they would overlap. @param {number[]} wanted */
function spreadOut(wanted) {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places = [...wanted];
  let lowest = PLOT.top;
  for (const at of order) {
    places[at] = Math.max(wanted[at] ?? 0, lowest);
    lowest = (places[at] ?? 0) + LABEL_HEIGHT;
  }
  const excess = Math.max(0, lowest - LABEL_HEIGHT - PLOT.bottom);
  return places.map((place) => place - excess);
}

/** @param {Series[]} series @param {string} title */
export function timeChart(series, title) {
  const scales = scalesOf(series);
  const ends = spreadOut(series.map(({ points }) => scales.y(points.at(-1)?.nanoseconds ?? 1)));
  return element(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': title },
    ...grid(scales),
    ...series.map((one, at) => lineOf(one, scales, ends[at] ?? 0)),
  );
}

/** Whole decades around all points, and where they lie on the plot. @param {Series[]} series */
function scalesOf(series) {
  const all = series.flatMap(({ points }) => points);
  /** @param {number[]} numbers */
  const decadesAround = (numbers) => decades(Math.min(...numbers), Math.max(...numbers));
  const sizes = decadesAround(all.map(({ lineCount }) => lineCount));
  const times = decadesAround(all.map(({ nanoseconds }) => nanoseconds));
  return {
    sizes,
    times,
    x: logScale([sizes[0] ?? 1, sizes.at(-1) ?? 10], [PLOT.left, PLOT.right]),
    y: logScale([times[0] ?? 1, times.at(-1) ?? 10], [PLOT.bottom, PLOT.top]),
  };
}

/** @typedef {ReturnType<typeof scalesOf>} Scales */

/** A line at each decade, and its number beside it. @param {Scales} scales */
function grid({ sizes, times, x, y }) {
  return [
    ...sizes.map(
      (size) =>
        line(x(size), PLOT.top, x(size), PLOT.bottom, 'grid') +
        label(x(size), PLOT.bottom + 18, size.toLocaleString('en'), { 'text-anchor': 'middle' }),
    ),
    ...times.map(
      (time) =>
        line(PLOT.left, y(time), PLOT.right, y(time), 'grid') +
        label(PLOT.left - 8, y(time) + 4, duration(time).replace(/\.0+ /, ' '), {
          'text-anchor': 'end',
        }),
    ),
    label((PLOT.left + PLOT.right) / 2, HEIGHT - 8, 'lines', { 'text-anchor': 'middle' }),
  ];
}

/** One contender: its points, and its name at the height `end`. @param {Series} series @param {Scales} scales @param {number} end */
function lineOf({ name, own, colour, points }, { x, y }, end) {
  const path = points.map((point) => `${round(x(point.lineCount))},${round(y(point.nanoseconds))}`);
  const dots = points.map((point) =>
    element(
      'circle',
      { cx: round(x(point.lineCount)), cy: round(y(point.nanoseconds)), r: own ? 4 : 3 },
      element('title', {}, `${name}: ${duration(point.nanoseconds)}`),
    ),
  );
  const last = points.at(-1);
  return element(
    'g',
    { class: `series ${colour}` },
    element('polyline', { points: path.join(' ') }),
    ...dots,
    last ? line(x(last.lineCount) + 5, y(last.nanoseconds), PLOT.right + 12, end, 'leader') : '',
    label(PLOT.right + 16, end + 4, name),
  );
}
