import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import type { TextEditor } from '../editor/text-editor.js';
import { languageOf } from '../highlight/languages.js';
import { Action, EmptyText } from './controls.js';
import type { Remarks } from './draft.js';
import type { Session } from './session.js';
import type { OpenEditor, State } from './store.js';

interface Props {
  readonly session: Session;
  readonly state: State;
  readonly editor: OpenEditor;
}

/** The patched text, to be changed in place; what is changed becomes a patch. */
export function EditorPane(props: Props) {
  const { session, editor } = props;
  const host = useRef<HTMLDivElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const text = useTextEditor(props, host);
  const { editing } = session;
  useEffect(() => {
    editing.written = text && (() => ({ lines: text.lines, ...remarksIn(form.current) }));
    return () => {
      editing.written = undefined;
    };
  }, [editing, text]);
  useEffect(() => {
    if (text) text.isReadOnly = editor.isRecording;
  }, [text, editor.isRecording]);
  return (
    <>
      <EditBar {...props} form={form} text={text} />
      <div class="editor-host" ref={host} />
    </>
  );
}

interface EditBarProps extends Props {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly text: TextEditor | undefined;
}

function EditBar({ session: { editing }, editor, form, text }: EditBarProps) {
  const { from, to, lineCount } = editor.editable;
  const isPart = to - from + 1 < lineCount;
  return (
    <form
      ref={form}
      class="edit-bar"
      onSubmit={(event) => {
        event.preventDefault();
        void editing.record();
      }}
    >
      <span class="about">
        Editing {isPart ? `lines ${from}–${to} of ` : ''}
        {lineCount} {lineCount === 1 ? 'line' : 'lines'}
      </span>
      <input name="id" type="text" aria-label="Id of the patch" placeholder="Id of the patch" />
      <input name="reason" type="text" aria-label="Why" placeholder="Why" />
      <button type="submit" class="button primary" title="Ctrl+Enter">
        Record
      </button>
      <Action icon="close" label="Close the editor" onClick={() => void editing.leave()} />
      {text && editor.emptyLineCount !== undefined && (
        <EmptyText
          lineCount={editor.emptyLineCount}
          onChoose={(lineCount) => {
            text.emptyLineCount = lineCount;
          }}
        />
      )}
    </form>
  );
}

function remarksIn(form: HTMLFormElement | null): Remarks {
  const data = new FormData(form ?? undefined);
  const said = (name: string) => String(data.get(name) ?? '');
  return { id: said('id'), reason: said('reason') };
}

/** CodeMirror, once it is loaded. */
function useTextEditor(
  { session, state: { file = '' }, editor }: Props,
  host: RefObject<HTMLDivElement | null>,
): TextEditor | undefined {
  const [text, setText] = useState<TextEditor>();
  const { editable, line } = editor;
  useEffect(() => {
    let opened: TextEditor | undefined;
    let isGone = false;
    void import('../editor/text-editor.js').then(
      ({ TextEditor }) => {
        if (isGone) return;
        opened = new TextEditor({
          label: `Patched text of ${visible(file)}`,
          language: languageOf(file),
          lines: editable.lines,
          firstLine: editable.from,
          line,
          onChange: (change) => session.editing.changed(change),
          onRecord: () => void session.editing.record(),
          onCancel: () => void session.editing.leave(),
        });
        host.current?.append(opened.element);
        opened.focus();
        setText(opened);
      },
      (error: unknown) => session.fail(error),
    );
    return () => {
      isGone = true;
      opened?.close();
      setText(undefined);
    };
  }, [editable]);
  return text;
}
