import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Action } from './controls.js';
import { KEYS, LOCAL_KEYS } from './keys.js';
import type { Session } from './session.js';
import type { Question, State } from './store.js';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Not an effect: until it is modal, keys would go to the page behind it.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label={title} onClose={onClose}>
      <div class="dialog-head">
        <h2>{title}</h2>
        <Action icon="close" label="Close" onClick={() => dialog.current?.close()} />
      </div>
      {children}
    </dialog>
  );
}

export interface SessionDialogProps {
  readonly session: Session;
  readonly state: State;
  readonly onClose: () => void;
}

export function HelpSheet({ session, state, onClose }: SessionDialogProps) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(({ key, label }) => (
          <KeyRow key={key} keys={[key]} label={label} />
        ))}
      </dl>
      <dl class="keys local">
        {LOCAL_KEYS.map(({ keys, label }) => (
          <KeyRow key={label} keys={keys} label={label} />
        ))}
      </dl>
      <label class="option">
        <input
          type="checkbox"
          checked={state.preferences.hasKeys}
          onChange={({ currentTarget }) =>
            void session.choosePreferences({ hasKeys: currentTarget.checked })
          }
        />
        Single keys act. Turn this off if you dictate.
      </label>
      <p class="quiet">
        The engine that patches these files here is the one that patches them in the build. Nothing
        leaves this page.
      </p>
    </Dialog>
  );
}

function KeyRow({ keys, label }: { readonly keys: readonly string[]; readonly label: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{label}</dd>
    </div>
  );
}

export function LineDialog({ session, state, onClose }: SessionDialogProps) {
  const input = useRef<HTMLInputElement>(null);
  const last = state.applied?.patched.lineCount ?? 1;
  const go = (event: Event) => {
    event.preventDefault();
    const line = input.current?.valueAsNumber ?? Number.NaN;
    onClose();
    if (line >= 1) void session.goToLine({ side: 'line', line });
    session.view.focus();
  };
  return (
    <Dialog title="Go to line" onClose={onClose}>
      <form class="go" onSubmit={go}>
        <label>
          Line, 1 to {last}
          <input ref={input} type="number" min={1} max={last} step={1} required autofocus />
        </label>
        <button type="submit">Go</button>
      </form>
    </Dialog>
  );
}

const QUESTIONS = {
  editor: {
    title: 'The edit is not recorded',
    text: 'What you wrote is in the editor only.',
    keep: 'Record it',
  },
  sets: {
    title: 'Edits are not saved',
    text: 'They are in this page only, and go when something else is opened.',
    keep: 'Download them',
  },
} as const;

/** Escape stays: what is not decided changes nothing. */
export function QuestionDialog({ question }: { readonly question: Question }) {
  const { title, text, keep } = QUESTIONS[question.about];
  return (
    <Dialog title={title} onClose={() => question.answer('stay')}>
      <p>{text}</p>
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => question.answer('keep')}>
          {keep}
        </button>
        <button type="button" onClick={() => question.answer('discard')}>
          Discard
        </button>
        <button type="button" onClick={() => question.answer('stay')}>
          Stay here
        </button>
      </div>
    </Dialog>
  );
}
