/** What would let a diff fit that does not fit as the call has it. */
import { type FileDiff, FirnError, type PlaceOptions, type Snapshot } from '@firn/engine';
import { type DiffReading, placeOptionsOf } from './options.js';

/** An option, and why it helps. */
export interface DiffRemedy {
  readonly option: '--ignore-line-ends' | '--ignore-whitespace';
  readonly difference: 'line ends' | 'white space';
}

const remedies: readonly (readonly [DiffRemedy, DiffReading])[] = [
  [{ option: '--ignore-line-ends', difference: 'line ends' }, { ignoreLineEnds: true }],
  [{ option: '--ignore-whitespace', difference: 'white space' }, { ignoreWhitespace: true }],
];

/** The first with which all hunks of the file would be placed; undefined: none. O(n + diff). */
export function remedyFor(
  file: FileDiff,
  text: Snapshot,
  options: DiffReading,
): DiffRemedy | undefined {
  const found = remedies.find(([, more]) =>
    fits(file, text, placeOptionsOf({ ...options, ...more, policy: 'fail-fast' })),
  );
  return found?.[0];
}

function fits(file: FileDiff, text: Snapshot, options: PlaceOptions): boolean {
  try {
    file.place(text, options).batch.dispose();
    return true;
  } catch (error) {
    if (error instanceof FirnError) return false;
    throw error;
  }
}
