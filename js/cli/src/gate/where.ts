/** Where in a patch file a patch stands, so that a finding can point at it. */
import path from 'node:path';
import process from 'node:process';
import { type Engine, FirnError } from '@firn/engine';
import type { SetPatch } from '@firn/sets';
import { JsonPlaces } from '../json/locate.js';
import { placeInBytes } from '../render/bytes-excerpt.js';
import type { Place } from './finding.js';

/** As CI services name files: relative to where they check out, with `/`. */
export function pathFromHere(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  return relative.split(path.sep).join('/');
}

export function placeOfOffset(file: string, bytes: Uint8Array, offset: number): Place {
  return { path: pathFromHere(file), ...placeInBytes(bytes, Math.min(offset, bytes.length)) };
}

/** Where a patch of a batch, or a hunk of a diff, begins in its file; undefined `index`: the file. */
export function placeOfPatch(engine: Engine, patch: SetPatch, index: number | undefined): Place {
  const file = { path: pathFromHere(patch.path) };
  if (index === undefined) return file;
  if (!patch.patch.endsWith('.json')) return { ...file, ...lineOfHunk(engine, patch, index) };
  const offset = new JsonPlaces(patch.bytes).patch(index);
  return offset === undefined ? file : placeOfOffset(patch.path, patch.bytes, offset);
}

function lineOfHunk(engine: Engine, patch: SetPatch, index: number): Pick<Place, 'line'> {
  try {
    const diff = engine.parseDiff(patch.bytes);
    const line = diff.files[0]?.hunks[index]?.diffLine;
    diff.dispose();
    return line === undefined ? {} : { line };
  } catch (error) {
    // That it cannot be read is told by another finding.
    if (error instanceof FirnError) return {};
    throw error;
  }
}
