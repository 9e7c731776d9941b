/** `firn merge`: two versions of a file, and what they began with, as one. */
import type { MergeCallOptions } from '../calls/merge.js';
import { Exit } from '../exit.js';
import { Failure, usage } from '../failure.js';
import { type Input, readInput } from '../io/read.js';
import { quoted } from '../render/safe.js';
import { hasNul } from '../tree/compare.js';
import type { Answer } from './answer.js';
import { deliverTo, targetFor } from './output.js';
import { loadBackend } from './session.js';

export async function merge(
  basePath: string,
  oursPath: string,
  theirsPath: string,
  options: MergeCallOptions,
): Promise<Answer> {
  if ([basePath, oursPath, theirsPath].filter((path) => path === '-').length > 1) {
    throw usage('only one side can be standard input');
  }
  const target = targetFor(options.json, options.output);
  const base = await readInput(basePath);
  const ours = await readInput(oursPath);
  const theirs = await readInput(theirsPath);
  if (!options.text) [ours, base, theirs].forEach(requireText);
  const engine = await loadBackend(options.backend);
  const { style, favor, markerSize, path } = options;
  // git's driver is given files with names that mean nothing.
  const names = path === undefined ? [oursPath, basePath, theirsPath] : ['ours', 'base', 'theirs'];
  const [oursLabel, baseLabel, theirsLabel] = names.map(
    (name, at) => options.label?.[at] ?? onOneLine(name),
  );
  const labels = { oursLabel, baseLabel, theirsLabel };
  const merged = engine.merge(base.bytes, ours.bytes, theirs.bytes, {
    style,
    favor,
    markerSize,
    ...labels,
  });
  const { conflicts } = merged;
  const output = await deliverTo(target, merged.bytes(), 'text', [base, ours, theirs]);
  return {
    exitCode: conflicts.length > 0 ? Exit.refused : Exit.fine,
    facts: () => ({ backend: engine.backend, conflicts, output }),
    words: async () => {
      if (conflicts.length === 0 || options.quiet) return {};
      const { renderConflicts } = await import('../render/conflicts.js');
      return { err: renderConflicts(conflicts, path ?? oursPath) };
    },
  };
}

/** A marker is one line, and a path may have several. */
function onOneLine(path: string): string {
  return path.includes('\n') ? quoted(path) : path;
}

/** Lines put together from two binaries are neither of them. */
function requireText({ bytes, name, path }: Input): void {
  if (!hasNul(bytes)) return;
  const message = `cannot merge ${name}: it looks binary; --text merges it line by line`;
  throw new Failure('binary_patch', message, { path });
}
