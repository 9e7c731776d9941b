import { CommandButton } from './command-button.js';
import { Action, Choice } from './controls.js';
import { MODES } from './memory.js';
import type { Session } from './session.js';
import type { State } from './store.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

const MODE_LABELS = { patched: 'Patched', unified: 'Unified', split: 'Split' } as const;

/** How the code is looked at, where to go in it, and what to do with it. */
export function Toolbar(props: Props) {
  return (
    <div class="toolbar" role="toolbar" aria-label="View">
      <Looks {...props} />
      <span class="rule" />
      <Ways {...props} />
      <span class="spring" />
      <Edits {...props} />
      <span class="rule" />
      <Copies {...props} />
    </div>
  );
}

function Looks({ session, state: { preferences } }: Props) {
  return (
    <>
      <Choice
        label="View"
        choices={MODES.map((value) => ({ value, label: MODE_LABELS[value] }))}
        chosen={preferences.mode}
        onChoose={(mode) => void session.choosePreferences({ mode })}
      />
      <CommandButton
        session={session}
        command="fold"
        icon="fold"
        label="Fold unchanged lines"
        isPressed={preferences.isFolded}
      />
      <CommandButton
        session={session}
        command="spaces"
        icon="space"
        isPressed={preferences.showSpaces}
      />
    </>
  );
}

function Ways({ session, state }: Props) {
  return (
    <>
      <CommandButton session={session} command="previous-change" icon="up" />
      <CommandButton session={session} command="next-change" icon="down" />
      <CommandButton session={session} command="line" icon="line" />
      <CommandButton
        session={session}
        command={state.isSearching ? 'close' : 'search'}
        icon="search"
        label="Search in the whole file"
        isPressed={state.isSearching}
      />
    </>
  );
}

function Edits({ session, state: { undoable, redoable } }: Props) {
  return (
    <>
      <CommandButton session={session} command="edit" icon="edit" />
      {undoable + redoable > 0 && (
        <>
          <CommandButton session={session} command="undo" icon="undo" isDisabled={undoable === 0} />
          <CommandButton session={session} command="redo" icon="redo" isDisabled={redoable === 0} />
        </>
      )}
    </>
  );
}

function Copies({ session }: Props) {
  return (
    <>
      <CommandButton session={session} command="copy" icon="copy" />
      <Action
        icon="save"
        label="Download the patched file"
        onClick={() => void session.savePatched()}
      />
    </>
  );
}
