/** What `firn add` is given, as changes of one file each. */
import path from 'node:path';
import { type Batch, type Engine, type FileDiff, FirnError, type Snapshot } from '@firn/engine';
import { FirnSetError, type PatchSet } from '@firn/sets';
import { pathBelow } from '@firn/sets/node';
import type { AddOptions } from '../calls/add.js';
import type { Answer } from '../commands/answer.js';
import { formatOf, readDiff, requireNoDiffOptions, unreadable } from '../commands/diff-input.js';
import { usage } from '../failure.js';
import { type Input, readInput } from '../io/read.js';
import { placeOptionsOf } from '../options.js';
import { quotedShort } from '../render/safe.js';
import { compare } from '../tree/compare.js';
import { MAX_NAME, pathOf } from '../tree/names.js';

/** A change of one file, before the text that it is of is known. */
export interface FileChange {
  /** Below the root. */
  readonly file: string;
  /** What messages call it. */
  readonly label: string;
  /** The change of that text. Throws FirnError. */
  readonly batchOver: (text: Snapshot) => Batch;
  /** Its own file, when that is to stay as it was written; else it is written anew. */
  readonly bytes?: Uint8Array;
  readonly ending: '.json' | '.patch';
  /** The fingerprint of the text that it says it was made for. */
  readonly base?: string | undefined;
  /** The id that it has of its own. */
  readonly wish?: string | undefined;
  /** Where it lies already, below the set's folder. */
  readonly inPlace?: string | undefined;
}

export async function readChanges(
  engine: Engine,
  set: PatchSet,
  paths: readonly string[],
  options: AddOptions,
): Promise<readonly FileChange[] | Answer> {
  if (options.edited !== undefined) {
    if (paths.length > 0) throw usage('--edited takes the place of CHANGE');
    requireNoDiffOptions(options);
    return editedFiles(engine, options.edited, options);
  }
  if (paths.length === 0) throw usage('what is to be added? A batch, a diff, or --edited');
  if (paths.filter((one) => one === '-').length > 1) throw usage('standard input is named twice');
  const changes: FileChange[] = [];
  for (const one of paths) {
    const input = await readInput(one);
    const read = changesIn(engine, set, input, options);
    if ('exitCode' in read) return read;
    changes.push(...read);
  }
  return changes;
}

function changesIn(
  engine: Engine,
  set: PatchSet,
  input: Input,
  options: AddOptions,
): readonly FileChange[] | Answer {
  const inPlace =
    input.path === '-' ? undefined : pathBelow(path.resolve(set.path), path.resolve(input.path));
  if (formatOf(input, options) === 'diff') {
    const diff = readDiff(engine, input, options, {});
    if ('exitCode' in diff) return diff;
    const { files } = diff;
    return orUnreadable(input, 'diff', () =>
      files.map((file) => diffOf(file, input, { ...options, inPlace }, files.length)),
    );
  }
  requireNoDiffOptions(options);
  return orUnreadable(input, 'batch', () => [
    batchOf(engine.batch(input.bytes), input, { ...options, inPlace }),
  ]);
}

function orUnreadable(
  input: Input,
  format: 'batch' | 'diff',
  read: () => readonly FileChange[],
): readonly FileChange[] | Answer {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FirnError)) throw error;
    return unreadable(error, input, format, {});
  }
}

type InPlace = { readonly inPlace: string | undefined };

function batchOf(batch: Batch, input: Input, { file, inPlace }: AddOptions & InPlace): FileChange {
  const named = file ?? batch.file;
  if (named === undefined) throw usage(`${input.name} names no file: --file says which it is for`);
  // "shop/cart" is cart of shop.
  const own = batch.id?.slice(batch.id.lastIndexOf('/') + 1);
  return {
    file: named,
    label: input.label,
    batchOver: () => batch,
    bytes: input.bytes,
    ending: '.json',
    base: baseOf(batch),
    wish: own !== undefined && isPlainId(own) ? own : undefined,
    inPlace,
  };
}

/** A batch that JSON cannot spell is none that came as JSON. */
function baseOf(batch: Batch): string | undefined {
  return batch.toJSON().base?.fingerprint?.toLowerCase();
}

function isPlainId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(id);
}

function diffOf(
  diff: FileDiff,
  input: Input,
  options: AddOptions & InPlace,
  files: number,
): FileChange {
  const { file, strip, inPlace } = options;
  if (file !== undefined && files > 1) {
    throw usage('--file is for one file, and the diff is of several');
  }
  const name = diff.newName ?? diff.oldName ?? '';
  const named = file ?? pathOf(name, strip);
  // git's index line names the mode that a file has and keeps.
  if (diff.kind !== 'modify' || diff.oldMode !== diff.newMode) {
    const does = diff.kind === 'modify' ? 'changes its mode' : `is to ${diff.kind} it`;
    throw wrongKind(named, does);
  }
  // One that lies in the set is what it is; others are written so that they lie exactly.
  const isHere = inPlace !== undefined && files === 1;
  return {
    file: named,
    label: input.label,
    batchOver: (text) => diff.place(text, placeOptionsOf({ ...options, policy: 'atomic' })).batch,
    ...(isHere ? { bytes: input.bytes } : {}),
    ending: '.patch',
    inPlace: isHere ? inPlace : undefined,
  };
}

async function editedFiles(
  engine: Engine,
  edited: string,
  { root, file, patches }: AddOptions,
): Promise<readonly FileChange[]> {
  if (file !== undefined) {
    const input = await readInput(edited);
    return [editOf(engine, file, input.bytes)];
  }
  const { isTree, pairs } = await compare(root, edited);
  if (!isTree) throw usage(`--edited is one file: --file says which of the baseline it was`);
  const ours = pathBelow(path.resolve(root), path.resolve(patches));
  const changes: FileChange[] = [];
  for (const { path: name, before, after } of pairs) {
    if (ours !== undefined && `${name}/`.startsWith(`${ours}/`)) continue;
    if (!before) throw wrongKind(name, 'is to create it');
    if (!after) throw wrongKind(name, 'is to remove it');
    if (!before.bytes.equals(after.bytes)) changes.push(editOf(engine, name, after.bytes));
  }
  return changes;
}

function editOf(engine: Engine, file: string, after: Uint8Array): FileChange {
  return {
    file,
    label: file,
    batchOver: (text) => engine.diff(text, after),
    ending: '.json',
  };
}

/** Files come, go and move by other means. */
function wrongKind(file: string, does: string): FirnSetError {
  const message = `the change of ${quotedShort(file, MAX_NAME)} ${does}: patch sets change the text of files that are there`;
  return new FirnSetError({ code: 'set_wrong_file', message, file });
}
