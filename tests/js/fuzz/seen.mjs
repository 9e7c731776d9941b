// @ts-check
/** What a backend makes of an input of the fuzzers, as data: two backends are equal when this is. */
import { binaryOf, bytesOf, splitLines } from '../../conformance/oracle.mjs';
import { attempt, dataOf, scoped } from '../properties/handles.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('@firn/engine').Patched} Patched */
/** @typedef {import('@firn/engine').Snapshot} Snapshot */
/** @typedef {import('../properties/handles.mjs').Keep} Keep */

const OPS = ['replace', 'delete', 'insert'];
const STYLES = /** @type {const} */ (['merge', 'diff3', 'zdiff3']);
const DETAILS = /** @type {const} */ (['line', 'boundary']);
const PLACEMENTS = /** @type {const} */ (['exact', 'search', 'fuzzy']);
const WHITE_SPACES = /** @type {const} */ (['compare', 'ignore-trailing', 'ignore-amount']);

/** What came of an attempt, with handles shown by `show`. @template T @param {() => T} act @param {(made: T) => unknown} show */
function outcome(act, show) {
  const result = attempt(act);
  return 'errors' in result ? result : { made: show(result.made) };
}

/** All that can be read of a patched text. @param {Patched} patched */
function seenOfPatched(patched) {
  const { microseconds, ...report } = patched.report;
  return {
    bytes: binaryOf(patched.bytes()),
    fingerprint: patched.fingerprint,
    revision: patched.revision,
    report,
    lines: patched.lines(1, patched.lineCount),
    changes: patched.changes(),
    provenance: patched.provenance(1, patched.lineCount),
    diff: binaryOf(patched.unifiedDiffBytes({ context: 1, functionNames: 'plain' })),
    maps: DETAILS.map((hires) => outcome(() => patched.sourceMap({ hires: hires }), String)),
  };
}

/** Patches in the notation of tests/fuzz/input.h, as a batch; their lines are not brought back into the text. @param {string} notation */
const batchOf = (notation) =>
  notation
    .split('\n')
    .slice(0, 16)
    .filter((patch) => patch.length > 3)
    .map((patch) => {
      const numbers = Array.from(patch, (char) => (char.charCodeAt(0) - 48) & 0xff);
      const [, line = 0, span = 0, how = 0] = numbers;
      const op = OPS[Math.max(0, '=-+'.indexOf(patch.charAt(0)))];
      const text = patch.slice(4).replaceAll('~', '\r\n').replaceAll('|', '\n');
      return {
        op,
        line: line + 1,
        ...(op === 'insert' ? {} : { endLine: line + 1 + (span % 16) }),
        ...(op === 'delete' ? {} : { text, verbatim: (how & 1) === 1 }),
        ...((how & 8) === 8 ? { expect: text } : {}),
      };
    });

/** @param {Engine} engine @param {Keep} keep @param {Snapshot} text @param {string} notation */
function seenOfPatches(engine, keep, text, notation) {
  return /** @type {const} */ (['atomic', 'best-effort']).map((policy) =>
    /** @type {const} */ (['reject', 'keep-order']).map((ties) =>
      outcome(
        () => {
          const batch = keep(engine.batch(JSON.stringify(batchOf(notation))));
          return keep(text.apply(batch, { policy, ties }));
        },
        (patched) => ({
          ...seenOfPatched(patched),
          inverse: outcome(() => keep(patched.invert()), dataOf),
        }),
      ),
    ),
  );
}

/** @param {Engine} engine @param {Keep} keep @param {Snapshot} text @param {string} diff */
function seenOfPlacing(engine, keep, text, diff) {
  return outcome(
    () => keep(engine.parseDiff(bytesOf(diff), { anyNames: true })),
    ({ files }) =>
      files.flatMap((file) =>
        PLACEMENTS.flatMap((placement) =>
          WHITE_SPACES.map((whiteSpace) => {
            const placed = file.place(text, { placement, whiteSpace, policy: 'best-effort' });
            const { hunks, rejected, rejects } = placed;
            return {
              hunks,
              rejected,
              rejects: binaryOf(rejects),
              batch: dataOf(keep(placed.batch)),
            };
          }),
        ),
      ),
  );
}

/** Three texts and everything that is made of two or three. @param {Engine} engine @param {Keep} keep @param {string[]} texts */
function seenOfTexts(engine, keep, texts) {
  const [a, b, c] = [0, 1, 2].map((at) => keep(engine.freeze(bytesOf(texts[at] ?? ''))));
  if (!a || !b || !c) throw new Error('unreachable');
  const first = keep(engine.diff(a, b));
  const second = keep(engine.diff(b, c, { algorithm: 'myers' }));
  const patched = keep(a.apply(first));
  const rebased = patched.rebase(c);
  const history = keep(keep(keep(engine.history(a)).append(first).history).append(second).history);
  return {
    patched: seenOfPatched(patched),
    composed: dataOf(keep(patched.compose(keep(b.apply(second))))),
    rebased: { patches: rebased.patches, batch: dataOf(keep(rebased.batch)) },
    revisions: history.revisions,
    merges: STYLES.map((style) => {
      const merged = engine.merge(a, b, c, { style });
      return { conflicts: merged.conflicts, text: binaryOf(merged.bytes()) };
    }),
    words: splitLines(texts[0] ?? '')
      .slice(0, 3)
      .map((line, at) => engine.words(line.content, splitLines(texts[1] ?? '')[at]?.content ?? '')),
  };
}

/** @param {Engine} engine @param {import('../../fuzz/inputs.mjs').Target} target @param {string} input */
export function seenBy(engine, target, input) {
  return scoped((keep) => {
    if (target === 'read_batch') return outcome(() => keep(engine.batch(bytesOf(input))), dataOf);
    if (target === 'read_diff') {
      return [false, true].map((recount) =>
        outcome(
          () => keep(engine.parseDiff(bytesOf(input), { recount })),
          ({ files }) => files.map((file) => ({ ...file })),
        ),
      );
    }
    const [, ...texts] = input.split('\x1E');
    const [text = '', other = ''] = texts;
    const snapshot = keep(engine.freeze(bytesOf(text)));
    if (target === 'place') return seenOfPlacing(engine, keep, snapshot, other);
    if (target === 'read_text_edits') {
      return outcome(
        () => keep(snapshot.textEdits(JSON.parse(Buffer.from(other, 'latin1').toString('utf8')))),
        dataOf,
      );
    }
    return {
      patches: seenOfPatches(engine, keep, snapshot, other),
      texts: seenOfTexts(engine, keep, texts),
    };
  });
}
