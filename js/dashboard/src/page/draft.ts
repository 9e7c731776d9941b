/** What a patch that somebody just wrote is called, and where it stands in its set. */
import type { PatchDraft } from '@firn/sets';
import type { PatchSet } from './project.js';

/** What somebody says of a patch. */
export interface Remarks {
  /** "" leaves it to us. */
  readonly id: string;
  readonly reason: string;
}

/** Room for other patches between two. */
const ORDER_STEP = 10;

const MOST_ID_UNITS = 80;

/** After all patches of its file, under a name that no patch of the set has: like the file if nobody gave another. */
export function draftFor(set: PatchSet, file: string, { id, reason }: Remarks): PatchDraft {
  const entries = set.patches.flatMap(({ entry }) => entry ?? []);
  const free = freeName(
    idFrom(id) || idFrom(stemOf(file)) || 'edit',
    new Set(entries.flatMap((entry) => [entry.id.toLowerCase(), entry.patch.toLowerCase()])),
  );
  const orders = entries.filter((entry) => entry.file === file).map(({ order }) => order);
  return {
    id: free,
    file,
    patch: `${free}.json`,
    order: Math.max(0, ...orders) + ORDER_STEP,
    ...(reason !== '' && { reason }),
    set: set.id,
    label: `${set.id}/${free}`,
    path: `${free}.json`,
  };
}

/** `wish`, or with the first number that makes it free; disks may not tell capitals from small letters. */
function freeName(wish: string, taken: ReadonlySet<string>): string {
  const isTaken = (name: string) =>
    taken.has(name.toLowerCase()) || taken.has(`${name.toLowerCase()}.json`);
  let free = wish;
  for (let count = 2; isTaken(free); count += 1) free = `${wish}-${count}`;
  return free;
}

/** The name of a file without its folder and its ending. */
function stemOf(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.[^.]*$/, '');
}

/** Letters, digits, ".", "_" and "-", the first a letter or digit. */
function idFrom(text: string): string {
  const plain = text.trim().replace(/[^A-Za-z0-9._-]+/g, '-');
  return plain.replace(/^[^A-Za-z0-9]+/, '').slice(0, MOST_ID_UNITS);
}
