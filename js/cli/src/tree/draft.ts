/**
 * A tree as it shall be, in memory. Nothing here writes: what changed is a list of deeds, which
 * commit.ts does all of or none.
 */
import type { Root, TreeFile } from './root.js';

/** A file of the tree, as it is or as it shall be. */
export interface DraftFile {
  readonly bytes: Uint8Array;
  /** The permission bits; undefined for a new file, which takes those that the user's umask leaves. */
  readonly mode: number | undefined;
  /** Of a new file. */
  readonly executable?: boolean;
}

/** What was there when the tree was read. */
export type Before = TreeFile;

export type Deed = { readonly path: string; readonly before: Before | undefined } & (
  | { readonly kind: 'write'; readonly after: DraftFile }
  | { readonly kind: 'remove'; readonly before: Before }
);

export class Draft {
  readonly #root: Root;
  /** As on the disk; null: no such file. */
  readonly #before = new Map<string, Before | null>();
  /** What shall be there, where that is not what is on the disk; null: no file. */
  readonly #after = new Map<string, DraftFile | null>();
  /** The same when the diff at work began. */
  #original = new Map<string, DraftFile | null>();
  /** What the diff at work has written. */
  #written = new Set<string>();

  constructor(root: Root) {
    this.#root = root;
  }

  /** One more diff: copies and renames take their content from the tree as it is now. */
  beginDiff(): void {
    this.#original = new Map(this.#after);
    this.#written = new Set();
  }

  /** The file as all deeds so far leave it. */
  file(path: string): DraftFile | undefined {
    const after = this.#after.get(path);
    return after === undefined ? this.#onDisk(path) : (after ?? undefined);
  }

  /** The file as it was before the diff at work. */
  original(path: string): DraftFile | undefined {
    const earlier = this.#original.get(path);
    return earlier === undefined ? this.#onDisk(path) : (earlier ?? undefined);
  }

  write(path: string, file: DraftFile): void {
    this.#onDisk(path);
    this.#after.set(path, file);
    this.#written.add(path);
  }

  /** Takes the old file away; what the same diff has written in its place stays. */
  remove(path: string): void {
    if (!this.#written.has(path)) this.#after.set(path, null);
  }

  /** What is left to do, in the order of the diff; nothing for files that stay as they are. */
  deeds(): Deed[] {
    const deeds: Deed[] = [];
    for (const [path, after] of this.#after) {
      const before = this.#before.get(path) ?? undefined;
      if (after === null) {
        if (before) deeds.push({ kind: 'remove', path, before });
      } else if (!before || !isAlready(before, after)) {
        deeds.push({ kind: 'write', path, before, after });
      }
    }
    return deeds;
  }

  #onDisk(path: string): DraftFile | undefined {
    let before = this.#before.get(path);
    if (before === undefined) {
      before = this.#root.read(path) ?? null;
      this.#before.set(path, before);
    }
    return before === null
      ? undefined
      : { bytes: before.bytes, mode: before.identity.mode & 0o7777 };
  }
}

function isAlready({ bytes, identity }: Before, after: DraftFile): boolean {
  const sameMode = after.mode === undefined || after.mode === (identity.mode & 0o7777);
  return sameMode && (bytes === after.bytes || bytes.equals(after.bytes));
}
