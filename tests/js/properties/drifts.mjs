// @ts-check
/** Texts that drift apart, and what people do to them. Texts are binary strings, as in the oracle. */
import fc from 'fast-check';

import { splitLines, utf8 } from '../../conformance/oracle.mjs';
import { text } from './arbitraries.mjs';

/** Few kinds of lines, so that many are equal and a diff has a choice. */
const line = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c', '}', '', '  x', 'é🙂').map(utf8),
    fc.constantFrom('\n', '\n', '\n', '\r\n'),
  )
  .map(([content, end]) => content + end);

const plain = fc.tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('', '', 'end', '\r'));

/** A first version: of few kinds of lines, or as hostile as those of `arbitraries.mjs`. */
export const version = fc.oneof(
  { weight: 4, arbitrary: plain.map(([lines, rest]) => lines.join('') + rest) },
  { weight: 1, arbitrary: text },
);

const step = fc.record({
  kind: fc.constantFrom(
    /** @type {'put' | 'take' | 'swap' | 'cut'} */ ('put'),
    'take',
    'swap',
    'cut',
  ),
  at: fc.nat(1000),
  lines: fc.array(line, { maxLength: 3 }),
});

/** @param {string} base @param {(typeof step extends fc.Arbitrary<infer T> ? T : never)[]} steps */
function drift(base, steps) {
  const lines = splitLines(base).map(({ content, terminator }) => content + terminator);
  for (const { kind, at, lines: fresh } of steps) {
    const place = at % (lines.length + 1);
    if (kind === 'put') lines.splice(place, 0, ...fresh);
    if (kind === 'take') lines.splice(place, 1 + fresh.length);
    if (kind === 'swap') lines.splice(place, fresh.length, ...fresh);
    if (kind === 'cut') lines.push((lines.pop() ?? '').replace(/\r?\n$/, ''));
  }
  // Only the last line may lack its end.
  return lines.map((each, index) => (index < lines.length - 1 ? ended(each) : each)).join('');
}

/** @param {string} each */
const ended = (each) => (each.endsWith('\n') ? each : `${each}\n`);

/** The text as somebody else left it. @param {string} base */
export const driftOf = (base) =>
  fc.array(step, { maxLength: 4 }).map((steps) => drift(base, steps));

/** A text and two drifts of it, independent of each other. */
export const three = version.chain((base) =>
  fc.tuple(fc.constant(base), driftOf(base), driftOf(base)),
);

/** Four versions, each a drift of the one before. */
export const chain = version.chain((a) =>
  driftOf(a).chain((b) =>
    driftOf(b).chain((c) => driftOf(c).map((d) => /** @type {const} */ ([a, b, c, d]))),
  ),
);
