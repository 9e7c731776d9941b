/** A file's change in the form of git: headers that say what becomes of the file, then hunks. */
import type { Engine } from '@firn/engine';
import type { FileDifference } from '../json/result.js';
import { changeOf, looksBinary, type Pair } from './compare.js';

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
  const { before, after, newName } = pair;
  const kind = before ? (after ? 'modify' : 'remove') : 'create';
  const oldName = before ? `a/${pair.oldName}` : '/dev/null';
  const names = { oldName, newName: after ? `b/${newName}` : '/dev/null' };
  const headers = options.headers ? headersOf(pair) : '';
  const facts = { path: newName, kind } as const;
  if (!options.text && looksBinary(pair)) {
    const line = `Binary files ${headerName(names.oldName)} and ${headerName(names.newName)} differ\n`;
    const bytes = Buffer.from(`${headers}${line}`);
    return { ...facts, linesAdded: 0, linesRemoved: 0, binary: true, bytes };
  }
  const { snapshot, batch } = changeOf(engine, pair, options.algorithm);
  const patched = snapshot.apply(batch);
  const hunks = patched.unifiedDiffBytes({ context: options.context, ...names });
  const { linesAdded, linesRemoved } = patched.report.counts;
  for (const handle of [patched, batch, snapshot]) handle.dispose();
  return {
    ...facts,
    linesAdded,
    linesRemoved,
    bytes: Buffer.concat([Buffer.from(headers), hunks]),
  };
}

function headersOf({ oldName, newName, before, after }: Pair): string {
  const lines = [`diff --git ${quotedName(`a/${oldName}`)} ${quotedName(`b/${newName}`)}`];
  if (!before && after) lines.push(`new file mode ${modeOf(after)}`);
  else if (before && !after) lines.push(`deleted file mode ${modeOf(before)}`);
  else if (before && after && before.executable !== after.executable) {
    lines.push(`old mode ${modeOf(before)}`, `new mode ${modeOf(after)}`);
  }
  return `${lines.join('\n')}\n`;
}

function modeOf({ executable }: { readonly executable: boolean }): string {
  return executable ? '100755' : '100644';
}

function headerName(name: string): string {
  return name === '/dev/null' ? name : quotedName(name);
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
