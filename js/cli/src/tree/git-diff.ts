/** A file's change in the form of git: headers that say what becomes of the file, then hunks. */
import type { Engine, UnifiedDiffOptions } from '@firn/engine';
import type { FileDifference } from '../json/result.js';
import { changeOf, looksBinary, type Pair, type Side } from './compare.js';

export interface GitDiffOptions {
  readonly context: number | undefined;
  readonly algorithm: 'histogram' | 'myers' | 'minimal';
  /** Lines are lines, even with NULs in them. */
  readonly text: boolean;
  /** With the headers of git; without them it is what `diff -u` writes. */
  readonly headers: boolean;
}

export interface WrittenDiff extends FileDifference {
  readonly bytes: Uint8Array;
}

export function writeGitDiff(engine: Engine, pair: Pair, options: GitDiffOptions): WrittenDiff {
  const { path, before, after } = pair;
  const kind = before ? (after ? 'modify' : 'remove') : 'create';
  const { context, algorithm } = options;
  // Only git's headers tell of an empty file that comes or goes.
  const headers = options.headers || kind !== 'modify';
  const style = { context, functionNames: 'by-name' } as const;
  if (!options.text && looksBinary(pair)) {
    const bytes = binaryDiff(pair);
    return { path, kind, linesAdded: 0, linesRemoved: 0, binary: true, bytes };
  }
  const { snapshot, batch } = changeOf(engine, pair, algorithm);
  const patched = snapshot.apply(batch);
  const names = headers ? { git: gitHeader(pair, kind) } : plainNames(pair);
  const bytes = patched.unifiedDiffBytes({ ...style, ...names });
  const { linesAdded, linesRemoved } = patched.report.counts;
  for (const handle of [patched, batch, snapshot]) handle.dispose();
  return { path, kind, linesAdded, linesRemoved, bytes };
}

function gitHeader(
  { oldName, newName, before, after }: Pair,
  kind: FileDifference['kind'],
): UnifiedDiffOptions['git'] {
  const isModeChange = before && after && before.executable !== after.executable;
  const wantsOld = kind === 'remove' || isModeChange;
  const wantsNew = kind === 'create' || isModeChange;
  return {
    kind,
    oldPath: oldName,
    newPath: newName,
    oldMode: wantsOld ? modeOf(before) : undefined,
    newMode: wantsNew ? modeOf(after) : undefined,
  };
}

function modeOf(side: Side | undefined): string {
  return side?.executable ? '100755' : '100644';
}

function plainNames({ oldName, newName, before, after }: Pair): UnifiedDiffOptions {
  return {
    oldName: before ? `a/${oldName}` : '/dev/null',
    newName: after ? `b/${newName}` : '/dev/null',
  };
}

/** What stands in place of hunks. With git's header no reader passes over it as if it were nothing. */
function binaryDiff(pair: Pair): Buffer {
  const [a, b] = [`a/${pair.oldName}`, `b/${pair.newName}`].map(quotedName);
  const { oldName, newName } = plainNames(pair);
  const sides = `Binary files ${oldName && quotedName(oldName)} and ${newName && quotedName(newName)}`;
  return Buffer.from(`diff --git ${a} ${b}\n${sides} differ\n`);
}

const letters: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** As git quotes a name; the engine does the same in its own headers. */
function quotedName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const needed = /[\x00-\x1f"\\\x7f]/g;
  if (name.search(needed) === -1) return name;
  const octal = (character: string) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `"${name.replace(needed, (character) => letters[character] ?? octal(character))}"`;
}
