/**
 * What `--json` prints: one line, schema `firn.cli/1`, described in README.md and by
 * schema/firn.cli.schema.json, which knows no other field. A later version may add some; what is there
 * keeps its name and meaning.
 */
import type {
  Backend,
  CarriedConflict,
  CarriedPatch,
  Change,
  CheckReport,
  Conflict,
  ErrorFields,
  FirnError,
  PlacedHunk,
  Report,
} from '@firn/engine';
import type { PatchEntry, SetErrorFields } from '@firn/sets';
import type { ExitCode } from '../exit.js';
import type { FailureCode } from '../failure.js';
import type { GateReport } from '../gate/finding.js';
import type { CommandName, CommonOptions } from '../options.js';

export interface CliResult {
  readonly schema: 'firn.cli/1';
  /** Null when the call names none. */
  readonly command: CommandName | null;
  readonly ok: boolean;
  readonly exitCode: ExitCode;
  readonly version: string;
  /** Absent when no engine was needed, or none could be loaded. */
  readonly backend?: Backend | undefined;
  /** As on the command line. */
  readonly file?: string | undefined;
  readonly batch?: BatchSummary | undefined;
  readonly policy?: CommonOptions['policy'] | undefined;
  readonly ties?: CommonOptions['ties'] | undefined;
  /** The file as it was read. */
  readonly before?: TextSummary | undefined;
  /** What `apply` made of it. */
  readonly after?: TextSummary | undefined;
  /** The revision that the result is at. */
  readonly revision?: number | undefined;
  /** The engine's: of `apply` what it did, else what it found. */
  readonly report?: Report | CheckReport | undefined;
  readonly changes?: readonly Change[] | undefined;
  /** Of a diff applied to a file: where its hunks came to lie. */
  readonly hunks?: readonly PlacedHunk[] | undefined;
  /** `apply` to a tree: what became of it. */
  readonly tree?: TreeResult | undefined;
  /** The sides of `diff`, `create`, `merge` (the base) and `rebase`, as on the command line. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly ours?: string | undefined;
  readonly theirs?: string | undefined;
  /** `diff`, `create`: the files in which the two sides differ. */
  readonly differences?: readonly FileDifference[] | undefined;
  /** `merge`, `resolve -o`: what both sides changed, each in its own way. */
  readonly conflicts?: readonly Conflict[] | undefined;
  /** `rebase`: what became of each patch. */
  readonly carried?: readonly (CarriedPatch | CarriedConflict)[] | undefined;
  /** `init`, `add`, `edit`, `remove`, `resolve`: the set, with the patches that changed; `status`, `list`: all of them. */
  readonly sets?: readonly SetResult[] | undefined;
  /** What is wrong with patch sets, each naming the set and patch that it is about. */
  readonly problems?: readonly SetErrorFields[] | undefined;
  /** `check` of patch sets, `rebase --onto`; `build --syntax`: which patches break it. */
  readonly gate?: GateReport | undefined;
  /** `build`: what was made. */
  readonly build?: BuildSummary | undefined;
  /** `explain`: the explanation, a paragraph an element. */
  readonly explanation?: readonly string[] | undefined;
  /** Where the result went; null when it went nowhere. */
  readonly output?: OutputSummary | null | undefined;
  /** The laws broken: why the batch was refused, or parts of it left out. */
  readonly violations: readonly ErrorFields[];
  /** Why there was nothing to judge: the call, the files, or a batch that is none. */
  readonly error?: ErrorFields | CallError | undefined;
}

export interface BatchSummary {
  /** As on the command line. */
  readonly path: string;
  /** Only of a diff. */
  readonly format?: 'diff' | undefined;
  readonly id?: string | undefined;
  /** The file that the batch names. */
  readonly file?: string | undefined;
  /** How many; absent when the batch could not be read. */
  readonly patches?: number | undefined;
}

export interface TextSummary {
  readonly fingerprint: string;
  readonly lineCount: number;
  readonly byteLength: number;
}

export interface BuildSummary {
  /** The new tree, as on the command line. */
  readonly output: string;
  /** Of its manifest: two builds with the same id have the same patched bytes. */
  readonly id: string;
  /** Regular files and symbolic links that came from the baseline. */
  readonly files: number;
  readonly patched: number;
  /** Files that share their blocks with the baseline, or are hard links to it. */
  readonly shared: number;
}

export interface OutputSummary {
  readonly path: string;
  readonly kind: 'text' | 'diff' | 'batch';
  /** False when a file already held just this and was left alone. */
  readonly written: boolean;
}

export interface TreeResult {
  /** As on the command line. */
  readonly directory: string;
  readonly strip?: number | undefined;
  readonly diffs?: readonly string[] | undefined;
  /** Whether the tree was changed. */
  readonly written?: boolean | undefined;
  /** In the order of the diffs; absent when they could not be read. */
  readonly files?: readonly TreeFileResult[] | undefined;
  /** `--continue`, `--abort`: the files of the apply that was cut short. */
  readonly recovered?: readonly string[] | undefined;
}

export interface TreeFileResult {
  /** Below the directory: the file that is written, or removed. */
  readonly path: string;
  readonly kind: 'modify' | 'create' | 'remove' | 'rename' | 'copy';
  /** Of a rename or copy: where it comes from. */
  readonly from?: string | undefined;
  /** Octal, as git has it, when the diff changes it. */
  readonly mode?: string | undefined;
  readonly hunks: readonly PlacedHunk[];
  /** Why it, or some of its hunks, are left out. */
  readonly violations: readonly ErrorFields[];
}

export interface FileDifference {
  /** Below the two sides; of two files, the name of the second. */
  readonly path: string;
  readonly kind: 'modify' | 'create' | 'remove';
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** True: it is not shown line by line. */
  readonly binary?: true | undefined;
}

export interface SetResult {
  readonly id: string;
  /** Its folder. */
  readonly path: string;
  readonly patches: readonly SetPatchResult[];
  /** Of `status`: patch files that the manifest does not name. */
  readonly unused?: readonly string[] | undefined;
}

export interface SetPatchResult
  extends Pick<PatchEntry, 'id' | 'file' | 'patch' | 'order' | 'base' | 'result'> {
  readonly when?: Readonly<Record<string, string>> | undefined;
  readonly author?: string | undefined;
  readonly reason?: string | undefined;
  /** Of `status`. */
  readonly status?: PatchStatus | undefined;
  /** Of `status`: how many conflicts the last rebase has left to resolve. */
  readonly conflicts?: number | undefined;
  /** Of `add`, `edit`, `remove` and `resolve`: what became of it. */
  readonly change?: 'added' | 'changed' | 'removed' | undefined;
}

/**
 * `stale`: the text under it is not the one that it was made for. `refused`: it does not apply to that
 * text, or makes something else of it than was recorded. `off`: its conditions are not met.
 */
export type PatchStatus = 'fits' | 'stale' | 'refused' | 'collides' | 'off';

export interface CallError {
  readonly code: FailureCode;
  readonly message: string;
  readonly path?: string | undefined;
  readonly errno?: string | undefined;
}

/** Printable by every terminal: what JSON may hold as it is but a terminal would act on is escaped. */
export function resultJson(result: CliResult): string {
  const json = JSON.stringify(result);
  return `${json.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  return character.replace(
    /[\s\S]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A patch of a set as reports have it: without its bytes. */
export function patchResult(
  { id, file, patch, order, base, result, when, author, reason }: PatchEntry,
  more: Pick<SetPatchResult, 'status' | 'conflicts' | 'change'> = {},
): SetPatchResult {
  return { id, file, patch, order, base, result, when, author, reason, ...more };
}

/** Of one error by itself: its violations stand beside it. */
export function fieldsOf(error: FirnError): ErrorFields {
  const { name: _name, violations: _violations, ...fields } = error;
  return { ...fields, message: error.message };
}

export function summaryOf(text: TextSummary): TextSummary {
  const { fingerprint, lineCount, byteLength } = text;
  return { fingerprint, lineCount, byteLength };
}
