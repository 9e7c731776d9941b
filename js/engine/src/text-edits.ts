import { describe } from './arguments.js';
import { invalidArgument } from './error.js';
import { jsonOf } from './json-of.js';

/** A place between two characters, as the Language Server Protocol counts. */
export interface TextPosition {
  /** 0-based; the line behind the last one is the end of the text. */
  readonly line: number;
  /** 0-based, in UTF-16 code units. */
  readonly character: number;
}

/** The Language Server Protocol's TextEdit. Other fields are not looked at. */
export interface TextEdit {
  readonly range: { readonly start: TextPosition; readonly end: TextPosition };
  readonly newText: string;
}

export function jsonOfTextEdits(edits: readonly TextEdit[]): string {
  if (!Array.isArray(edits)) {
    throw invalidArgument(
      `snapshot.textEdits: needs an array of text edits, not ${describe(edits)}`,
    );
  }
  return jsonOf(edits, 'snapshot.textEdits', (list) => list.map(bare));
}

/** Servers and editors put more into an edit than its effect. What is no edit, core refuses. */
function bare(edit: Partial<TextEdit> | null): unknown {
  if (typeof edit !== 'object' || edit === null) return edit;
  const { range, newText } = edit;
  if (typeof range !== 'object' || range === null) return { range, newText };
  return { range: { start: barePosition(range.start), end: barePosition(range.end) }, newText };
}

function barePosition(position: Partial<TextPosition> | null): unknown {
  if (typeof position !== 'object' || position === null) return position;
  return { line: position.line, character: position.character };
}
