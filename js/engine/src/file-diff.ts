import { Batch } from './batch.js';
import type { DiffHandle, OwnedBytes } from './binding.js';
import type { ErrorFields } from './error.js';
import { parseFrozen } from './frozen.js';
import { snapshotKind } from './kind.js';
import { placeArguments } from './option-arguments.js';
import type { PlaceOptions } from './options.js';
import { freeAfter, given, maker, type Owned, requireMaker, strayed, unwrap } from './owned.js';
import type { Snapshot } from './snapshot.js';

/** One `@@ -old +new @@` of a diff. Lines count from 1; an empty side names the line before it. */
export interface Hunk {
  readonly oldLine: number;
  readonly oldCount: number;
  readonly newLine: number;
  readonly newCount: number;
  /** What stands behind the second `@@`. */
  readonly section: string;
  /** Line of the diff, from 1, at which it begins. */
  readonly diffLine: number;
}

/** The headers of one file of a diff. */
export interface FileHeaders {
  readonly kind: 'modify' | 'create' | 'remove' | 'rename' | 'copy';
  /** As the diff has it (`a/src/x.js`), unquoted; absent for `/dev/null`. */
  readonly oldName?: string;
  readonly newName?: string;
  /** Octal, six digits: `100644`. */
  readonly oldMode?: string;
  readonly newMode?: string;
  readonly similarityPercent?: number;
  /** Abbreviated object ids of git's index line. */
  readonly oldBlob?: string;
  readonly newBlob?: string;
  /** In the order of the diff. */
  readonly hunks: readonly Hunk[];
}

/** Where a hunk came to lie. */
export interface PlacedHunk {
  /** 0-based place in the diff. */
  readonly hunk: number;
  /** Line of the snapshot, from 1, at which its old side begins. */
  readonly line: number;
  /** From where it says it is. */
  readonly offset: number;
  readonly fuzz: number;
  /** Present when it is only equal because white space, or line ends, were not compared. */
  readonly ignoredWhiteSpace?: true;
  readonly ignoredLineEnds?: true;
}

/** A hunk that found no place. */
export interface RejectedHunk {
  /** 0-based place in the diff. */
  readonly hunk: number;
  /** What it would write is there already. */
  readonly alreadyApplied: boolean;
  readonly error: ErrorFields;
}

/** The hunks of one file, placed in a text. */
export interface Placed {
  /** What the placed hunks do. Yours to dispose. */
  readonly batch: Batch;
  /** Ascending by line. */
  readonly hunks: readonly PlacedHunk[];
  /** Empty but under `best-effort`. */
  readonly rejected: readonly RejectedHunk[];
  /** The rejected hunks as a diff of their own; empty when there are none. */
  readonly rejects: OwnedBytes;
}

/** Who holds a file of a diff holds the `Diff`: its handle is freed when nobody does. */
interface DiffOfFile {
  readonly owner: object;
  readonly owned: Owned<DiffHandle>;
}

/** What a diff does to one file. Its headers are data; to place it, the `Diff` it is of must not be disposed. */
export class FileDiff implements FileHeaders {
  declare readonly kind: FileHeaders['kind'];
  declare readonly oldName?: string;
  declare readonly newName?: string;
  declare readonly oldMode?: string;
  declare readonly newMode?: string;
  declare readonly similarityPercent?: number;
  declare readonly oldBlob?: string;
  declare readonly newBlob?: string;
  declare readonly hunks: readonly Hunk[];
  readonly #diff: DiffOfFile;
  readonly #index: number;

  /** @internal */
  constructor(token: typeof maker, headers: FileHeaders, diff: DiffOfFile, index: number) {
    requireMaker(token, 'FileDiff');
    Object.assign(this, headers);
    this.#diff = diff;
    this.#index = index;
    Object.freeze(this);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): FileDiff {
    if (typeof self === 'object' && self !== null && #diff in self) return self;
    throw strayed('FileDiff', self);
  }

  /**
   * Finds the place of each hunk in `snapshot`, as GNU patch does: a found offset carries over to the
   * next hunk, and removed lines are always compared. But two places that are as good as each other
   * are an error, and a hunk that is applied already is said to be, and not taken back.
   *
   * Throws, with the reasons under `violations`: `hunk_failed`, `ambiguous_placement`,
   * `limit_exceeded`. O(diff) where every hunk lies at the carried offset, else O(n log n) more.
   */
  place(snapshot: Snapshot, options?: PlaceOptions): Placed {
    const self = FileDiff.#of(this);
    const { live, binding } = self.#diff.owned;
    const what = 'fileDiff.place';
    const text = snapshotKind.handleOf(snapshot, binding, what);
    const placed = live.place(self.#index, text, ...placeArguments(options, what));
    return freeAfter(unwrap(placed), (parts) => {
      const facts = parseFrozen<Pick<Placed, 'hunks' | 'rejected'>>(
        parts.json(),
        'the places of the hunks',
      );
      const rejects = unwrap(parts.bytes());
      return Object.freeze({
        batch: new Batch(maker, given(parts.batch()), binding),
        ...facts,
        rejects,
      });
    });
  }
}
