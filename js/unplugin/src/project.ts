import { statSync } from 'node:fs';
import path from 'node:path';
import { type Engine, loadEngine } from '@firn/engine';
import {
  type BuildManifest,
  buildManifest,
  type FileProof,
  FirnSetError,
  MANIFEST_NAME,
  type PatchIndex,
  type PatchSet,
  patchIndex,
  type SetPatch,
} from '@firn/sets';
import { loadSets } from '@firn/sets/node';
import { type Located, locate, realPath } from './locate.js';
import { fileOfModule } from './module-id.js';
import type { Settings } from './options.js';
import { changedFiles, isSame } from './patch-keys.js';
import { type PatchedBytes, type PatchedModule, patchFile, patchModule } from './patch-module.js';
import { pluginError } from './plugin-error.js';

/** What was proved, and of which patches. */
interface Proved {
  readonly proof: FileProof;
  readonly patches: readonly SetPatch[];
}

/**
 * The sets of one build and the files that they patch: what is common to all bundlers. Opened once the
 * root is known; read again when a patch changes.
 */
export class Project {
  readonly settings: Settings;
  #root: string;
  #sets: readonly PatchSet[] = [];
  #index: PatchIndex = patchIndex([]);
  /** By absolute path; made when it is asked for, because some bundlers tell their root late. */
  #byPath: Map<string, Located> | undefined;
  #problem: unknown;
  #engine: Promise<Engine> | undefined;
  readonly #proved = new Map<string, Proved>();

  /** `root`: the bundler's, when the options name none. */
  constructor(settings: Settings, root: string) {
    this.settings = settings;
    this.#root = realPath(settings.root ?? root);
    this.read();
  }

  get index(): PatchIndex {
    return this.#index;
  }

  /** For bundlers that tell their root late. */
  openAt(root: string): void {
    this.#root = realPath(this.settings.root ?? root);
    this.#byPath = undefined;
  }

  /**
   * Reads the sets from disk; gives the files that are patched otherwise than before. What is wrong with
   * them is kept for `requireSound()`, because bundlers want errors from their own hooks; the sets stay
   * as they were then.
   */
  read(): string[] {
    try {
      const { patches, sets, conditions } = this.settings;
      const read = loadSets(patches, sets);
      if (read.length === 0) throw noSets(patches);
      const index = patchIndex(read, conditions);
      const changed = changedFiles(this.#index, index);
      this.#sets = read;
      this.#index = index;
      this.#problem = undefined;
      this.#byPath = undefined;
      return changed;
    } catch (error) {
      this.#problem = error;
      return [];
    }
  }

  get #located(): Map<string, Located> {
    this.#byPath ??= new Map(
      this.#index.files.map((file) => {
        const located = locate(this.#root, file);
        return [located.path, located];
      }),
    );
    return this.#byPath;
  }

  /** Throws what was wrong with the sets, and with files that they patch and that are not there. */
  requireSound(): void {
    if (this.#problem !== undefined) throw this.errorOf(this.#problem);
    const gone = [...this.#located.values()].filter(
      ({ path: where }) => !statSync(where, { throwIfNoEntry: false })?.isFile(),
    );
    const problems = gone.flatMap(({ file }) => {
      const message = `there is no file "${file}" in "${this.#root}"`;
      return this.#index.of(file).map((patch) => ({
        code: 'set_unknown_file' as const,
        message: `${message}, which patch ${patch.label} is for`,
        ...{ set: patch.set, patch: patch.id, file, path: patch.path },
      }));
    });
    const [first, ...others] = problems;
    if (first) throw this.errorOf(new FirnSetError(first, others));
  }

  /** Loaded once, by whoever asks first. */
  engine(): Promise<Engine> {
    const { backend = 'auto' } = this.settings;
    this.#engine ??= loadEngine({ backend });
    return this.#engine;
  }

  /** The file that a module is, if sets patch it. O(1). */
  patchedFile(id: string): Located | undefined {
    const file = fileOfModule(id);
    return file === undefined ? undefined : this.#located.get(file);
  }

  /** The file that sets call so, if they patch it. */
  located(file: string): Located | undefined {
    return this.#located.get(locate(this.#root, file).path);
  }

  /** The folders of the sets. */
  get folders(): string[] {
    return this.#sets.map(({ path: own }) => path.resolve(own));
  }

  /** Every file of the sets that decides about a file: its patches, if it has any, and the manifests. */
  watchedFor(file: string | undefined): string[] {
    const patches = file === undefined ? [] : this.#index.of(file);
    return [
      ...patches.map((patch) => path.resolve(patch.path)),
      ...this.folders.map((folder) => path.join(folder, MANIFEST_NAME)),
    ];
  }

  /** True for a path below the folder of the sets. */
  isOfSets(file: string): boolean {
    return path.resolve(file).startsWith(this.settings.patches + path.sep);
  }

  /** Patches a module. `code`: what the bundler read. `isMapped`: a map is wanted. Throws FirnPluginError. */
  async patch(located: Located, code: string, isMapped: boolean): Promise<PatchedModule> {
    const { syntax } = this.settings;
    return this.#prove(located, (engine, patches) =>
      patchModule({ engine, located, patches, code, isMapped, syntax }),
    );
  }

  /** A file as it is to be, patched or not. Throws FirnPluginError. */
  async bytesOf(file: string): Promise<Uint8Array> {
    const located = this.located(file) ?? locate(this.#root, file);
    return (await this.#patchFromDisk(located)).bytes;
  }

  #patchFromDisk(located: Located): Promise<PatchedBytes> {
    const { syntax } = this.settings;
    return this.#prove(located, (engine, patches) =>
      patchFile({ engine, located, patches, isMapped: false, syntax }),
    );
  }

  async #prove<Made extends PatchedModule>(
    { file }: Located,
    make: (engine: Engine, patches: readonly SetPatch[]) => Promise<Made>,
  ): Promise<Made> {
    try {
      const patches = this.#index.of(file);
      const made = await make(await this.engine(), patches);
      this.#proved.set(file, { proof: made.proof, patches });
      return made;
    } catch (error) {
      throw this.errorOf(error);
    }
  }

  /**
   * What is applied, by files. Files that no step of the build has taken yet are proved from disk; with
   * `used`, they are an error that names their patches.
   */
  async manifest(used?: ReadonlySet<string>): Promise<BuildManifest> {
    const proofs: FileProof[] = [];
    try {
      for (const located of this.#located.values()) {
        if (used && !used.has(located.file)) continue;
        const proved = this.#proved.get(located.file);
        const isFresh = proved && isSame(proved.patches, this.#index.of(located.file));
        proofs.push((isFresh ? proved : await this.#patchFromDisk(located)).proof);
      }
      return buildManifest(await this.engine(), this.#index, proofs);
    } catch (error) {
      throw this.errorOf(error);
    }
  }

  /** As bundlers want it. */
  errorOf(error: unknown): unknown {
    return pluginError(error, (file) => this.pathOf(file));
  }

  /** Where a file is, or would be. */
  pathOf(file: string): string {
    return this.located(file)?.path ?? path.join(this.#root, file);
  }
}

function noSets(folder: string): FirnSetError {
  const message = `there is no patch set in "${folder}"`;
  return new FirnSetError({ code: 'set_unknown_set', message, path: folder });
}
