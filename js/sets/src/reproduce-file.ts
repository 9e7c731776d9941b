import type { Engine } from '@firn/engine';
import type { FileProof } from './apply-file.js';
import type { SetPatch } from './patch-set.js';

/** A patched file that is what was recorded of it. */
export interface ReproducedFile {
  readonly text: string;
  readonly proof: FileProof;
}

/**
 * The quick way for most files of a build: one patch, a batch, made for just this text. What it gives
 * is what `applyFile` gives, and proved as far. Undefined for every other file, which is no judgement:
 * `applyFile` takes all of them, and says what is wrong. O(n).
 */
export function reproduceFile(
  engine: Engine,
  baseline: string,
  patches: readonly SetPatch[],
): ReproducedFile | undefined {
  const [only] = patches;
  if (!only?.patch.endsWith('.json') || patches.length > 1) return undefined;
  const { label, file, base, result, bytes } = only;
  const text = engine.reproduce(baseline, bytes, { base, result, file });
  if (text === undefined) return undefined;
  const proof = Object.freeze({ file, base, patches: Object.freeze([label]), result });
  return { text, proof };
}
