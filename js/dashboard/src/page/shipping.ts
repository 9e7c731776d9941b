/** Does what the browser made equal what the build made? */
import type { FileSummary, TextFacts } from '../worker/protocol.js';
import type { PatchSet } from './project.js';

export type Shipped = 'equal' | 'different' | 'unknown';

/** `unknown` without a build, or while the browser's side is not made yet. */
export function shippedOf(
  set: PatchSet | undefined,
  file: string,
  baseline: TextFacts | undefined,
  patched: TextFacts | undefined,
): Shipped {
  if (set?.build === undefined || baseline === undefined || patched === undefined) return 'unknown';
  // What a build does not patch ships as it is.
  const shipped = set.build.results.get(file) ?? baseline.fingerprint;
  return shipped === patched.fingerprint ? 'equal' : 'different';
}

export interface ShippedCount {
  readonly equal: number;
  readonly different: number;
  /** Files of the build, and files that are patched here and not there. */
  readonly total: number;
}

/** Undefined without a build. */
export function countShipped(
  set: PatchSet | undefined,
  summaries: ReadonlyMap<string, FileSummary | string>,
): ShippedCount | undefined {
  if (set?.build === undefined) return undefined;
  const files = new Set([...set.build.results.keys(), ...set.patches.map(({ file }) => file)]);
  let equal = 0;
  let different = 0;
  for (const file of files) {
    const summary = summaries.get(file);
    if (summary === undefined) continue;
    const isEqual =
      typeof summary === 'object' &&
      shippedOf(set, file, summary.baseline, summary.patched) === 'equal';
    if (isEqual) equal += 1;
    else different += 1;
  }
  return { equal, different, total: files.size };
}
