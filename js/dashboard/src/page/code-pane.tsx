import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import { Badge, Lines } from './controls.js';
import { EditorPane } from './editor-pane.js';
import { FindBar } from './find-bar.js';
import type { Session } from './session.js';
import { shippedOf } from './shipping.js';
import type { State } from './store.js';
import { keysOn } from './switches.js';
import { Toolbar } from './toolbar.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

/** The file in view, or an editor on it. */
export function CodePane({ session, state }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => host.current?.append(session.view.element), [session]);
  const isEditing = state.editor !== undefined;
  useEffect(() => {
    if (!isEditing) return undefined;
    return () => {
      // Who was in the editor is in the code again; who went elsewhere stays there.
      if (document.activeElement === document.body) session.view.focus();
    };
  }, [isEditing, session]);
  return (
    <section class="pane code" aria-label="Code" aria-busy={state.isBusy}>
      <Title state={state} />
      {state.editor ? (
        <EditorPane session={session} state={state} editor={state.editor} />
      ) : (
        <>
          <Toolbar session={session} state={state} />
          {state.isSearching && <FindBar session={session} state={state} />}
        </>
      )}
      <div class="code-host" ref={host} hidden={state.editor !== undefined} />
      <Facts state={state} />
    </section>
  );
}

function Title({ state }: { readonly state: State }) {
  const { applied, shown } = state;
  const { file, set, against } = shown ?? { file: state.file ?? '' };
  const at = file.lastIndexOf('/') + 1;
  return (
    <div class="title">
      <h2 title={visible(file)}>
        <span class="quiet">{visible(file.slice(0, at))}</span>
        {visible(file.slice(at))}
      </h2>
      {applied && <Lines added={applied.linesAdded} removed={applied.linesRemoved} />}
      <div class="spring" />
      {against ? (
        <Badge kind="quiet">
          {visible(set ?? '')} against {visible(against)}
        </Badge>
      ) : (
        <ShippedFile state={state} />
      )}
    </div>
  );
}

/** Of what is on screen, switches and all: not of the file as the set has it. */
function ShippedFile({
  state: { shown, set, file, applied, opened, switches },
}: {
  readonly state: State;
}) {
  const refused = applied?.refused.length ?? 0;
  if (refused > 0) {
    return (
      <Badge kind="warn" icon="warn">
        {refused} refused
      </Badge>
    );
  }
  if (shown === undefined || shown.file !== file || shown.set !== set?.id) return null;
  switch (shippedOf(set, file, opened?.baseline, applied?.patched)) {
    case 'equal':
      return (
        <Badge kind="good" icon="check" title={applied?.patched.fingerprint ?? ''}>
          Equals the build
        </Badge>
      );
    case 'different': {
      const isSwitched = keysOn(switches).length < (opened?.patches.length ?? 0);
      return (
        <Badge kind={isSwitched ? 'warn' : 'bad'} icon="differs">
          {isSwitched ? 'A preview: some patches are off' : 'Differs from the build'}
        </Badge>
      );
    }
    case 'unknown':
      return null;
  }
}

function Facts({ state: { opened, applied } }: { readonly state: State }) {
  if (opened === undefined || applied === undefined) return <footer class="facts" />;
  const { baseline } = opened;
  const { patched } = applied;
  return (
    <footer class="facts">
      <span>
        {baseline.lineCount} → {patched.lineCount} lines
      </span>
      <span>
        {baseline.byteLength} → {patched.byteLength} bytes
      </span>
      <span class="spring" />
      <span title="Fingerprint of the patched file: XXH3-128">
        <code>{patched.fingerprint}</code>
      </span>
    </footer>
  );
}
