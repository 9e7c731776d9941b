import type { Engine, PatchRef, Snapshot } from '@firn/engine';
import { checkFile, type LineOrigin, type PatchedFile, type SetPatch } from '@firn/sets';
import type { SyntaxFault } from './fault.js';
import { languageOf } from './language.js';
import { parseFaults } from './parse-faults.js';

/** A fault of a patched file. */
export interface PatchedFault extends SyntaxFault {
  /**
   * Who brought it: the patches without any one of which it would not be there, that which wrote the
   * line first. Where that is no single one, the writer of the line, else all. Never empty.
   */
  readonly patches: readonly SetPatch[];
  /** Where the first of them wrote the line: which patch of its batch, or which hunk. */
  readonly within?: PatchRef;
  /** Where no patch wrote the line: which line of the baseline it is. */
  readonly base?: number;
}

/** More patches than this are not left out one by one: each costs a build of the file and a parse. */
const MOST_LEFT_OUT = 64;

/**
 * Parses a patched file and says which patch is to blame for what is wrong. What is wrong with the
 * baseline already is no patch's fault and not told. Bytes that are not UTF-8 are read as U+FFFD.
 *
 * `built` is what `applyFile(engine, baseline, patches)` gave. Rejects as `parseFaults`. One parse
 * when nothing is wrong; else one more a patch.
 */
export async function patchedFaults(
  engine: Engine,
  baseline: Snapshot,
  built: PatchedFile,
): Promise<PatchedFault[]> {
  const { file } = built.proof;
  if (languageOf(file) === undefined || built.patches.length === 0) return [];
  const faults = await parseFaults(file, textOf(built.patched));
  if (faults.length === 0) return [];
  const frozen = await parseFaults(file, textOf(baseline));
  const old = new Set(frozen.map(({ message, line }) => keyOf(message, line, baseline.lineCount)));
  const brought = faults
    .map((fault) => ({ fault, origin: originOf(built, fault.line) }))
    .filter(({ fault, origin }) => {
      const base = origin ? origin.base : baseline.lineCount + 1;
      return base === undefined || !old.has(keyOf(fault.message, base, baseline.lineCount));
    });
  if (brought.length === 0) return [];
  const trials = await trialsOf(engine, baseline, built);
  return brought.map(({ fault, origin }) => {
    const cures = curesOf(fault, faults, frozen, trials);
    const patches = blamed(built.patches, origin?.patch, cures);
    if (origin?.base !== undefined) return { ...fault, patches, base: origin.base };
    if (origin?.patch === undefined || origin.patch !== patches[0]) return { ...fault, patches };
    return { ...fault, patches, within: origin.within };
  });
}

function textOf(text: { bytes(): Uint8Array }): string {
  return new TextDecoder().decode(text.bytes());
}

/** One fault of the baseline. All that is past its end is one place. */
function keyOf(message: string, line: number, lineCount: number): string {
  return `${Math.min(line, lineCount + 1)} ${message}`;
}

/** Undefined past the end. */
function originOf(built: PatchedFile, line: number): LineOrigin | undefined {
  return line > built.patched.lineCount ? undefined : built.provenance(line, line)[0];
}

/** What is wrong without one patch. */
interface Trial {
  readonly without: SetPatch;
  readonly faults: readonly SyntaxFault[];
}

async function trialsOf(
  engine: Engine,
  baseline: Snapshot,
  { patches, proof }: PatchedFile,
): Promise<Trial[]> {
  if (patches.length > MOST_LEFT_OUT) return [];
  const trials: Trial[] = [];
  for (const without of patches) {
    const others = patches.filter((other) => !standsOn(other, without, patches));
    const { built } = checkFile(engine, baseline, others);
    // Nothing can be told where the others do not apply without it.
    if (!built) continue;
    const text = textOf(built.patched);
    built.dispose();
    trials.push({ without, faults: await parseFaults(proof.file, text) });
  }
  return trials;
}

/** The patches without which the file is as sound as it was; if there is none, without which this fault goes. */
function curesOf(
  { message }: SyntaxFault,
  faults: readonly SyntaxFault[],
  frozen: readonly SyntaxFault[],
  trials: readonly Trial[],
): SetPatch[] {
  const saying = (some: readonly SyntaxFault[]) =>
    some.filter((fault) => fault.message === message).length;
  const whole = trials.filter((trial) => trial.faults.length <= frozen.length);
  const partial = trials.filter((trial) => saying(trial.faults) < saying(faults));
  return (whole.length > 0 ? whole : partial).map(({ without }) => without);
}

/** Whether a patch is `below`, or follows it, near or far. */
function standsOn(patch: SetPatch, below: SetPatch, patches: readonly SetPatch[]): boolean {
  for (
    let next: SetPatch | undefined = patch, steps = 0;
    next && steps <= patches.length;
    steps++
  ) {
    if (next === below) return true;
    const { base }: SetPatch = next;
    next = patches.find(({ result }) => result === base);
  }
  return false;
}

function blamed(
  all: readonly SetPatch[],
  writer: SetPatch | undefined,
  cures: readonly SetPatch[],
): readonly SetPatch[] {
  if (cures.length === 0) return writer ? [writer] : all;
  if (writer === undefined || !cures.includes(writer)) return cures;
  return [writer, ...cures.filter((patch) => patch !== writer)];
}
