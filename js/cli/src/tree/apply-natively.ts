/**
 * The quick way for what most diffs are: a change of files in their place that fits them. The addon
 * does it on threads of its own, with the same journal; what it does not take is as it was.
 */
import { type Diff, type Engine, type FileDiff, type PlacedHunk, Trees } from '@firn/engine';
import { errorOf, fileNamed, ioFailure } from '../io/errno.js';
import { placeOptionsOf, type TreeOptions } from '../options.js';
import type { FileOutcome } from './apply-diff.js';
import { takenBack } from './commit.js';
import { HeldSignals } from './held-signals.js';
import { pathOf } from './names.js';
import { ourselves } from './process-identity.js';
import { ownJournal } from './read-journal.js';
import type { Root } from './root.js';

/** What became of the files, in the order in which they were patched; undefined: nothing is done yet. */
export async function applyNatively(
  engine: Engine,
  root: Root,
  diff: Diff,
  options: TreeOptions,
): Promise<(() => FileOutcome[]) | undefined> {
  const { strip, fsync, json, verbose } = options;
  const signals = new HeldSignals();
  try {
    const applied = await Trees.of(engine)?.applyDiff(root.at(''), diff, {
      strip,
      placing: placeOptionsOf(options),
      flush: fsync ?? false,
      owner: JSON.stringify(ourselves()),
      places: json ?? verbose ?? false,
      signal: signals.signal,
    });
    switch (applied?.outcome) {
      case 'done': {
        const { places } = applied;
        return () => (places === undefined ? [] : outcomesOf(diff, places, options));
      }
      case 'cancelled':
        throw signals.end();
      case 'cut-short': {
        const { systemError, path } = applied;
        const failure = ioFailure(
          'write',
          fileNamed(root.shown(path)),
          errorOf(systemError, 'rename'),
        );
        throw takenBack(root, ownJournal(root), failure);
      }
      default:
        return undefined;
    }
  } finally {
    signals.release();
  }
}

function outcomesOf(
  { files }: Diff,
  places: readonly { readonly hunks: readonly PlacedHunk[] }[],
  { strip, reverse }: TreeOptions,
): FileOutcome[] {
  const outcomes = files.map(({ kind, newName = '', newMode, oldMode }: FileDiff, index) => {
    const mode = reverse ? oldMode : newMode;
    return {
      path: pathOf(newName, strip),
      kind,
      ...(mode === undefined ? {} : { mode }),
      hunks: places[index]?.hunks ?? [],
      violations: [],
      rejects: new Uint8Array(),
    };
  });
  return reverse ? outcomes.reverse() : outcomes;
}
