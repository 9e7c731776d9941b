/** What to do about a violation. Says only what this case allows; no advice is better than a vague one. */
import type { ErrorFields, PatchInput, Snapshot } from '@firn/engine';
import { expectedLines, lastLineOf } from './patches.js';
import type { Scene } from './violation.js';
import { lineSpan } from './words.js';

export function adviceFor(violation: ErrorFields, scene: Scene): string[] {
  const { lineCount } = scene.snapshot;
  switch (violation.code) {
    case 'overlap':
      return [aboutOverlap(scene.patch(violation.patch), scene.patch(violation.other))];
    case 'line_out_of_range':
      return [
        lineCount === 0
          ? 'an empty file takes only an insert at line 1'
          : `lines count from 1 to ${lineCount}, in the file as it is before any patch`,
      ];
    case 'insert_out_of_bounds':
      return [`to append, insert at line ${lineCount + 1}`];
    case 'expectation_failed':
      return [aboutExpectation(violation, scene)];
    case 'snapshot_mismatch':
      return [
        'carry it over from the file that it was made for (firn rebase), or make it anew from this one',
      ];
    case 'stale_revision':
      return ['make the batch anew for the current revision'];
    default:
      return [];
  }
}

function aboutOverlap(patch: PatchInput | undefined, other: PatchInput | undefined): string {
  // `patch` comes later in the batch, and the editors' rule is about what follows an insert.
  if (patch && other?.op === 'insert' && patch.line === other.line) {
    return '--ties keep-order lets inserts go before a line in batch order, and a replace or delete of that line follow them';
  }
  return 'say it in one patch, or let each take lines of its own';
}

function aboutExpectation({ patch: ref }: ErrorFields, scene: Scene): string {
  const anew = 'the file is not what the patch was made for: make the patch anew from it';
  const patch = scene.patch(ref);
  if (!patch) return anew;
  const expected = expectedLines(patch);
  if (expected.length !== lastLineOf(patch) - patch.line + 1) {
    return 'give "expect" all the lines that the patch names, and no others';
  }
  const from = onlyPlaceOf(expected, scene.snapshot);
  if (from === undefined) return anew;
  const span = lineSpan({ from, to: from + expected.length - 1 });
  const verb = expected.length === 1 ? 'holds' : 'hold';
  return `${span} of the file ${verb} what is expected: the file has moved on since the patch was made`;
}

/** Looking through more than this is no help any more. */
const MAX_SEARCHED_BYTES = 16 * 1024 * 1024;

/** The one line at which the file holds these; none when there are more, or when they are blank. */
function onlyPlaceOf(lines: readonly string[], snapshot: Snapshot): number | undefined {
  const wanted = `\n${lines.join('\n')}\n`;
  if (wanted.trim() === '' || snapshot.byteLength > MAX_SEARCHED_BYTES) return undefined;
  const text = `\n${snapshot.lines(1, snapshot.lineCount).join('\n')}\n`;
  const at = text.indexOf(wanted);
  if (at === -1 || text.indexOf(wanted, at + 1) !== -1) return undefined;
  return text.slice(0, at + 1).split('\n').length - 1;
}
