import type { Engine, Patched, Snapshot } from '@firn/engine';
import { chainsOf } from './chains.js';
import { FirnSetError, refuseFor, type SetErrorFields } from './error.js';
import { Handles } from './handles.js';
import { MAX_CHAIN_BYTES } from './limits.js';
import type { SetPatch } from './patch-set.js';
import {
  changesByPatch,
  type LineOrigin,
  originsIn,
  type PatchOrigin,
  takerIn,
} from './provenance.js';
import { quoted } from './quoted.js';
import { type Stage, stageOn, type Work } from './stage.js';

/** What a build keeps of a file: enough to prove it again. */
export interface FileProof {
  /** Below the root, with `/`. */
  readonly file: string;
  /** Fingerprint of the baseline. */
  readonly base: string;
  /** Labels, `set/id`, in the order of the index. */
  readonly patches: readonly string[];
  /** Fingerprint of what they made of it, together. */
  readonly result: string;
}

/** A file with its patches applied, each of them proved. Free it with `dispose()`. */
export interface PatchedFile {
  /** The patched text, as one change of the baseline. Goes with `dispose()`. */
  readonly patched: Patched;
  readonly patches: readonly SetPatch[];
  readonly proof: FileProof;
  /**
   * Where each of lines `from` to `to` comes from. Range and errors as `patched.provenance`.
   * O(log k + lines * length of a chain).
   */
  provenance(from: number, to: number): LineOrigin[];
  /**
   * Which patch took line `line` of the baseline; undefined: none did. Of a chain, the first of it that
   * changed the line. O(k * length of a chain).
   */
  takenBy(line: number): PatchOrigin | undefined;
  dispose(): void;
}

/** A file that its patches were tried on. */
export interface FileCheck {
  /** Undefined when there is a problem. Yours to dispose. */
  readonly built: PatchedFile | undefined;
  /** Every one, each naming the patch that it is about. */
  readonly problems: readonly SetErrorFields[];
}

/**
 * Applies patches of one file, from any number of sets, to its baseline, and proves them: each has
 * the text below it that it was made for, and makes of it what was recorded; no two touch the same
 * lines. Patches of one text may come in any order. With no patch the text stays as it is.
 *
 * Throws `set_base_mismatch`, `set_ambiguous_base`, `set_result_mismatch`, `set_collision`,
 * `set_wrong_file`, `set_patch_refused`; every problem of the file is under `problems`. O(n) a patch.
 */
export function applyFile(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
): PatchedFile {
  const { built, problems } = checkFile(engine, baseline, patches);
  refuseFor(problems);
  if (!built) throw new Error('a file without problems was not built');
  return built;
}

/** The same, with the problems as data: nothing is thrown for them. */
export function checkFile(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
): FileCheck {
  requireOneFile(patches);
  const { links, problems } = chainsOf(patches, baseline.fingerprint);
  const handles = new Handles();
  const bytesLeft = MAX_CHAIN_BYTES;
  const work: Work = { engine, problems: [...problems], handles, bytesLeft };
  try {
    const stage = stageOn(baseline, links, work);
    if (stage && work.problems.length === 0) {
      return { built: builtOf(stage, baseline, patches, handles), problems: [] };
    }
  } catch (error) {
    handles.dispose();
    throw error;
  }
  handles.dispose();
  return { built: undefined, problems: work.problems };
}

function builtOf(
  stage: Stage,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  handles: Handles,
): PatchedFile {
  const { patched } = stage;
  const changesOf = changesByPatch();
  const proof: FileProof = Object.freeze({
    file: patches[0]?.file ?? '',
    base: baseline.fingerprint,
    patches: Object.freeze(patches.map(({ label }) => label)),
    result: patched.fingerprint,
  });
  return Object.freeze({
    patched,
    patches,
    proof,
    provenance: (from: number, to: number) => originsIn(stage, from, to, changesOf),
    takenBy: (line: number) => takerIn(stage, line),
    dispose: () => handles.dispose(),
  });
}

/** What an index gives is of one file; what somebody put together need not be. */
function requireOneFile(patches: readonly SetPatch[]): void {
  const [first] = patches;
  const other = patches.find(({ file }) => file !== first?.file);
  if (!first || !other) return;
  const message = `patch ${other.label} is for ${quoted(other.file)}, ${first.label} for ${quoted(first.file)}: they are applied file by file`;
  throw new FirnSetError({ code: 'set_wrong_file', message, set: other.set, patch: other.id });
}
