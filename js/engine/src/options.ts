/** How a batch is applied. */
export interface ApplyOptions {
  /**
   * What to do with a batch that breaks a law. `fail-fast` (default): throw the first violation.
   * `atomic`: throw every violation. `best-effort`: apply the lawful patches and report the others;
   * of two that conflict, the later in the batch loses. None ever half-applies a patch.
   */
  readonly policy?: 'fail-fast' | 'atomic' | 'best-effort' | undefined;
  /**
   * Several patches at one line. `reject` (default): no two patches touch the same line.
   * `keep-order`: editors' rule; inserts at one line come out in batch order, and one replace or
   * delete of that line may follow them.
   */
  readonly ties?: 'reject' | 'keep-order' | undefined;
  /**
   * The revision that the text is at, 0 to 2^53 - 1; a batch made for another one is refused.
   * Default: the one that the batch was made for, or 0.
   */
  readonly revision?: number | undefined;
}

/** How much a batch may hold: whole numbers. Passing one is `limit_exceeded`. */
export interface Limits {
  /** Bytes of JSON; default 256 MiB. */
  readonly batchBytes?: number | undefined;
  /** Patches; default 1,000,000. */
  readonly patches?: number | undefined;
  /** Lines of new text, over all patches; default 16,777,216. */
  readonly textLines?: number | undefined;
  /** Arrays and objects inside each other in the JSON; default 32. */
  readonly nesting?: number | undefined;
}

/** How a batch is read. */
export interface BatchOptions {
  readonly limits?: Limits | undefined;
}

/** How a unified diff is written. */
export interface DiffOptions {
  /** Unchanged lines around each change; default 3. */
  readonly context?: number | undefined;
  /** The name after `--- `; default `a/` and the batch's `file`, or `a`. */
  readonly oldName?: string | undefined;
  /** The name after `+++ `; default `b/` and the batch's `file`, or `b`. */
  readonly newName?: string | undefined;
}
