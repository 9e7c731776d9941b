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

/** How a text is patched in one call: as a batch is applied, all of it or nothing. */
export interface PatchOptions extends Omit<ApplyOptions, 'policy'> {
  /** As `ApplyOptions.policy`; `best-effort` leaves patches out, and a text cannot say which. */
  readonly policy?: 'fail-fast' | 'atomic' | undefined;
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
export interface UnifiedDiffOptions {
  /** Unchanged lines around each change; default 3. */
  readonly context?: number | undefined;
  /** The name after `--- `; default `a/` and the batch's `file`, or `a`. */
  readonly oldName?: string | undefined;
  /** The name after `+++ `; default `b/` and the batch's `file`, or `b`. */
  readonly newName?: string | undefined;
  /**
   * What stands behind the second `@@`: the nearest line above that looks like the head of a function,
   * by git's rules. `plain`: one that begins with a letter, `_` or `$`. `by-name`: the rule that goes
   * with the ending of the file's name. Default `none`.
   */
  readonly functionNames?: 'none' | 'plain' | 'cpp' | 'css' | 'by-name' | undefined;
  /** Writes git's header, with its paths in place of `oldName` and `newName`. */
  readonly git?: GitHeader | undefined;
}

/** What git says of a file above its `---`: that it is new, gone, renamed, of another mode. */
export interface GitHeader {
  /** Default `modify`. A file that is new has an empty snapshot; one that is gone, an empty result. */
  readonly kind?: 'modify' | 'create' | 'remove' | 'rename' | 'copy' | undefined;
  /** Without `a/` and `b/`. Default: the batch's file, and the path of the other side. */
  readonly oldPath?: string | undefined;
  readonly newPath?: string | undefined;
  /** Octal, six digits: `100644`. */
  readonly oldMode?: string | undefined;
  readonly newMode?: string | undefined;
  /** Of a rename or copy. */
  readonly similarityPercent?: number | undefined;
  /** Object ids for the index line, in hex; there is no such line without. */
  readonly oldBlob?: string | undefined;
  readonly newBlob?: string | undefined;
}

/** How finely a source map tells where text comes from. */
export interface MappingsOptions {
  /**
   * `line` (default): where each line comes from. `boundary`: where each word, run of blanks and other
   * character comes from; names in an error and stops of a debugger want it.
   */
  readonly hires?: 'line' | 'boundary' | undefined;
}

/** How a source map is written. */
export interface SourceMapOptions extends MappingsOptions {
  /** What the map calls the snapshot; default: the batch's `file`, or `""`. */
  readonly source?: string | undefined;
  /** What it calls the patched text; left out by default. */
  readonly file?: string | undefined;
  /** Whether it holds the text of the snapshot; default true. */
  readonly sourcesContent?: boolean | undefined;
}

/** How batches are stacked. */
export interface StackOptions {
  /** The revision that the text is at. Default: the latest that any of the batches was made for. */
  readonly revision?: number | undefined;
  /** How many collisions are listed; all are counted. Default 1000. */
  readonly maxCollisions?: number | undefined;
}

/** How a history begins. */
export interface HistoryOptions {
  /** The revision of its first text; default 0. */
  readonly revision?: number | undefined;
}

/** How a batch is appended to a history; the revision is the history's own. */
export type AppendOptions = Pick<ApplyOptions, 'policy' | 'ties'>;

/** How two texts are compared, line by line, line ends included. */
export interface DiffOptions {
  /**
   * `histogram` (default): splits at the rarest lines; reads best for code. `myers`: never much larger
   * than minimal, and never slow. `minimal`: as few changed lines as there can be, however long it
   * takes.
   */
  readonly algorithm?: 'histogram' | 'myers' | 'minimal' | undefined;
  /**
   * Where an insertion or deletion goes when equal lines around it leave a choice. `indent` (default):
   * where people expect it, by git's indent heuristic. `down`: as far down as it can. `none`: where the
   * algorithm has put it.
   */
  readonly slide?: 'none' | 'down' | 'indent' | undefined;
}

/** How three texts are merged. */
export interface MergeOptions {
  /**
   * How a conflict is written. `merge` (default): ours and theirs, cut down to the lines in which they
   * differ. `diff3`: ours, base and theirs, whole. `zdiff3`: the same, without the lines that ours and
   * theirs share at both ends.
   */
  readonly style?: 'merge' | 'diff3' | 'zdiff3' | undefined;
  /** Who wins where both sides changed the same lines; default `nobody`. `both`: ours, then theirs. */
  readonly favor?: 'nobody' | 'ours' | 'theirs' | 'both' | undefined;
  /** Characters of a conflict marker, 1 to 1024; default 7. */
  readonly markerSize?: number | undefined;
  /** Behind the markers, one line each; defaults `ours`, `base`, `theirs`. */
  readonly oursLabel?: string | undefined;
  readonly baseLabel?: string | undefined;
  readonly theirsLabel?: string | undefined;
}

/** How a unified diff is read. */
export interface ReadDiffOptions {
  /** Count the lines of each hunk instead of believing its header: for diffs edited by hand. */
  readonly recount?: boolean | undefined;
  /**
   * Take any name, for callers who use none because they know the file otherwise: a name may then lead
   * out of every folder.
   */
  readonly anyNames?: boolean | undefined;
}

/** How the hunks of a diff find their places. */
export interface PlaceOptions {
  /**
   * `exact` (default): at the line it says, all context equal. `search`: the nearest place at which all
   * of it is equal. `fuzzy`: the same, then again with up to `maxFuzz` outer lines of context left
   * out, as GNU patch does.
   */
  readonly placement?: 'exact' | 'search' | 'fuzzy' | undefined;
  /** Default 2. */
  readonly maxFuzz?: number | undefined;
  /**
   * What is not compared. `ignore-trailing`: blanks before the line end, and whether the last line has
   * its newline. `ignore-amount`: those, and how many there are in any other run of blanks.
   */
  readonly whiteSpace?: 'compare' | 'ignore-trailing' | 'ignore-amount' | undefined;
  /** Compare lines without their line ends, and give new lines those of the text. */
  readonly ignoreLineEnds?: boolean | undefined;
  /** Take the diff back. */
  readonly reverse?: boolean | undefined;
  /**
   * `fail-fast` (default): all hunks or none, throw the first that fails. `atomic`: the same, throw
   * every one. `best-effort`: those that fit, and the others as rejects.
   */
  readonly policy?: 'fail-fast' | 'atomic' | 'best-effort' | undefined;
}
