/**
 * A copy of a tree with some files replaced, which appears as a whole: it is made in a folder beside
 * the one that is wanted, and renamed.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CopiedTree, type CopyTreeOptions, type Engine, Trees } from '@firn/engine';
import { Failure } from '../failure.js';
import { errnoOf, errorOf, fileNamed, ioFailure } from '../io/errno.js';
import { Progress } from '../io/progress.js';
import { copyTree } from './copy-tree.js';
import { HeldSignals } from './held-signals.js';

export interface BuildTreeOptions {
  /** What the files at these paths hold in the new tree. */
  readonly replacements: ReadonlyMap<string, Uint8Array>;
  /** One more file in the root of the new tree: name and text. */
  readonly added: readonly [name: string, text: string];
  readonly hardLinks: boolean;
  readonly showsProgress: boolean;
}

export type BuiltTree = Extract<CopiedTree, { outcome: 'done' }>;

/** Throws a `Failure` when it cannot be done; then there is no such folder, as before. */
export async function buildTree(
  engine: Engine,
  root: string,
  out: string,
  options: BuildTreeOptions,
): Promise<BuiltTree> {
  requireFree(out);
  const from = rootOf(root);
  const beside = path.join(
    path.dirname(path.resolve(out)),
    `.firn-${randomBytes(8).toString('hex')}.tmp`,
  );
  const signals = new HeldSignals();
  try {
    mkdirSync(beside);
    const built = await fill(engine, from, beside, options, signals.signal);
    if (built.outcome !== 'done') throw failureOf(built, root);
    const [name, text] = options.added;
    const added = path.join(beside, name);
    // Never into what is there: it may be a link into the baseline.
    rmSync(added, { force: true });
    writeFileSync(added, text, { flag: 'wx' });
    if (signals.caught) throw endedBySignal();
    renameSync(beside, out);
    return built;
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (signals.caught) throw signals.end();
    throw error instanceof Failure ? error : ioFailure('write', fileNamed(out), error);
  } finally {
    signals.release();
  }
}

async function fill(
  engine: Engine,
  from: string,
  to: string,
  { replacements, hardLinks, showsProgress }: BuildTreeOptions,
  signal: AbortSignal,
): Promise<CopiedTree> {
  const progress = showsProgress ? await Progress.begin('files') : undefined;
  const onProgress = progress && ((done: number, total: number) => progress.update(done, total));
  const options: CopyTreeOptions = { replacements, hardLinks, signal, onProgress };
  try {
    const copied = await Trees.of(engine)?.copyTree(from, to, options);
    return copied ?? (await copyTree(from, to, options));
  } finally {
    progress?.end();
  }
}

/** Said to nobody: once all is cleared away, the process ends as the signal asked. */
function endedBySignal(): Failure {
  return new Failure('io', 'ended by a signal; nothing is built');
}

function failureOf(copied: Exclude<CopiedTree, BuiltTree>, root: string): Failure {
  if (copied.outcome === 'cancelled') return endedBySignal();
  const place = fileNamed(path.join(root, copied.path));
  switch (copied.outcome) {
    case 'failed':
      return ioFailure('copy', place, errorOf(copied.systemError, 'copy'));
    case 'not-a-file':
      return new Failure(
        'io',
        `cannot copy ${place.name}: it is no regular file, folder or symbolic link`,
        place,
      );
    case 'not-in-tree':
      return new Failure(
        'io',
        `cannot patch ${place.name}: it is a symbolic link, lies behind one, or is left out of the build`,
        place,
      );
  }
}

function rootOf(root: string): string {
  try {
    return realpathSync(root);
  } catch (error) {
    throw ioFailure('read', fileNamed(root), error);
  }
}

/** An empty folder may be there: the system renames over it. */
function requireFree(out: string): void {
  try {
    if (readdirSync(out).length === 0) return;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    if (errnoOf(error) !== 'ENOTDIR') throw ioFailure('write', fileNamed(out), error);
  }
  const { path: named, name } = fileNamed(out);
  throw new Failure('io', `cannot write ${name}: it is there already; name another, or delete it`, {
    path: named,
  });
}
