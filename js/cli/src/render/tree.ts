/** What became of a diff in a tree: where hunks came to lie, and every file that it does not fit. */
import type { PatchedFile } from '../commands/apply-tree.js';
import type { Screen } from '../io/screen.js';
import type { TreeOptions } from '../options.js';
import type { Root } from '../tree/root.js';
import { rootName } from '../tree/unfinished.js';
import { renderDiagnostic } from './diagnostic.js';
import { placeOfHunk, renderHunkFailures } from './hunks.js';
import { plain } from './safe.js';
import { count } from './words.js';

export interface TreeScene {
  readonly root: Root;
  readonly options: TreeOptions;
  readonly written: boolean;
  readonly cleared: boolean;
}

/** Nobody reads more; `--json` has them all. */
const MOST_SHOWN = 50;

export function renderTree(
  files: readonly PatchedFile[],
  scene: TreeScene,
  screen: Screen,
): string {
  const cleared = scene.cleared
    ? `firn: cleared away what an apply to ${rootName(scene.root)} left that was cut short before it changed a file\n`
    : '';
  const notes = files.flatMap(({ outcome }) =>
    outcome.hunks.flatMap((hunk) => {
      const words = placeOfHunk(hunk);
      return words === undefined ? [] : [`firn: ${plain(outcome.path)}: ${words}\n`];
    }),
  );
  const deeds = scene.options.verbose ? files.flatMap(({ outcome }) => deedOf(outcome)) : [];
  const failed = files.filter(({ outcome }) => outcome.violations.length > 0);
  const findings = failed.slice(0, MOST_SHOWN).map((file) => renderFailed(file, scene, screen));
  const left = failed.length - findings.length;
  const more = left === 0 ? '' : `... and ${left} more files (--json has all)\n\n`;
  return `${cleared}${deeds.join('')}${notes.join('')}${findings.join('')}${more}${verdict(failed, files, scene)}`;
}

function deedOf({ path, kind, from, violations }: PatchedFile['outcome']): string[] {
  if (violations.length > 0) return [];
  const source = from === undefined ? '' : ` from ${plain(from)}`;
  return [`firn: ${plain(path)}: ${kind}${source}\n`];
}

function renderFailed({ outcome, diff }: PatchedFile, scene: TreeScene, screen: Screen): string {
  const { violations, path, remedy } = outcome;
  const hunks = violations.filter(({ message }) => message.startsWith('hunk '));
  const others = violations.filter((violation) => !hunks.includes(violation));
  const place = `${plain(scene.root.shown(path))} (in ${diff.label})`;
  const shown = others.map(({ code, message }) =>
    renderDiagnostic(
      { severity: 'error', code, message, place, notes: [] },
      screen.width,
      screen.palette,
    ),
  );
  const about = hunks.map((hunk) => ({ ...hunk, message: `${plain(path)}: ${hunk.message}` }));
  const hunkScene = { batchFile: diff, options: scene.options, remedy };
  return `${shown.join('')}${renderHunkFailures(about, hunkScene, screen)}`;
}

function verdict(
  failed: readonly PatchedFile[],
  files: readonly PatchedFile[],
  { options, written }: TreeScene,
): string {
  if (failed.length === 0) return '';
  if (options.policy !== 'best-effort') {
    const deed = options.check ? 'would be refused' : 'is refused, nothing is written';
    return `firn: the diff ${deed}: ${count(failed.length, 'file')} it does not fit\n`;
  }
  const deed = written ? 'patched' : 'to patch';
  const whole = files.length - failed.length;
  return `firn: ${count(failed.length, 'file')} not patched in full, ${whole} ${deed}\n`;
}
