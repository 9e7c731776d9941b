/** What patches break of the language that a file is in, told at the patch. */
import type { Change, Engine, Snapshot } from '@firn/engine';
import { type PatchedFile, readPatch, type SetPatch } from '@firn/sets';
import { SyntaxParserError } from '@firn/syntax';
import { usage } from '../failure.js';
import type { Finding } from './finding.js';
import { pathFromHere, placeOfPatch } from './where.js';

/** What `act` makes; a parser that is not installed is a wrong call, and told as one. */
export async function withParsers<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof SyntaxParserError) throw usage(error.message);
    throw error;
  }
}

/** A finding for each fault that patches have brought, at the patch. O(parsing). */
export async function syntaxFindings(
  { engine, root }: { readonly engine: Engine; readonly root: string },
  baseline: Snapshot,
  built: PatchedFile,
): Promise<Finding[]> {
  const { patchedFaults } = await import('@firn/syntax');
  const { file } = built.proof;
  const faults = await patchedFaults(engine, baseline, built);
  return faults.map(({ message, line, column, patches, within, base }) => {
    const labels = patches.map(({ label }) => label);
    const [culprit] = patches;
    const stumble = base ?? baseline.lineCount + 1;
    const index = (one: SetPatch) =>
      within?.index ?? lastBefore(changesOf(engine, one, baseline), stumble);
    const where = `line ${line}, column ${column} of the patched ${file}`;
    return {
      rule: 'syntax',
      level: 'error',
      message: `${labels.join(' and ')} ${labels.length > 1 ? 'break' : 'breaks'} the syntax: ${message} (${where})`,
      patches: labels,
      ...(culprit === undefined ? {} : { set: culprit.set }),
      place: culprit ? placeOfPatch(engine, culprit, index(culprit)) : { path: pathFromHere(root) },
      related:
        base === undefined
          ? []
          : [
              {
                message: 'where the parser stumbles',
                place: { path: pathFromHere(`${root}/${file}`), line: base },
              },
            ],
    };
  });
}

/** What a patch changes in the baseline; nothing known of one that follows another. */
export function changesOf(engine: Engine, patch: SetPatch, baseline: Snapshot): readonly Change[] {
  if (patch.base !== baseline.fingerprint) return [];
  const batch = readPatch(engine, baseline, patch);
  const patched = baseline.apply(batch);
  const changes = patched.changes();
  patched.dispose();
  batch.dispose();
  return changes;
}

/** Which patch of a batch is the last before a line of the baseline: parsers stumble later than they should. */
function lastBefore(changes: readonly Change[], line: number): number | undefined {
  return (changes.findLast(({ base }) => base.from <= line) ?? changes[0])?.patch.index;
}
