/**
 * An editor for some lines of a file: CodeMirror. Loaded when somebody edits, not before. It lives in a
 * shadow root: there it takes its styles as adopted sheets, which need no hole in a Content Security Policy.
 */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import codeStyles from '../code/code-view.css?inline';
import { nameOfCharacter } from '../code/visible-text.js';
import type { Language } from '../highlight/languages.js';
import { colours } from './colours.js';
import editorStyles from './text-editor.css?inline';

export interface EditorOptions {
  readonly label: string;
  readonly language: Language;
  readonly lines: readonly string[];
  /** The number of the first of them, from 1. */
  readonly firstLine: number;
  /** Where the cursor begins. */
  readonly line: number;
  onChange(change: EditorChange): void;
  /** Ctrl+Enter. */
  onRecord(): void;
  /** Escape. */
  onCancel(): void;
}

/** An empty text is no line, or one that is empty: they are different patches, and look alike. */
export type EmptyLineCount = 0 | 1;

export interface EditorChange {
  /** The lines are others than at first. */
  readonly isChanged: boolean;
  /** Undefined: the text is not empty. */
  readonly emptyLineCount: EmptyLineCount | undefined;
}

/** Lines end with LF alone: a CR in a line is content, as it is to the engine. */
const LINE_END = '\n';

export class TextEditor {
  readonly element = document.createElement('div');
  readonly #view: EditorView;
  readonly #options: EditorOptions;
  readonly #original: Text;
  readonly #writing = new Compartment();
  #emptyLineCount: EmptyLineCount;

  constructor(options: EditorOptions) {
    const { lines, firstLine, label, language } = options;
    this.#options = options;
    this.#emptyLineCount = lines.length === 1 && lines[0] === '' ? 1 : 0;
    this.element.className = 'text-editor';
    const root = this.element.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${codeStyles}\n${editorStyles}`);
    root.adoptedStyleSheets = [sheet];
    const original = EditorState.create({
      doc: lines.join(LINE_END),
      extensions: [
        EditorState.lineSeparator.of(LINE_END),
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }),
        highlightSpecialChars({ render: (code) => named(code) }),
        highlightActiveLine(),
        drawSelection(),
        history(),
        colours(language),
        keymap.of([
          { key: 'Mod-Enter', run: () => acted(options.onRecord) },
          { key: 'Escape', run: () => acted(options.onCancel) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) this.#tell();
        }),
        this.#writing.of([]),
      ],
    });
    this.#original = original.doc;
    this.#view = new EditorView({ state: original, root, parent: root });
    this.#goTo(options.line - firstLine + 1);
    this.#tell();
  }

  /** What the text means when it is empty. */
  set emptyLineCount(count: EmptyLineCount) {
    this.#emptyLineCount = count;
    this.#tell();
  }

  /** Nothing can be written, for as long as what was written is on its way. */
  set isReadOnly(isReadOnly: boolean) {
    const effects = this.#writing.reconfigure(EditorState.readOnly.of(isReadOnly));
    this.#view.dispatch({ effects });
  }

  /** A CR at the end of a line came with something pasted: it is part of the line's end. */
  get lines(): string[] {
    const { doc } = this.#view.state;
    if (doc.length === 0) return Array.from({ length: this.#emptyLineCount }, () => '');
    return doc
      .toString()
      .split(LINE_END)
      .map((line) => line.replace(/\r$/, ''));
  }

  focus(): void {
    this.#view.focus();
  }

  close(): void {
    this.#view.destroy();
    this.element.remove();
  }

  #tell(): void {
    const { doc } = this.#view.state;
    const emptyLineCount = doc.length === 0 ? this.#emptyLineCount : undefined;
    const isSame =
      doc.eq(this.#original) &&
      (emptyLineCount ?? this.#options.lines.length) === this.#options.lines.length;
    this.#options.onChange({ isChanged: !isSame, emptyLineCount });
  }

  #goTo(line: number): void {
    const { doc } = this.#view.state;
    const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const effects = EditorView.scrollIntoView(from, { y: 'center' });
    this.#view.dispatch({ selection: { anchor: from }, effects });
  }
}

function acted(act: () => void): true {
  act();
  return true;
}

function named(code: number): HTMLElement {
  const node = document.createElement('span');
  node.className = 'control';
  node.textContent = nameOfCharacter(String.fromCodePoint(code));
  return node;
}
