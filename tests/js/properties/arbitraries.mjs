// @ts-check
/** Random texts and batches, hostile on purpose. Texts are binary strings, as in the oracle: one character a byte. */
import fc from 'fast-check';

import { splitLines, utf8 } from '../../conformance/oracle.mjs';

/** @typedef {import('../../conformance/oracle.mjs').Patch} Patch */
/** @typedef {import('../../conformance/oracle.mjs').Batch} Batch */
/** @typedef {import('../../conformance/oracle.mjs').Options} Options */
/** @typedef {{ text: string, batch: Batch, options: Options }} Sample */

/** Content that JSON can say. */
const said = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'c', '}', '', 'some text') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('é', '😀', '\0', '\ufeff', '\u2028', '\u0085', '\t', '"', '\\'),
  },
  { weight: 1, arbitrary: fc.constantFrom('\r', 'a\r', '\ra', 'a\rb', '\r\r') },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 6, unit: 'binary' }).map((text) => text.replaceAll('\n', '')),
  },
);

/** Content of a base: any bytes but LF. */
const content = fc.oneof(
  { weight: 6, arbitrary: said.map(utf8) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\xff', '\xe2\x82', '\xc0\xaf', 'a\x80b', '\xed\xa0\x80'),
  },
);

/** @param {fc.Arbitrary<string>} terminator @param {number} maxLines */
const linesEndedBy = (terminator, maxLines) =>
  fc.array(
    fc.tuple(content, terminator).map((parts) => parts.join('')),
    {
      maxLength: maxLines,
    },
  );

const LF = fc.constant('\n');
const CRLF = fc.constant('\r\n');
const either = fc.constantFrom('\n', '\r\n');

/** A base: LF, CRLF or both, with or without a final newline, empty now and then. @param {number} maxLines */
const textOf = (maxLines) =>
  fc
    .tuple(
      fc.oneof(LF, CRLF, either, either).chain((end) => linesEndedBy(fc.constant(end), maxLines)),
      linesEndedBy(either, maxLines),
      fc.boolean(),
      fc.option(content, { freq: 2, nil: '' }),
    )
    .map(([plain, mixed, isMixed, rest]) => (isMixed ? mixed : plain).join('') + rest);

export const text = fc.oneof(
  { weight: 9, arbitrary: textOf(10) },
  { weight: 1, arbitrary: textOf(80) },
);

/** New text of a patch: `text` with any line ends, verbatim now and then, or `lines`. */
const newText = fc.oneof(
  fc
    .tuple(
      fc.array(
        fc.tuple(said, either).map((parts) => parts.join('')),
        { maxLength: 4 },
      ),
      fc.option(said, { freq: 2, nil: '' }),
    )
    .chain(([lines, rest]) => {
      const text = lines.join('') + rest;
      return fc.constantFrom({ text }, { text }, { text, verbatim: true });
    }),
  fc.record({ lines: fc.array(said, { maxLength: 4 }) }),
);

/** What lines `line` to `end` hold, when JSON can say it: not for other bytes, nor where a CR before a newline would be taken
 * for part of it. @param {string} base @param {number} first @param {number} last */
function heldBy(base, first, last) {
  const lines = splitLines(base).slice(first - 1, last);
  const contents = lines.map((each) => each.content);
  if (contents.slice(0, -1).some((each) => each.endsWith('\r'))) return undefined;
  // A newline at the very end starts no line, so an empty last line needs one of its own.
  const end = contents.at(-1) === '' ? '\n' : '';
  const bytes = Buffer.from(contents.join('\n') + end, 'latin1');
  const held = bytes.toString('utf8');
  return Buffer.from(held, 'utf8').equals(bytes) ? held : undefined;
}

/** What of a patch does not depend on the text. */
const intent = fc.record({
  op: fc.constantFrom(/** @type {const} */ ('replace'), 'delete', 'insert', 'insert', 'replace'),
  at: fc.nat(1000),
  span: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(3)),
  fresh: newText,
  verbatim: fc.integer({ min: 0, max: 3 }).map((chance) => chance === 0),
  expects: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'truth', 'truth', 'other'),
  other: said,
  named: fc.boolean(),
});

/** @typedef {typeof intent extends fc.Arbitrary<infer T> ? T : never} Intent */

/** @param {Intent} intent @param {string} base @param {number} line @param {number} end @param {number} index @returns {Patch} */
function patchOf({ op, fresh, verbatim, expects, other, named }, base, line, end, index) {
  /** @type {Patch} */
  const patch = { op, line };
  if (op !== 'insert' && end !== line) patch.endLine = end;
  if (op !== 'delete') Object.assign(patch, fresh);
  else if (verbatim) patch.verbatim = true;
  const held = expects === 'truth' ? heldBy(base, line, op === 'insert' ? line : end) : other;
  if (expects !== 'nothing' && held !== undefined) patch.expect = held;
  if (named) patch.id = `p${index}`;
  return patch;
}

/** Patches anywhere, some of them out of bounds. @param {Intent[]} intents @param {string} base @returns {Patch[]} */
function wild(intents, base) {
  const lineCount = splitLines(base).length;
  return intents.map((each, index) => {
    const line = 1 + (each.at % (lineCount + 2));
    return patchOf(each, base, line, line + each.span, index);
  });
}

/** Patches that touch no line twice, in ascending order; expectations are true. @param {Intent[]} intents @param {string} base @returns {Patch[]} */
function lawful(intents, base) {
  const lineCount = splitLines(base).length;
  /** @type {Patch[]} */
  const patches = [];
  let next = 1;
  for (const each of intents) {
    const line = next + (each.at % 3);
    const end = Math.min(line + each.span, lineCount);
    const held = heldBy(base, line, each.op === 'insert' ? line : end);
    const silent = each.expects === 'nothing' || held === undefined || line > lineCount;
    const last = each.op === 'insert' ? line : end;
    if (line > lineCount + (each.op === 'insert' ? 1 : 0)) break;
    /** @type {Intent} */
    const honest = { ...each, expects: silent ? 'nothing' : 'truth' };
    patches.push(patchOf(honest, base, line, last, patches.length));
    next = last + 1;
  }
  return patches;
}

const intents = fc.array(intent, { maxLength: 8 });

/** A text and a lawful batch, patches in the order of lines. */
export const lawfulSample = fc
  .tuple(text, intents)
  .map(([base, each]) => ({ text: base, patches: lawful(each, base) }));

const revision = fc.option(fc.constantFrom(0, 1, 7), { freq: 2, nil: undefined });

/** @template T @param {number} weight @param {T} value */
const weighted = (weight, value) => ({ weight, arbitrary: fc.constant(value) });

/** A text, a batch in any order, lawful or not, and what it says of its base. */
export const sample = fc
  .record({
    base: text,
    each: intents,
    isWild: fc.boolean(),
    order: fc.infiniteStream(fc.nat()),
    claim: fc.oneof(weighted(12, 'nothing'), weighted(3, 'truth'), weighted(1, 'lie')),
    made: revision,
    current: fc.oneof(weighted(6, 'same'), weighted(5, 'none'), weighted(1, 'other')),
    policy: fc.constantFrom(/** @type {const} */ ('fail-fast'), 'atomic', 'best-effort'),
    ties: fc.constantFrom(/** @type {const} */ ('reject'), 'keep-order'),
  })
  .map(({ base, each, isWild, order, claim, made, current, policy, ties }) => {
    const keys = new Map();
    const rank = (/** @type {Patch} */ patch) => {
      if (!keys.has(patch)) keys.set(patch, order.next().value);
      return keys.get(patch);
    };
    const patches = isWild
      ? wild(each, base)
      : lawful(each, base).sort((one, other) => rank(one) - rank(other));
    /** @type {Batch} */
    const batch = { patches };
    const lineCount = splitLines(base).length;
    if (claim !== 'nothing')
      batch.base = { lineCount: claim === 'truth' ? lineCount : lineCount + 1 };
    if (made !== undefined) batch.revision = made;
    /** @type {Options} */
    const options = { policy, ties };
    if (current === 'other') options.revision = 3;
    if (current === 'same' && made !== undefined) options.revision = made;
    return { text: base, batch, options };
  });

const mutation = fc.record({
  place: fc.nat(),
  taken: fc.nat(3),
  put: fc.option(
    fc.constantFrom(
      ...'{}[]",:0123456789.eE+-\\/ \ntruefalsnlx\x1f\0é',
      '"op"',
      '"x-a":1,',
      '1e5',
      '\ud83d\ude00',
    ),
    { nil: '' },
  ),
});

/** A JSON text with a thing or two changed; as like as not no JSON any more. */
export const mutatedJson = fc
  .tuple(
    sample.map(({ batch }) => JSON.stringify(batch)),
    fc.array(mutation, { minLength: 1, maxLength: 2 }),
  )
  .map(([json, mutations]) =>
    mutations.reduce((text, { place, taken, put }) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + taken);
    }, json),
  )
  .filter((json) => json.isWellFormed());
