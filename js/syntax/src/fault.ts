/** A place where a text is not of its language. */
export interface SyntaxFault {
  /** One sentence, in the parser's words. */
  readonly message: string;
  /** What may help, if the parser says so. */
  readonly help?: string;
  /** From 1; one past the last line where the text ends too soon. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** From 0, in UTF-16 code units. */
  readonly offset: number;
}

/** A fault as parsers know it. */
export type FaultAt = Omit<SyntaxFault, 'line' | 'column'>;

/** With lines and columns, in the order of the text. O(n + k log k). */
export function placed(text: string, faults: readonly FaultAt[]): SyntaxFault[] {
  const ordered = faults.toSorted((a, b) => a.offset - b.offset);
  let line = 1;
  let start = 0;
  return ordered.map((fault) => {
    // A line ends with LF, as everywhere in Firn.
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end === -1 || end >= fault.offset) break;
      start = end + 1;
      line += 1;
    }
    return { ...fault, line, column: fault.offset - start + 1 };
  });
}
