/** Deeds as steps, in an order in which every one of them can be taken and, backwards, taken back. */
import { readdirSync } from 'node:fs';
import { FirnError } from '@firn/engine';
import { quotedShort } from '../render/safe.js';
import type { Deed } from './draft.js';
import { folderOf, isOurs, MAX_NAME } from './names.js';
import type { Root } from './root.js';

export type Write = Extract<Deed, { kind: 'write' }>;
export type Remove = Extract<Deed, { kind: 'remove' }>;

export type Step =
  /** Take a file away. */
  | { readonly kind: 'remove'; readonly deed: Remove }
  /** Make a folder. */
  | { readonly kind: 'folder'; readonly path: string }
  /** Put the new file, which lies ready, in its place. */
  | { readonly kind: 'write'; readonly deed: Write }
  /** Take away a folder that nothing is left in. */
  | { readonly kind: 'prune'; readonly path: string };

/**
 * What stands in the way of a new file or folder goes first, then come the new files, then what is
 * left to remove. Refuses a file where a folder has to be, and the other way round.
 */
export function stepsFor(deeds: readonly Deed[], root: Root): Step[] {
  const writes = deeds.filter((deed) => deed.kind === 'write');
  const removes = deeds.filter((deed) => deed.kind === 'remove');
  const room = new Room(writes, removes, root);
  const inTheWay = removes.filter(({ path }) => room.isNeeded(path));
  const others = removes.filter(({ path }) => !room.isNeeded(path));
  const steps: Step[] = inTheWay.map((deed) => ({ kind: 'remove', deed }));
  steps.push(...room.cleared.map((path) => ({ kind: 'prune', path }) as const));
  steps.push(...room.missing.map((path) => ({ kind: 'folder', path }) as const));
  steps.push(...writes.map((deed) => ({ kind: 'write', deed }) as const));
  steps.push(...others.map((deed) => ({ kind: 'remove', deed }) as const));
  steps.push(...emptied(others, writes, root).map((path) => ({ kind: 'prune', path }) as const));
  return steps;
}

/** Where the new files go: what has to be made, and what has to make room. */
class Room {
  /** Folders to make, a parent before what is in it. */
  readonly missing: string[] = [];
  /** Folders in whose place a file goes, the innermost first. */
  readonly cleared: string[] = [];
  readonly #removed: ReadonlySet<string>;
  readonly #written: ReadonlySet<string>;
  readonly #root: Root;
  /** Folders that new files need. */
  readonly #folders = new Set<string>(['']);

  constructor(writes: readonly Write[], removes: readonly Remove[], root: Root) {
    this.#root = root;
    this.#removed = new Set(removes.map(({ path }) => path));
    this.#written = new Set(writes.map(({ path }) => path));
    for (const { path } of writes) this.#needFolder(folderOf(path), path);
    for (const { path, before } of writes) if (!before && root.hasFolder(path)) this.#clear(path);
  }

  /** Whether a new file or folder goes to, or above, this path. */
  isNeeded(path: string): boolean {
    return this.#folders.has(path) || this.cleared.some((folder) => path.startsWith(`${folder}/`));
  }

  #needFolder(folder: string, path: string): void {
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    this.#needFolder(folderOf(folder), path);
    if (this.#written.has(folder)) throw inTheWay(path, folder, 'would be a file');
    if (this.#root.hasFolder(folder)) return;
    const isFile = this.#root.hasFolder(folderOf(folder)) && this.#root.stats(folder);
    if (isFile && !this.#removed.has(folder)) throw inTheWay(path, folder, 'is a file');
    this.missing.push(folder);
  }

  /** A folder can make room for a file when the diff removes all that is in it. */
  #clear(folder: string): void {
    if (this.#folders.has(folder)) throw inTheWay(folder, folder, 'would be a folder');
    for (const entry of readdirSync(this.#root.at(folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) this.#clear(path);
      else if (!this.#removed.has(path)) throw inTheWay(folder, path, 'is in that folder');
    }
    this.cleared.push(folder);
  }
}

/** Folders that may be empty once these files are gone, the innermost first. */
function emptied(removes: readonly Remove[], writes: readonly Write[], root: Root): string[] {
  const kept = new Set(['']);
  for (const { path } of writes) addFolders(path, kept);
  const gone = new Set<string>();
  for (const { path } of removes) addFolders(path, gone);
  const removed = new Set(removes.map(({ path }) => path));
  const pruned = new Set<string>();
  const candidates = [...gone].filter((folder) => !kept.has(folder));
  return candidates
    .sort((a, b) => b.length - a.length)
    .filter((folder) => {
      const left = readdirSync(root.at(folder)).some((name) => {
        const path = `${folder}/${name}`;
        return !removed.has(path) && !pruned.has(path) && !isOurs(name);
      });
      if (!left) pruned.add(folder);
      return !left;
    });
}

function addFolders(path: string, folders: Set<string>): void {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (folders.has(folder)) return;
    folders.add(folder);
  }
}

function inTheWay(path: string, other: string, why: string): FirnError {
  const [file, obstacle] = [path, other].map((name) => quotedShort(name, MAX_NAME));
  const message = `${file} cannot be written: ${obstacle} ${why}`;
  return new FirnError({ code: 'snapshot_mismatch', message });
}
