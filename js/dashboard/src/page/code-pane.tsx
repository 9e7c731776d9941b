import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import { Action, Badge, Choice, Lines } from './controls.js';
import { EditorPane } from './editor-pane.js';
import { Icon } from './icons.js';
import { MODES } from './memory.js';
import type { Session } from './session.js';
import { shippedOf } from './shipping.js';
import type { State } from './store.js';
import { keysOn } from './switches.js';

interface Props {
  readonly session: Session;
  readonly state: State;
  readonly isSearching: boolean;
  readonly onSearch: (isSearching: boolean) => void;
  readonly onGoToLine: () => void;
}

const MODE_LABELS = { patched: 'Patched', unified: 'Unified', split: 'Split' } as const;

export function CodePane(props: Props) {
  const { session, state, isSearching } = props;
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => host.current?.append(session.view.element), [session]);
  return (
    <section class="pane code" aria-label="Code" aria-busy={state.isBusy}>
      <Title state={state} />
      {state.editor ? (
        <EditorPane session={session} state={state} editor={state.editor} />
      ) : (
        <>
          <Toolbar {...props} />
          {isSearching && <FindBar {...props} />}
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

function Toolbar({ session, state, isSearching, onSearch, onGoToLine }: Props) {
  const { preferences } = state;
  return (
    <div class="toolbar" role="toolbar" aria-label="View">
      <Choice
        label="View"
        choices={MODES.map((value) => ({ value, label: MODE_LABELS[value] }))}
        chosen={preferences.mode}
        onChoose={(mode) => void session.choosePreferences({ mode })}
      />
      <Action
        icon="fold"
        label="Fold unchanged lines"
        keyName="f"
        isPressed={preferences.isFolded}
        onClick={() => void session.choosePreferences({ isFolded: !preferences.isFolded })}
      />
      <Action
        icon="space"
        label="Show spaces and tabs"
        keyName="w"
        isPressed={preferences.showSpaces}
        onClick={() => void session.choosePreferences({ showSpaces: !preferences.showSpaces })}
      />
      <span class="rule" />
      <Action
        icon="up"
        label="Previous change"
        keyName="p"
        onClick={() => session.view.goToChange(-1)}
      />
      <Action
        icon="down"
        label="Next change"
        keyName="n"
        onClick={() => session.view.goToChange(1)}
      />
      <Action icon="line" label="Go to line" keyName="g" onClick={onGoToLine} />
      <Action
        icon="search"
        label="Search"
        keyName="/"
        isPressed={isSearching}
        onClick={() => onSearch(!isSearching)}
      />
      <span class="spring" />
      <Action
        icon="edit"
        label="Edit the patched text"
        keyName="e"
        onClick={() => void session.editing.start()}
      />
      {state.undoable + state.redoable > 0 && (
        <>
          <Action
            icon="undo"
            label="Take the edit back"
            keyName="u"
            isDisabled={state.undoable === 0}
            onClick={() => void session.editing.undo()}
          />
          <Action
            icon="redo"
            label="Do the edit again"
            keyName="r"
            isDisabled={state.redoable === 0}
            onClick={() => void session.editing.redo()}
          />
        </>
      )}
      <span class="rule" />
      <Action
        icon="copy"
        label="Copy as diff"
        keyName="c"
        onClick={() => void session.copyDiff()}
      />
      <Action
        icon="save"
        label="Download the patched file"
        onClick={() => void session.savePatched()}
      />
    </div>
  );
}

function FindBar({ session, state, onSearch }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const isCaseSensitive = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const { found, query } = state;
  const search = () =>
    void session.search(input.current?.value ?? '', isCaseSensitive.current?.checked ?? false);
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (input.current?.value !== query || found === undefined) search();
    else void session.goToFound(event.shiftKey ? -1 : 1);
  };
  return (
    <search class="find">
      <Icon name="search" />
      <input
        key={state.file}
        ref={input}
        type="search"
        aria-label="Search in the file"
        placeholder="Search in the whole file"
        defaultValue={query}
        onInput={search}
        onKeyDown={keyDown}
      />
      <label>
        <input type="checkbox" ref={isCaseSensitive} onChange={search} /> Match case
      </label>
      <output aria-live="polite">
        {query === '' || found === undefined
          ? ''
          : found.total === 0
            ? 'Not found'
            : `${found.at + 1} of ${found.total}${found.isCut ? ' or more' : ''}`}
      </output>
      <Action icon="up" label="Previous place" onClick={() => void session.goToFound(-1)} />
      <Action icon="down" label="Next place" onClick={() => void session.goToFound(1)} />
      <Action icon="close" label="Close the search" onClick={() => onSearch(false)} />
    </search>
  );
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
