import { CodePane } from './code-pane.js';
import { Action } from './controls.js';
import { FileList } from './file-list.js';
import { Inspector } from './inspector.js';
import { PatchList } from './patch-list.js';
import type { Session } from './session.js';
import { Splitter } from './splitter.js';
import type { Pane, State } from './store.js';

const PANES: readonly Pane[] = ['files', 'code', 'patches'];

interface Props {
  readonly session: Session;
  readonly state: State;
}

/** Files, the code of one of them, and its patches: beside each other, or one at a time. */
export function Panes({ session, state }: Props) {
  const { problem, preferences } = state;
  const { filesWidth, patchesWidth } = preferences;
  return (
    <>
      {problem !== undefined && (
        <div class="problem-bar" role="alert">
          <span>{problem}</span>
          <Action icon="close" label="Dismiss" onClick={() => session.dismissProblem()} />
        </div>
      )}
      <main class="panes">
        <FileList session={session} state={state}>
          <Splitter
            label="Width of the files"
            side="left"
            width={filesWidth}
            onWidth={(width) => void session.choosePreferences({ filesWidth: width })}
          />
        </FileList>
        <CodePane session={session} state={state} />
        <section class="pane side" aria-label="Patches and origin">
          <Splitter
            label="Width of the patches"
            side="right"
            width={patchesWidth}
            onWidth={(width) => void session.choosePreferences({ patchesWidth: width })}
          />
          <PatchList session={session} state={state} />
          <Inspector session={session} state={state} />
        </section>
      </main>
      <Tabs session={session} state={state} />
    </>
  );
}

function Tabs({ session, state }: Props) {
  return (
    <nav class="tabs" aria-label="Panes">
      {PANES.map((pane) => (
        <button
          type="button"
          key={pane}
          aria-current={pane === state.pane ? 'true' : undefined}
          onClick={() => session.change({ pane })}
        >
          {pane}
        </button>
      ))}
    </nav>
  );
}
