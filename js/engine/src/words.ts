/** A piece of a string: UTF-16 code units `from` to `to`, 0-based, `to` excluded, as `slice` takes them. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** `before` became `after`; one of them may be empty, not both. */
export interface WordChange {
  readonly before: TextRange;
  readonly after: TextRange;
}
