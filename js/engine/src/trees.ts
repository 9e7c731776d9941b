import type { EngineBinding, TreeApplied, TreeBinding, TreeCopied } from './binding.js';
import type { Diff } from './diff.js';
import { Engine } from './engine.js';
import type { PlacedHunk } from './file-diff.js';
import { parseFrozen } from './frozen.js';
import { diffKind } from './kind.js';
import type { PlaceOptions } from './options.js';
import { maker, requireMaker, strayed, unwrap } from './owned.js';
import { applyToTreeArguments, copyTreeArguments, pathArgument } from './tree-arguments.js';

/** An `AbortSignal`, which needs the DOM's types or Node's where it is named. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface ApplyToTreeOptions {
  /** Leading folders of the names in the diff that are not there, as `-pN` of patch and git apply. */
  readonly strip: number;
  readonly placing?: PlaceOptions | undefined;
  /** Everything is on the disk before what relies on it: for when the power may fail. */
  readonly flush?: boolean | undefined;
  /** JSON: who is at work, for the journal. */
  readonly owner: string;
  /** Say where every hunk came to lie, not only when one is elsewhere than it says. */
  readonly places?: boolean | undefined;
  /** Until the first file is replaced; what lies ready then goes. */
  readonly signal?: CancelSignal | undefined;
}

export interface CopyTreeOptions {
  /** What the files at these paths, below the root with `/`, hold in the copy. */
  readonly replacements?: ReadonlyMap<string, Uint8Array> | undefined;
  /** Hard links instead of copies: who writes into one tree then writes into the other. */
  readonly hardLinks?: boolean | undefined;
  readonly signal?: CancelSignal | undefined;
  /** Called now and then while it works. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What became of a copy. But for `done` what there is of it is unfinished. */
export type CopiedTree =
  | {
      readonly outcome: 'done';
      /** Regular files and symbolic links. */
      readonly files: number;
      /** Of these, reflinks and hard links. */
      readonly shared: number;
    }
  /** The signal came. */
  | { readonly outcome: 'cancelled' }
  /** `systemError` is errno. */
  | { readonly outcome: 'failed'; readonly systemError: number; readonly path: string }
  /** `path` is a pipe, a device or a socket; or it is to be replaced and is no file of the tree. */
  | { readonly outcome: 'not-a-file' | 'not-in-tree'; readonly path: string };

/** What became of a diff. */
export type AppliedToTree =
  | {
      readonly outcome: 'done';
      /** Of each file, in the order of the diff; absent when nobody asked and all are where they say. */
      readonly places?: readonly { readonly hunks: readonly PlacedHunk[] }[];
    }
  /** Nothing is changed: it takes closer judgement than is given here. */
  | { readonly outcome: 'not-plain' }
  /** Nothing is changed: the signal came. */
  | { readonly outcome: 'cancelled' }
  /** Some files are replaced, some not; the journal says which. `systemError` is errno, of `path`. */
  | { readonly outcome: 'cut-short'; readonly systemError: number; readonly path: string };

/**
 * Trees of files, worked on by threads of the addon's own while JavaScript goes on. Below the command
 * `firn`, which judges what is refused here.
 */
export class Trees {
  readonly #binding: EngineBinding;
  readonly #trees: TreeBinding;

  /** @internal */
  constructor(token: typeof maker, binding: EngineBinding, trees: TreeBinding) {
    requireMaker(token, 'Trees');
    this.#binding = binding;
    this.#trees = trees;
  }

  /** Undefined where the engine runs as WebAssembly, or there is no POSIX. */
  static of(engine: Engine): Trees | undefined {
    const binding = Engine.bindingOf(engine);
    return binding.trees && new Trees(maker, binding, binding.trees);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Trees {
    if (typeof self === 'object' && self !== null && #trees in self) return self;
    throw strayed('Trees', self);
  }

  /**
   * Applies a plain diff to the files below the folder `root`, all of them or none. Plain is a diff
   * that modifies files in their place, each once, under names without anything unusual, to a tree
   * that it fits. native/tree/apply_diff.h says what holds when it is killed or refused.
   *
   * Rejects with `invalid_argument` for wrong options, `disposed`.
   */
  async applyDiff(root: string, diff: Diff, options: ApplyToTreeOptions): Promise<AppliedToTree> {
    const self = Trees.#of(this);
    const what = 'trees.applyDiff';
    const given = applyToTreeArguments(options, what);
    const folder = pathArgument(root, `${what}: root`);
    const handle = diffKind.handleOf(diff, self.#binding, what);
    return self.#watched(given.signal, async (watch) => {
      const { owner, strip, flush, places, placing } = given;
      const how = [folder, owner, strip, flush, places] as const;
      const applied = self.#trees.applyDiff(handle, ...how, ...placing, watch);
      return outcomeOf(await unwrap(applied));
    });
  }

  /**
   * Copies the tree below the folder `from` into the empty folder `to`, with some files replaced:
   * reflinks where the file system has them, else copies; permissions and symbolic links kept.
   * native/tree/copy_tree.h says what is left out. Rejects with `invalid_argument` for wrong options.
   */
  async copyTree(from: string, to: string, options?: CopyTreeOptions): Promise<CopiedTree> {
    const self = Trees.#of(this);
    const what = 'trees.copyTree';
    const { signal, onProgress, ...given } = copyTreeArguments(options, what);
    const folders = [pathArgument(from, `${what}: from`), pathArgument(to, `${what}: to`)] as const;
    return self.#watched(signal, async (watch) => {
      const { paths, contents, hardLinks } = given;
      const copied = self.#trees.copyTree(...folders, paths, contents, hardLinks, watch);
      const tell = () => onProgress?.(watch.done(), watch.total());
      const timer = onProgress && setInterval(tell, PROGRESS_MS);
      try {
        return copiedOf(await unwrap(copied));
      } finally {
        clearInterval(timer);
      }
    });
  }

  async #watched<T>(
    signal: CancelSignal | undefined,
    work: (watch: ReturnType<TreeBinding['watch']>) => Promise<T>,
  ): Promise<T> {
    const watch = this.#trees.watch();
    const cancel = () => watch.cancel();
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await work(watch);
    } finally {
      signal?.removeEventListener('abort', cancel);
      watch.delete();
    }
  }
}

/** How often somebody looks. */
const PROGRESS_MS = 100;

function copiedOf({ outcome, systemError, path, files, shared }: TreeCopied): CopiedTree {
  switch (outcome) {
    case 'done':
      return { outcome, files, shared };
    case 'failed':
      return { outcome, systemError, path };
    case 'cancelled':
      return { outcome };
    default:
      return { outcome, path };
  }
}

function outcomeOf({ outcome, systemError, path, places }: TreeApplied): AppliedToTree {
  switch (outcome) {
    case 'done':
      return places === null
        ? { outcome }
        : { outcome, places: parseFrozen(places, 'the places of the hunks') };
    case 'cut-short':
      return { outcome, systemError, path };
    default:
      return { outcome };
  }
}
