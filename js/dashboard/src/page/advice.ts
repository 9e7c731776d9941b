/** What to do about a violation, in words for whoever has the patch in hand. */
import type { Violation } from '../worker/protocol.js';

export const LAWS: readonly string[] = [
  'Every line number means the frozen baseline.',
  'Edits are applied from the last to the first.',
  'Nothing changes the baseline.',
  'An insert goes before line 1 to the line past the end.',
  'No two patches touch the same line.',
  'A batch moves the revision by one, and is refused at any other.',
  'The size of the baseline stays as it is.',
];

const ADVICE: Readonly<Partial<Record<Violation['code'], string>>> = {
  snapshot_mismatch:
    'The patch was made for another version of this file. Open that version, or carry the patch over with firn rebase.',
  line_out_of_range: 'The file has fewer lines than the patch expects. Correct its line numbers.',
  insert_out_of_bounds: 'Insert at a line of the file, or one past its last to append.',
  overlap:
    'Turn one of the two off, move the one that should win further up in the order, or join both into one patch.',
  stale_revision: 'The patch was made for another revision. Make it anew for this one.',
  expectation_failed:
    'The baseline holds something else than the patch expects. Compare both texts, then correct the lines or what is expected.',
  hunk_failed: 'The hunk fits nowhere in this file. Make the diff anew from the current baseline.',
  ambiguous_placement: 'The hunk fits in several places. Give it more lines of context.',
  malformed_json: 'Correct the JSON at the place named.',
  malformed_batch: 'Correct the batch at the place named.',
  malformed_diff: 'Make the diff anew with git diff or diff -u.',
  set_base_mismatch:
    'Turn all of the patch on that this one follows, or carry this one over to another text with firn rebase.',
  set_collision:
    'Turn one of the two off, move the one that should win further up in the order, or join both into one patch.',
  set_result_mismatch:
    'The patch is not what was recorded: undo the change to its file, or record it anew with firn add.',
  set_ambiguous_base: 'Two patches make the same text: join them.',
  set_wrong_file: 'Correct the file that the patch names, or its entry in firn.json.',
  limit_exceeded: 'The patch is larger than the engine takes. Split it.',
};

export function adviceFor({ code }: Violation): string {
  return ADVICE[code] ?? 'Correct the patch, and open it again.';
}
