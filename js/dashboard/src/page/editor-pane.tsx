import { useEffect, useRef } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import { languageOf } from '../highlight/languages.js';
import { Action } from './controls.js';
import type { Session } from './session.js';
import type { OpenEditor, State } from './store.js';

interface Props {
  readonly session: Session;
  readonly state: State;
  readonly editor: OpenEditor;
}

/** The patched text, to be changed in place; what is changed becomes a patch. */
export function EditorPane({ session, state, editor }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const id = useRef<HTMLInputElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  const { file = '' } = state;
  const { editable, line } = editor;
  const { editing } = session;
  const record = () =>
    void editing.record({ id: id.current?.value ?? '', reason: reason.current?.value ?? '' });
  useEffect(() => {
    let close = () => {};
    let isGone = false;
    void import('../editor/text-editor.js').then(
      ({ TextEditor }) => {
        if (isGone) return;
        const text = new TextEditor({
          label: `Patched text of ${visible(file)}`,
          language: languageOf(file),
          lines: editable.lines,
          firstLine: editable.from,
          line,
          onChange: (isChanged) => editing.changed(isChanged),
          onRecord: record,
          onCancel: () => void editing.leave(),
        });
        host.current?.append(text.element);
        editing.linesOf = () => text.lines;
        text.focus();
        close = () => {
          editing.linesOf = undefined;
          text.close();
        };
      },
      (error: unknown) => session.fail(error),
    );
    return () => {
      isGone = true;
      close();
    };
  }, [editable]);
  const isPart = editable.to - editable.from + 1 < editable.lineCount;
  return (
    <>
      <form
        class="edit-bar"
        onSubmit={(event) => {
          event.preventDefault();
          record();
        }}
      >
        <span class="about">
          Editing {isPart ? `lines ${editable.from}–${editable.to} of ` : ''}
          {editable.lineCount} lines
        </span>
        <input ref={id} type="text" aria-label="Id of the patch" placeholder="Id of the patch" />
        <input ref={reason} type="text" aria-label="Why" placeholder="Why" />
        <button type="submit" class="button primary" title="Ctrl+Enter">
          Record
        </button>
        <Action icon="close" label="Close the editor" onClick={() => void editing.leave()} />
      </form>
      <div class="editor-host" ref={host} />
    </>
  );
}
