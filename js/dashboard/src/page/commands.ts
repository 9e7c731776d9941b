/** What each command does; keys and buttons give the same ones. */
import { useLayoutEffect } from 'preact/hooks';
import { ANYWHERE, type Command, commandOf } from './keys.js';
import { THEMES } from './memory.js';
import { filesOf } from './project.js';
import type { Session } from './session.js';
import { screenOf } from './store.js';

const ACTS: Readonly<Record<Command, (session: Session) => void | Promise<void>>> = {
  baseline: (session) => session.upgrade.start(),
  close: (session) => session.endSearch(),
  copy: (session) => session.copyDiff(),
  edit: (session) => session.editing.start(),
  fold: (session) => session.choosePreferences({ isFolded: !session.state.preferences.isFolded }),
  help: (session) => session.change({ dialog: 'help' }),
  line: (session) => session.change({ dialog: 'line' }),
  'next-change': (session) => session.view.goToChange(1),
  'next-file': (session) => session.openFile(neighbour(session, 1)),
  open: (session) => session.opening.start(),
  patched: (session) => session.choosePreferences({ mode: 'patched' }),
  'previous-change': (session) => session.view.goToChange(-1),
  'previous-file': (session) => session.openFile(neighbour(session, -1)),
  redo: (session) => session.editing.redo(),
  save: (session) => session.change({ dialog: 'save' }),
  search: (session) => session.change({ isSearching: true }),
  spaces: (session) =>
    session.choosePreferences({ showSpaces: !session.state.preferences.showSpaces }),
  split: (session) => session.choosePreferences({ mode: 'split' }),
  theme: (session) => session.choosePreferences({ theme: nextTheme(session) }),
  undo: (session) => session.editing.undo(),
  unified: (session) => session.choosePreferences({ mode: 'unified' }),
};

export function carryOut(session: Session, command: Command): void {
  void ACTS[command](session);
}

/** Keys act from the first picture on, and on what is on screen. */
export function useKeys(session: Session): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command === undefined || !isMeant(session, command)) return;
      event.preventDefault();
      carryOut(session, command);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [session]);
}

function isMeant({ state }: Session, command: Command): boolean {
  if (!state.preferences.hasKeys) return command === 'close';
  return screenOf(state) === 'files' || ANYWHERE.has(command);
}

export function nextTheme({ state: { preferences } }: Session) {
  return THEMES[(THEMES.indexOf(preferences.theme) + 1) % THEMES.length] ?? 'system';
}

/** The next file that is patched, or the one before; around the end. */
function neighbour({ state }: Session, direction: 1 | -1): string | undefined {
  const { set, against, file = '' } = state;
  const files = filesOf(set, against);
  return files[(files.indexOf(file) + direction + files.length) % files.length];
}
