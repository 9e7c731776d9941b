/** What `firn apply` hands out: the text or its diff, and to whom. */
import { type Batch, type BatchInput, FirnError, type Patched } from '@firn/engine';
import { Failure, usage } from '../failure.js';
import { deliver } from '../io/deliver.js';
import { type Destination, destinationOf } from '../io/destination.js';
import { placeOf } from '../io/errno.js';
import { type Identity, type Input, identityOf, isSameFile } from '../io/read.js';
import type { OutputSummary } from '../json/result.js';
import type { CommonOptions, OutputOptions } from '../options.js';
import { nameFromHere, nameOf } from '../tree/names.js';
import type { Session } from './session.js';

export type ApplyOptions = CommonOptions & OutputOptions;

/** Where the result goes, as the user named it; undefined: nowhere. Refuses calls that contradict themselves. */
export function targetOf(file: string, options: ApplyOptions): string | undefined {
  const { output, inPlace, diff, context, json, check, reject } = options;
  if (check) {
    if (output !== undefined) throw usage('--check writes nothing; -o asks for it');
    return undefined;
  }
  if (reject && file === '-') throw usage('--reject needs a file to write its .rej beside');
  if (context !== undefined && !diff) throw usage('--context goes with --diff');
  if (inPlace) {
    if (output !== undefined) throw usage('--in-place and -o exclude each other');
    if (diff) throw usage('--in-place writes the text; for the diff use -o');
    if (file === '-') throw usage('standard input cannot be changed in place');
    requireReplaceable(file);
    return file;
  }
  if (!json) return output ?? '-';
  if (output === undefined) {
    if (diff)
      throw usage('--json and --diff both want standard output; -o takes the diff elsewhere');
    return undefined;
  }
  requireOneStream(json, output);
  return output;
}

/** Hands the result over; what it tells is for the report. */
export async function write(
  session: Session,
  patched: Patched,
  target: string | undefined,
  options: ApplyOptions,
): Promise<OutputSummary | null> {
  if (target === undefined) return null;
  // Looked at only now: what is there may have changed while the batch was read.
  const destination = destinationOf(target);
  requireNot(session.batchFile.identity, destination);
  const { inPlace, diff } = options;
  const kind = diff ? 'diff' : 'text';
  const bytes = diff ? await diffOf(session, patched, destination, options) : patched.bytes();
  const { identity, bytes: before } = session.file;
  if (inPlace && before.equals(bytes)) return { path: target, kind, written: false };
  const expected = inPlace || isFile(identity, destination) ? identity : undefined;
  await deliver(bytes, destination, placeOf(target, 'standard output'), expected);
  return { path: target, kind, written: true };
}

/** Puts a result where it was asked for: a file as one step; undefined: nowhere. */
export async function deliverTo(
  target: string | undefined,
  bytes: Uint8Array,
  kind: OutputSummary['kind'],
  inputs: readonly Input[],
): Promise<OutputSummary | null> {
  if (target === undefined) return null;
  const destination = destinationOf(target);
  // One of the inputs may be what is replaced: then it must still be what was read.
  const replaced = inputs.find(({ identity }) => isFile(identity, destination));
  await deliver(bytes, destination, placeOf(target, 'standard output'), replaced?.identity);
  return { path: target, kind, written: true };
}

/** JSON is UTF-8, and so is a batch that is written: one with other bytes in it is told, not changed. */
export function jsonOf(batch: Batch): BatchInput | FirnError {
  try {
    return batch.toJSON();
  } catch (error) {
    if (error instanceof FirnError && error.code === 'malformed_text') return error;
    throw error;
  }
}

/** Without -o the result is standard output's, unless a report goes there. */
export function targetFor(json: true | undefined, output: string | undefined): string | undefined {
  requireOneStream(json, output);
  return output ?? (json ? undefined : '-');
}

/** What found no place, as a diff beside the file, where patch and git apply put it. */
export async function writeRejects({ file, placed }: Session): Promise<void> {
  if (!placed || placed.rejects.length === 0) return;
  const path = `${file.path}.rej`;
  await deliver(placed.rejects, destinationOf(path), placeOf(path, 'standard output'), undefined);
}

/** Standard output is the report's or the result's, not both. `option`: the one that names `output`. */
export function requireOneStream(
  json: true | undefined,
  output: string | undefined,
  option = '-o',
): void {
  if (!json || output === undefined) return;
  if (isStandardOutput(destinationOf(output))) {
    throw usage(`--json and ${option} both want standard output`);
  }
}

/** What is not there at all, reading it will say. */
function requireReplaceable(file: string): void {
  if (destinationOf(file).kind === 'file') return;
  const { name } = placeOf(file, 'standard output');
  const message = `cannot write ${name}: only a regular file can be replaced`;
  throw new Failure('io', message, { path: file });
}

/** Whoever names the batch as the output has mixed up two options; the batch would be gone. */
function requireNot(batch: Identity | undefined, destination: Destination): void {
  if (isFile(batch, destination)) throw usage('the output would replace the batch');
}

function isFile(identity: Identity | undefined, destination: Destination): boolean {
  if (identity === undefined || destination.kind !== 'file' || !destination.stats) return false;
  return isSameFile(identity, identityOf(destination.stats));
}

function isStandardOutput(destination: Destination): boolean {
  return destination.kind === 'descriptor' && destination.fd === 1;
}

async function diffOf(
  { engine, file, batch }: Session,
  patched: Patched,
  destination: Destination,
  { context, color }: ApplyOptions,
): Promise<Uint8Array> {
  const name = nameFromHere(file.path) ?? batch.file ?? nameOf(file.path);
  const names = name === undefined ? {} : { oldName: `a/${name}`, newName: `b/${name}` };
  const bytes = patched.unifiedDiffBytes({ context, ...names });
  if (!isStandardOutput(destination)) return bytes;
  const { screenOf } = await import('../io/screen.js');
  const { isTerminal, palette } = screenOf(1, color);
  // For a program the bytes as they are; for eyes in colour, and nothing in it acts on the terminal.
  if (!isTerminal && !palette.enabled) return bytes;
  const { renderDiff } = await import('../render/diff.js');
  return Buffer.from(renderDiff(bytes, palette, (a, b) => engine.words(a, b)));
}
