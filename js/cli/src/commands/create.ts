/** `firn create`: what turns a baseline into its edited self, as a batch or a diff. */
import { type Engine, FirnError } from '@firn/engine';
import type { CreateOptions } from '../calls/create.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { type FileDifference, fieldsOf } from '../json/result.js';
import { quotedShort } from '../render/safe.js';
import { type Comparison, changeOf, compare } from '../tree/compare.js';
import { type WrittenDiff, writeGitDiff } from '../tree/git-diff.js';
import { MAX_NAME, nameOf } from '../tree/names.js';
import type { Answer } from './answer.js';
import { aboutOthers } from './diff.js';
import { deliverTo, jsonOf, targetFor } from './output.js';
import { loadBackend } from './session.js';

export async function create(
  baseline: string,
  edited: string,
  options: CreateOptions,
): Promise<Answer> {
  const target = targetFor(options.json, options.output);
  const comparison = await compare(baseline, edited);
  const format = options.format ?? (comparison.isTree ? 'diff' : 'batch');
  if (comparison.isTree && format === 'batch') {
    throw usage('a batch is for one file; of two trees a diff is made');
  }
  if (options.id !== undefined && format === 'diff') throw usage('--id is of a batch');
  if (options.unified !== undefined && format === 'batch') throw usage('--unified is of a diff');
  if (options.file !== undefined && comparison.isTree) {
    throw usage('--file is of one file; a diff of two trees names its files itself');
  }
  const engine = await loadBackend(options.backend);
  const made =
    format === 'batch'
      ? await batchOf(engine, comparison, baseline, options)
      : diffOf(engine, comparison, options);
  if (made instanceof FirnError) {
    return refused(made, `${made.message}; --format diff keeps the bytes`);
  }
  const binary = made.differences.filter((file) => file.binary);
  if (binary[0]) return refusedBinary(binary[0]);
  const output = await deliverTo(target, made.bytes, format, []);
  return {
    exitCode: Exit.fine,
    facts: () => ({ backend: engine.backend, differences: made.differences, output }),
    words: async () => ({ err: await aboutOthers(comparison) }),
  };
}

interface Made {
  readonly bytes: Uint8Array;
  readonly differences: readonly FileDifference[];
}

async function batchOf(
  engine: Engine,
  { pairs }: Comparison,
  baseline: string,
  options: CreateOptions,
): Promise<Made | FirnError> {
  const [pair] = pairs;
  const same = pair ? undefined : (await import('../io/read.js')).readInput(baseline);
  const text = (await same)?.bytes ?? Buffer.alloc(0);
  const side = { bytes: text, executable: false };
  const names = { path: baseline, oldName: baseline, newName: baseline };
  const change = pair ?? { ...names, before: side, after: side };
  const { snapshot, batch } = changeOf(engine, change, options.algorithm);
  const { linesAdded, linesRemoved } = snapshot.check(batch).counts;
  const file = options.file ?? nameOf(pair?.before === undefined && pair ? pair.path : baseline);
  const written = jsonOf(batch);
  if (written instanceof FirnError) return written;
  const { schema, ...rest } = written;
  const { id } = options;
  const given = { ...(id !== undefined && { id }), ...(file !== undefined && { file }) };
  const json = { schema, ...given, ...rest };
  // Read again: an id that is none must not get into a batch.
  engine.batch(JSON.stringify(json)).dispose();
  const difference: FileDifference = {
    path: change.path,
    kind: 'modify',
    linesAdded,
    linesRemoved,
  };
  const bytes = Buffer.from(`${JSON.stringify(json, null, 2)}\n`);
  return { bytes, differences: pair ? [difference] : [] };
}

function diffOf(engine: Engine, { pairs, isTree }: Comparison, options: CreateOptions): Made {
  const { unified, algorithm, text = false } = options;
  const files: WrittenDiff[] = [];
  for (const pair of pairs) {
    const name = options.file ?? pair.oldName;
    const named = isTree ? pair : { ...pair, oldName: name, newName: name };
    files.push(writeGitDiff(engine, named, { context: unified, algorithm, text, headers: isTree }));
  }
  return {
    bytes: Buffer.concat(files.map(({ bytes }) => bytes)),
    differences: files.map(({ bytes: _bytes, ...facts }) => facts),
  };
}

function refusedBinary({ path }: FileDifference): Answer {
  const name = quotedShort(path, MAX_NAME);
  const message = `${name} looks binary, and a diff of it could not be applied; --text takes it as lines`;
  return refused(new FirnError({ code: 'binary_patch', message }), message);
}

function refused(error: FirnError, message: string): Answer {
  return {
    exitCode: Exit.refused,
    facts: () => ({ output: null, error: fieldsOf(error) }),
    words: async () => ({ err: `firn: ${message}\n` }),
  };
}
