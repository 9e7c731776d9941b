/** When patches are the same: by what they are, never by when they were written. */
import { createHash } from 'node:crypto';
import type { PatchIndex, SetPatch } from '@firn/sets';

/** O(bytes). */
export function isSame(a: readonly SetPatch[], b: readonly SetPatch[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((patch, index) => isSamePatch(patch, b[index]));
}

function isSamePatch(a: SetPatch, b: SetPatch | undefined): boolean {
  if (b === undefined || a.label !== b.label || a.path !== b.path) return false;
  return a.base === b.base && a.result === b.result && Buffer.compare(a.bytes, b.bytes) === 0;
}

/** Files that one index patches otherwise than the other. */
export function changedFiles(before: PatchIndex, after: PatchIndex): string[] {
  const files = new Set([...before.files, ...after.files]);
  return [...files].filter((file) => !isSame(before.of(file), after.of(file)));
}

/** A name for everything that decides what is made of some files: for caches that outlive a process. */
export function keyOf(version: string, index: PatchIndex, files: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(['firn', version]));
  for (const file of files) {
    for (const { label, base, result, bytes } of index.of(file)) {
      hash.update(JSON.stringify([file, label, base, result, bytes.length])).update(bytes);
    }
  }
  return hash.digest('hex').slice(0, 32);
}
