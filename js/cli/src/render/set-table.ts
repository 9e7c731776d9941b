/** Patch sets and their patches, a line each. */
import type { Screen } from '../io/screen.js';
import type { PatchStatus, SetPatchResult, SetResult } from '../json/result.js';
import type { Paint, Palette } from './colors.js';
import { plain } from './safe.js';
import { count } from './words.js';

export function renderList(sets: readonly SetResult[], { palette }: Screen): string {
  return sets.map((set) => `${title(set, palette)}${rows(set.patches, () => '')}`).join('');
}

export function renderStatus(sets: readonly SetResult[], { palette }: Screen): string {
  const paints: Readonly<Record<PatchStatus, Paint>> = {
    fits: palette.added,
    stale: palette.error,
    refused: palette.error,
    collides: palette.error,
    off: palette.frame,
  };
  const width = Math.max(...Object.keys(paints).map((status) => status.length));
  const unusedRows = ({ unused = [] }: SetResult) =>
    unused.map((name) => `  ${palette.error('unused'.padEnd(width))}  ${plain(name)}\n`).join('');
  const mark = ({ status }: SetPatchResult) =>
    status === undefined ? '' : `${paints[status](status.padEnd(width))}  `;
  return sets
    .map((set) => `${title(set, palette)}${rows(set.patches, mark)}${unusedRows(set)}`)
    .join('');
}

/** "14 fit, 1 stale" */
export function renderSums(sets: readonly SetResult[]): string {
  const patches = sets.flatMap((set) => set.patches);
  const unused = sets.reduce((sum, set) => sum + (set.unused?.length ?? 0), 0);
  const sums: string[] = [];
  for (const [status, words] of [
    ['fits', 'fit'],
    ['stale', 'stale'],
    ['refused', 'refused'],
    ['collides', 'collide'],
    ['off', 'off'],
  ] as const) {
    const number = patches.filter((patch) => patch.status === status).length;
    if (number > 0 || status === 'fits') sums.push(`${number} ${words}`);
  }
  if (unused > 0) sums.push(`${unused} unused`);
  return sums.join(', ');
}

function title({ id, path, patches }: SetResult, palette: Palette): string {
  return `${palette.strong(plain(id))}  ${count(patches.length, 'patch', 'patches')} in ${plain(path)}\n`;
}

function rows(patches: readonly SetPatchResult[], mark: (patch: SetPatchResult) => string): string {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const idWidth = widest(patches.map(({ id }) => id));
  const fileWidth = widest(patches.map(({ file }) => plain(file)));
  return patches
    .map((patch) => {
      const { id, file, when, reason, conflicts = 0 } = patch;
      const conditions = Object.entries(when ?? {}).map(
        ([key, value]) => ` ${plain(key)}=${plain(value)}`,
      );
      const about = conditions.length > 0 ? `  when${conditions.join('')}` : '';
      const why = reason === undefined ? '' : `  ${plain(reason)}`;
      const sides = plain(`${patch.patch}.conflicts`);
      const open = conflicts === 0 ? '' : `  ${count(conflicts, 'conflict')} in ${sides}`;
      const names = `${id.padEnd(idWidth)}  ${plain(file).padEnd(fileWidth)}`;
      return `  ${mark(patch)}${names}${about}${open}${why}`.trimEnd().concat('\n');
    })
    .join('');
}
