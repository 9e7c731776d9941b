import type { ErrorCode } from '@firn/engine';

/** What the law behind an error says, as far as it bears on that error. */
export const laws: Readonly<Partial<Record<ErrorCode, string>>> = {
  snapshot_mismatch: 'a batch that names its base fits no other text',
  line_out_of_range: 'every line number is a line of the frozen file',
  order_violation: 'edits are applied from the last line to the first',
  snapshot_mutated: 'the frozen file never changes',
  insert_out_of_bounds: 'an insert goes before a line of the file, or right after its last one',
  overlap: 'no two patches touch the same line',
  stale_revision: 'a batch made for another revision is refused',
  snapshot_size_changed: 'the frozen file keeps its size',
};
