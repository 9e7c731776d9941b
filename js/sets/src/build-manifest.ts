/** `firn-manifest.json`: what a build applied, and the one id by which two builds are the same. */
import type { Engine } from '@firn/engine';
import type { FileProof } from './apply-file.js';
import { FirnSetError, refuseFor, type SetErrorFields } from './error.js';
import { JsonObject } from './json-object.js';
import { limitsOf } from './limits.js';
import { inOrder, sortedEntries } from './order.js';
import type { Conditions, PatchIndex } from './patch-index.js';
import { fieldsOfPatch } from './patch-set.js';
import { quoted } from './quoted.js';
import { unsafeReason } from './safe-path.js';
import type { ManifestOptions } from './set-manifest.js';
import { JsonText } from './strict-json.js';

/** What bundlers and `firn build` call it. */
export const BUILD_MANIFEST_NAME = 'firn-manifest.json';

/** What became of one file. */
export interface BuiltFile {
  /** Fingerprint of the baseline. */
  readonly base: string;
  /** `set/id` of each patch, in the order of the index. */
  readonly patches: readonly string[];
  /** Fingerprint of the patched file. */
  readonly result: string;
}

/** A build: `firn.build/1`. */
export interface BuildManifest {
  readonly schema: 'firn.build/1';
  /** Version of the engine. */
  readonly engine: string;
  /** Ids of the sets, in the order given. */
  readonly sets: readonly string[];
  readonly conditions: Conditions;
  /** By path below the root, with `/`. */
  readonly files: Readonly<Record<string, BuiltFile>>;
  /** The artefact id: a fingerprint of all the rest. */
  readonly id: string;
}

/**
 * The manifest of a build that took the patches of `index` and proved `files`, in any order. Throws
 * `set_unused_patch`, with one problem for each patch whose file is not among them. O(n log n).
 */
export function buildManifest(
  engine: Engine,
  index: PatchIndex,
  files: Iterable<FileProof>,
): BuildManifest {
  const proofs = new Map([...files].map((proof) => [proof.file, proof]));
  refuseFor(index.files.filter((file) => !proofs.has(file)).flatMap((file) => unused(index, file)));
  const built = [...proofs].map(([file, { base, patches, result }]): [string, BuiltFile] => [
    file,
    { base, patches: [...patches], result },
  ]);
  const manifest: Omit<BuildManifest, 'id'> = {
    schema: 'firn.build/1',
    engine: engine.version,
    sets: [...index.sets],
    conditions: inOrder(index.conditions),
    files: inOrder(Object.fromEntries(built)),
  };
  return { ...manifest, id: artefactId(engine, manifest) };
}

function unused(index: PatchIndex, file: string): SetErrorFields[] {
  return index.of(file).map((patch) => ({
    code: 'set_unused_patch',
    message: `the build did not use patch ${patch.label}: no step of it took ${quoted(file)}`,
    ...fieldsOfPatch(patch),
  }));
}

/**
 * The artefact id: a fingerprint of the JSON text
 *
 *     [schema, engine, sets, [[condition, value], …], [[path, base, patches, result], …]]
 *
 * without white space, in UTF-8, conditions and paths ascending by UTF-16 code units. So it depends on
 * no machine, no backend, and no order in which files were built. O(n log n).
 */
export function artefactId(engine: Engine, manifest: Omit<BuildManifest, 'id'>): string {
  const { schema, engine: version, sets, conditions, files } = manifest;
  const canonical = [
    schema,
    version,
    sets,
    sortedEntries(conditions),
    sortedEntries(files).map(([path, { base, patches, result }]) => [path, base, patches, result]),
  ];
  const snapshot = engine.freeze(JSON.stringify(canonical));
  try {
    return snapshot.fingerprint;
  } finally {
    snapshot.dispose();
  }
}

/** As text: one form for every manifest that means the same. */
export function printBuildManifest(manifest: BuildManifest): string {
  const { schema, engine, sets, conditions, files, id } = manifest;
  const value = {
    schema,
    id,
    engine,
    sets,
    conditions: inOrder(conditions),
    files: inOrder(files),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Reads the manifest of a build, which may come from anyone, and proves that its id is its own. Throws
 * `set_malformed`, `set_unsafe_path`, `set_limit_exceeded`, `set_artefact_mismatch`. O(n log n).
 */
export function parseBuildManifest(
  engine: Engine,
  input: string | Uint8Array,
  options: ManifestOptions = {},
): BuildManifest {
  const { manifestBytes } = limitsOf(options.limits);
  const path = options.path ?? BUILD_MANIFEST_NAME;
  const json = new JsonText(input, path, manifestBytes);
  const top = new JsonObject(json, json.root, '');
  const manifest: BuildManifest = {
    schema: top.constant('schema', 'firn.build/1'),
    engine: top.string('engine'),
    sets: top.strings('sets'),
    conditions: top.object('conditions').allStrings(),
    files: readFiles(json, top.object('files')),
    id: top.fingerprint('id'),
  };
  top.end();
  const found = artefactId(engine, manifest);
  if (found === manifest.id) return manifest;
  const message = `${path} says that its artefact is ${manifest.id}, but what it holds is ${found}`;
  const fields = { path, expected: manifest.id, found };
  throw new FirnSetError({ code: 'set_artefact_mismatch', message, ...fields });
}

function readFiles(json: JsonText, object: JsonObject): Record<string, BuiltFile> {
  const files = object.keys.map((file): [string, BuiltFile] => {
    const offset = object.offsetOf(file);
    const reason = unsafeReason(file);
    if (reason !== undefined) {
      throw json.fault(offset, `file ${quoted(file)} ${reason}`, { code: 'set_unsafe_path', file });
    }
    const entry = object.object(file);
    const built = {
      base: entry.fingerprint('base'),
      patches: entry.strings('patches'),
      result: entry.fingerprint('result'),
    };
    entry.end();
    return [file, built];
  });
  return Object.fromEntries(files);
}
