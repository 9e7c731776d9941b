/** The colours of the view, in the editor: those lines that are in sight are coloured anew with every change. */
import { type Extension, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { Language } from '../highlight/languages.js';
import { Tokenizer } from '../highlight/tokenize.js';
import { kindOf, TOKEN_KINDS, type TokenKind } from '../worker/style.js';

/** Lines to read above those in sight, so that a comment which begins there is known. */
const LEAD_LINES = 120;

/** Of a line that is longer nothing is coloured. */
const MOST_UNITS = 10_000;

const MARKS = new Map<TokenKind, Decoration>(
  TOKEN_KINDS.map((kind) => [kind, Decoration.mark({ class: `token-${kind}` })]),
);

export function colours(language: Language): Extension {
  return ViewPlugin.define(
    (view) => ({
      marks: marksOf(view, language),
      update({ docChanged, viewportChanged, view: changed }: ViewUpdate) {
        if (docChanged || viewportChanged) this.marks = marksOf(changed, language);
      },
    }),
    { decorations: ({ marks }: { readonly marks: DecorationSet }) => marks },
  );
}

function marksOf({ state: { doc }, viewport }: EditorView, language: Language): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const tokenizer = new Tokenizer(language);
  const first = doc.lineAt(viewport.from).number;
  const last = doc.lineAt(viewport.to).number;
  for (let at = Math.max(first - LEAD_LINES, 1); at <= last; at += 1) {
    const { text, from } = doc.line(at);
    if (text.length > MOST_UNITS) continue;
    if (at < first) {
      tokenizer.pass(text);
      continue;
    }
    let start = from;
    const runs = tokenizer.line(text);
    for (let index = 0; index < runs.length; index += 2) {
      const end = start + (runs[index] ?? 0);
      const kind = kindOf(runs[index + 1] ?? 0);
      const mark = kind === 'plain' ? undefined : MARKS.get(kind);
      if (mark !== undefined && end > start) builder.add(start, end, mark);
      start = end;
    }
  }
  return builder.finish();
}
