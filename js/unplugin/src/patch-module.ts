/** One file, frozen, patched and proved: its text and the map back. */
import type { Engine, Snapshot } from '@firn/engine';
import {
  applyFile,
  type FileProof,
  type PatchedFile,
  reproduceFile,
  type SetPatch,
} from '@firn/sets';
import { freezeBaseline } from '@firn/sets/node';
import type { Located } from './locate.js';
import { FirnPluginError } from './plugin-error.js';

/** The object form of a source map, which no bundler has to parse. */
export interface SourceMap {
  readonly version: 3;
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly names: string[];
  readonly mappings: string;
}

export interface PatchedModule {
  readonly code: string;
  /** Null where none is wanted, or none makes sense: what is no code has no lines to stop at. */
  readonly map: SourceMap | null;
  readonly proof: FileProof;
}

/** The same with its very bytes, for a file that is put out as it is. */
export interface PatchedBytes extends PatchedModule {
  readonly bytes: Uint8Array;
}

export interface FileWork {
  readonly engine: Engine;
  readonly located: Located;
  readonly patches: readonly SetPatch[];
  /** Whether a map is wanted. */
  readonly isMapped: boolean;
  readonly syntax: boolean;
}

export interface ModuleWork extends FileWork {
  /** What the bundler read. */
  readonly code: string;
}

/**
 * What a comment with a map can be put behind. esbuild's plugins hand maps over in such a comment, and
 * JSON has none.
 */
const MAPPED = /\.(?:[cm]?[jt]sx?|css|less|s[ac]ss|styl|vue|svelte|astro)$/i;

/** Patches a module. Throws FirnSetError, FirnError, FirnPluginError. */
export async function patchModule(work: ModuleWork): Promise<PatchedModule> {
  const same = reproducedModule(work);
  if (same) return same;
  const { snapshot, text } = baselineOf(work);
  try {
    const { code, map, proof } = await patched(work, snapshot, text);
    return { code, map, proof };
  } finally {
    snapshot.dispose();
  }
}

/** Most modules are what they were, and ask for no more than their text. */
function reproducedModule(work: ModuleWork): PatchedModule | undefined {
  const { engine, located, patches, code, isMapped, syntax } = work;
  const isMappable = MAPPED.test(located.file);
  if (syntax || (isMapped && isMappable)) return undefined;
  const same = reproduceFile(engine, code, patches);
  if (!same) return undefined;
  return { code: isMappable ? same.text : unmarked(same.text), map: null, proof: same.proof };
}

/** Patches a file as it is on disk. */
export async function patchFile(work: FileWork): Promise<PatchedBytes> {
  const { engine, located } = work;
  const snapshot = freezeBaseline(engine, located.folder, located.file);
  try {
    const text = decoded(snapshot.bytes());
    return await patched(work, snapshot, text);
  } finally {
    snapshot.dispose();
  }
}

/** A frozen file, and its text as the map holds it. */
interface Baseline {
  readonly snapshot: Snapshot;
  readonly text: string;
}

/**
 * The frozen file. A bundler hands over text: where its bytes are the ones that patches were made for,
 * that is it. Else the disk is asked: text that has lost a byte order mark, or bytes that are not
 * UTF-8, are what was read from there; anything else is what another plugin has made of it.
 */
function baselineOf({ engine, located, patches, code }: ModuleWork): Baseline {
  const given = engine.freeze(code);
  const { fingerprint } = given;
  if (patches.some(({ base }) => base === fingerprint)) return { snapshot: given, text: code };
  given.dispose();
  const snapshot = freezeBaseline(engine, located.folder, located.file);
  const text = decoded(snapshot.bytes());
  if (unmarked(text) === unmarked(code)) return { snapshot, text };
  snapshot.dispose();
  throw new FirnPluginError({
    code: 'set_base_mismatch',
    message: `another plugin changed "${located.file}" before its patches were applied: put firn() first`,
    id: located.path,
  });
}

async function patched(
  { engine, located, patches, isMapped, syntax }: FileWork,
  baseline: Snapshot,
  frozen: string,
): Promise<PatchedBytes> {
  const built = applyFile(engine, baseline, patches);
  try {
    if (syntax) await requireSyntax(engine, baseline, built, located);
    const bytes = built.patched.bytes();
    const text = decoded(bytes);
    const isMappable = MAPPED.test(located.file);
    return {
      bytes,
      // A map counts a byte order mark, so text that can have one keeps it.
      code: isMappable ? text : unmarked(text),
      map: isMapped && isMappable ? mapOf(built, located.path, frozen) : null,
      proof: built.proof,
    };
  } finally {
    built.dispose();
  }
}

function mapOf({ patched }: PatchedFile, source: string, content: string): SourceMap {
  // What is not UTF-8 has lines, but no columns.
  const hires = content.includes('\uFFFD') ? 'line' : 'boundary';
  return {
    version: 3,
    sources: [source],
    sourcesContent: [content],
    names: [],
    mappings: patched.mappings({ hires }),
  };
}

async function requireSyntax(
  engine: Engine,
  baseline: Snapshot,
  built: PatchedFile,
  { file, path }: Located,
): Promise<void> {
  // Loaded when it is asked for: most builds do not.
  const { patchedFaults } = await import('@firn/syntax');
  const faults = await patchedFaults(engine, baseline, built);
  const [first] = faults;
  if (!first) return;
  const lines = faults.map(({ message, help, line, column, patches }) => {
    const by = patches.map(({ label, path: own }) => `${label} (${own})`).join(', ');
    const hint = help === undefined ? '' : ` (${help})`;
    return `${file}:${line}:${column}: ${message}${hint}: by patch ${by}`;
  });
  throw new FirnPluginError({
    code: 'syntax',
    message: lines.join('\n'),
    loc: { file: path, line: first.line, column: first.column - 1 },
    text: decoded(built.patched.bytes()),
    id: path,
  });
}

/** Keeps a byte order mark. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const decoded = (bytes: Uint8Array) => decoder.decode(bytes);

const unmarked = (text: string) => text.replace(/^\uFEFF/, '');
