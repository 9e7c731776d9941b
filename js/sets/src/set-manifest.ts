/** `firn.json`: which patches a set has, what text each was made for and what it must make of it. */
import type { SetErrorFields } from './error.js';
import { JsonObject } from './json-object.js';
import { limitsOf, noLimits, type SetLimits } from './limits.js';
import { ID_PATTERN, printed, readPrinted } from './printed-manifest.js';
import { quoted } from './quoted.js';
import { foldedName, unsafeReason } from './safe-path.js';
import { decodedJson, JsonText } from './strict-json.js';

/** The name of a set's manifest in its folder. */
export const MANIFEST_NAME = 'firn.json';

/** One patch as the manifest has it. */
export interface PatchEntry {
  /** Unique in its set, whatever the case: letters, digits, `.`, `_`, `-`; at most 100. */
  readonly id: string;
  /** The file that it patches, below the root, with `/`. */
  readonly file: string;
  /** Its own file, below the set's folder: a batch (`.json`) or the diff of one file (`.patch`, `.diff`). */
  readonly patch: string;
  /** Where it stands among the patches of its file, for reading; leave gaps. */
  readonly order: number;
  /**
   * The text that its line numbers mean, as a fingerprint: the baseline's, or the `result` of the patch
   * that it follows.
   */
  readonly base: string;
  /** What it makes of that text, by itself. */
  readonly result: string;
  /** Applied only where every one of these is a condition of the build, with just this value. */
  readonly when?: Readonly<Record<string, string>>;
  readonly author?: string;
  readonly reason?: string;
  /** Yours; kept. */
  readonly [extension: `x-${string}`]: unknown;
}

/** A set: `firn.set/1`. */
export interface SetManifest {
  readonly schema: 'firn.set/1';
  /** The name of the set, under the rule for ids of patches. */
  readonly id: string;
  readonly patches: readonly PatchEntry[];
  /** Yours; kept. */
  readonly [extension: `x-${string}`]: unknown;
}

const ID = {
  pattern: ID_PATTERN,
  words: 'letters, digits, ".", "_" and "-", at most 100, the first a letter or digit',
};
const PATCH_FILE = /\.(?:json|patch|diff)$/;

export interface ManifestOptions {
  /** What messages call the manifest; default `firn.json`. */
  readonly path?: string | undefined;
  readonly limits?: SetLimits | undefined;
}

/**
 * Reads a manifest, which may come from anyone. Throws `set_malformed`, `set_unsafe_path`,
 * `set_duplicate`, `set_unused_patch` for a patch that changes nothing, `set_limit_exceeded`; each with
 * its position. O(n).
 */
export function parseSetManifest(
  input: string | Uint8Array,
  options: ManifestOptions = {},
): SetManifest {
  const limits = limitsOf(options.limits);
  const path = options.path ?? MANIFEST_NAME;
  const text = decodedJson(input, path, limits.manifestBytes);
  const manifest = readPrinted(text);
  if (manifest && isSound(manifest, limits.patches)) return manifest;
  // What is wrong is found again, with its place.
  return readWithPlaces(new JsonText(text, path, limits.manifestBytes), limits.patches);
}

function isSound({ patches }: SetManifest, maxPatches: number): boolean {
  const taken: Taken = { ids: new Set(), files: new Map() };
  return patches.length <= maxPatches && patches.every((entry) => !problemOf(entry, taken));
}

function readWithPlaces(json: JsonText, maxPatches: number): SetManifest {
  const top = new JsonObject(json, json.root, '');
  const schema = top.constant('schema', 'firn.set/1');
  const id = top.string('id', ID);
  const nodes = top.list('patches');
  if (nodes.length > maxPatches) {
    throw json.fault(nodes[maxPatches]?.offset ?? 0, `more than ${maxPatches} patches`, {
      code: 'set_limit_exceeded',
      limit: maxPatches,
    });
  }
  const extensions = top.extensions();
  const taken: Taken = { ids: new Set(), files: new Map() };
  const patches = nodes.map((node, index) => {
    const object = new JsonObject(json, node, `patches[${index}]`);
    const entry = readEntry(object);
    const problem = problemOf(entry, taken);
    if (problem) {
      const { message, ...fields } = problem;
      throw json.fault(node.offset, message, { set: id, patch: entry.id, ...fields });
    }
    return entry;
  });
  return { schema, id, patches, ...extensions };
}

function readEntry(object: JsonObject): PatchEntry {
  const entry = {
    id: object.string('id', ID),
    file: object.string('file'),
    patch: object.string('patch'),
    order: object.wholeNumber('order'),
    base: object.fingerprint('base'),
    result: object.fingerprint('result'),
  };
  const when = object.has('when') ? object.object('when').allStrings() : undefined;
  const author = object.optionalString('author');
  const reason = object.optionalString('reason');
  return {
    ...entry,
    ...(when === undefined ? {} : { when }),
    ...(author === undefined ? {} : { author }),
    ...(reason === undefined ? {} : { reason }),
    ...object.extensions(),
  };
}

/** As file systems may take them for each other. */
interface Taken {
  readonly ids: Set<string>;
  /** And who is in them. */
  readonly files: Map<string, string>;
}

type Problem = Pick<SetErrorFields, 'code' | 'message' | 'file'>;

/** What is wrong with an entry that is well-formed, by itself and beside those before it. */
function problemOf(
  { id, file, patch, base, result }: PatchEntry,
  taken: Taken,
): Problem | undefined {
  const named = quoted(id);
  for (const [what, path] of [
    ['file', file],
    ['patch', patch],
  ] as const) {
    const reason = unsafeReason(path);
    if (reason === undefined) continue;
    return { code: 'set_unsafe_path', message: `${what} ${quoted(path)} of ${named} ${reason}` };
  }
  if (!isPatchFile(patch)) {
    const message = `patch ${quoted(patch)} of ${named} must end in .json, .patch or .diff, and be no manifest`;
    return { code: 'set_malformed', message, file };
  }
  if (base === result) {
    const message = `${named} changes nothing: its base is its result`;
    return { code: 'set_unused_patch', message, file };
  }
  if (taken.ids.has(foldedName(id))) {
    return { code: 'set_duplicate', message: `there are two patches ${named}`, file };
  }
  const other = taken.files.get(foldedName(patch));
  if (other !== undefined) {
    const message = `${named} and ${quoted(other)} are both in ${quoted(patch)}`;
    return { code: 'set_duplicate', message, file };
  }
  taken.ids.add(foldedName(id));
  taken.files.set(foldedName(patch), id);
  return undefined;
}

/** Whether a file in a set's folder is one of its patches, by its name. */
export function isPatchFile(name: string): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return PATCH_FILE.test(name) && foldedName(last) !== MANIFEST_NAME;
}

/**
 * The manifest as text: one form for every manifest that means the same, so that branches which add
 * different patches merge. A patch is a block of lines of its own, in order of file, `order` and id.
 *
 * Throws as `parseSetManifest` for what that would not read. O(n log n).
 */
export function printSetManifest(manifest: SetManifest): string {
  const text = printed(manifest);
  parseSetManifest(text, { limits: noLimits });
  return text;
}

/** Whether a set, or a patch, can be called so. */
export function isId(name: string): boolean {
  return ID.pattern.test(name);
}
