import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import { useKeys } from './commands.js';
import { HelpSheet, LineDialog, QuestionDialog } from './dialogs.js';
import { useDrop } from './drop-target.js';
import { Panes } from './panes.js';
import { SaveDialog } from './save-dialog.js';
import type { Session } from './session.js';
import { Start } from './start.js';
import { type State, screenOf } from './store.js';
import { TopBar } from './top-bar.js';
import { UpgradeScreen } from './upgrade-screen.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

export function App({ session }: Pick<Props, 'session'>) {
  const state = useSession(session);
  const { notice, pane } = state;
  const frame = useLayout(session, state);
  useTitle(state);
  const isOver = useDrop((files) => void session.opening.files(files));
  useKeys(session);
  return (
    <div class="frame" ref={frame} data-pane={pane}>
      <TopBar session={session} state={state} />
      <Screen session={session} state={state} />
      <div class="notices" role="status">
        {notice && <span class="notice">{notice}</span>}
      </div>
      {isOver && <div class="drop">Drop to open</div>}
      <Dialogs session={session} state={state} />
    </div>
  );
}

function Screen({ session, state }: Props) {
  switch (screenOf(state)) {
    case 'starting':
      return <main class="start" aria-busy="true" aria-label="Loading" />;
    case 'start':
      return <Start session={session} state={state} />;
    case 'upgrade':
      return <UpgradeScreen session={session} state={state} />;
    case 'files':
      return <Panes session={session} state={state} />;
  }
}

function Dialogs({ session, state }: Props) {
  const { dialog, question } = state;
  const onClose = () => session.change({ dialog: undefined });
  return (
    <>
      {dialog === 'help' && <HelpSheet session={session} state={state} onClose={onClose} />}
      {dialog === 'save' && <SaveDialog session={session} state={state} onClose={onClose} />}
      {dialog === 'line' && <LineDialog session={session} state={state} onClose={onClose} />}
      {question && <QuestionDialog question={question} />}
    </>
  );
}

function useSession(session: Session): State {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    setState(session.state);
    return session.subscribe(() => setState(session.state));
  }, [session]);
  return state;
}

/** Where it is, for who has many of them open, or goes back. */
function useTitle({ shown, project }: State): void {
  const file = shown?.file.split('/').at(-1);
  const words = [file, shown?.set, project?.name, 'Firn'];
  const title = words.flatMap((word) => (word === undefined ? [] : visible(word))).join(' · ');
  useLayoutEffect(() => {
    document.title = title;
  }, [title]);
}

/** Colours and widths are the style sheet's, by an attribute and two properties. */
function useLayout(session: Session, state: State) {
  const frame = useRef<HTMLDivElement>(null);
  const { filesWidth, patchesWidth, theme } = state.preferences;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    session.view.redraw();
  }, [theme, session]);
  useLayoutEffect(() => {
    frame.current?.style.setProperty('--files-width', `${filesWidth}px`);
    frame.current?.style.setProperty('--patches-width', `${patchesWidth}px`);
  }, [filesWidth, patchesWidth]);
  return frame;
}
