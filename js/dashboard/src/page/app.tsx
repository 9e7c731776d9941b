import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CodePane } from './code-pane.js';
import { Action } from './controls.js';
import { HelpSheet, LineDialog, QuestionDialog } from './dialogs.js';
import { FileList } from './file-list.js';
import { Inspector } from './inspector.js';
import { ANYWHERE, type Command, commandOf } from './keys.js';
import { THEMES } from './memory.js';
import { PatchList } from './patch-list.js';
import type { Project, Stored } from './project.js';
import { filesOfDrop, projectOfFiles } from './project-files.js';
import { fetchProject } from './project-manifest.js';
import { SaveDialog } from './save-dialog.js';
import { filesOf, type Session } from './session.js';
import { Splitter } from './splitter.js';
import { Start } from './start.js';
import { TopBar } from './top-bar.js';
import { UpgradeScreen } from './upgrade-screen.js';

type Pane = 'files' | 'code' | 'patches';
const PANES: readonly Pane[] = ['files', 'code', 'patches'];

export function App({ session }: { readonly session: Session }) {
  const state = useSession(session);
  const [pane, setPane] = useState<Pane>('code');
  const [isOpening, setIsOpening] = useState(false);
  const [isSearching, setIsSearching] = useState(false);
  const [dialog, setDialog] = useState<'help' | 'line' | 'save'>();
  const frame = useRef<HTMLDivElement>(null);
  const { preferences, phase, problem, notice } = state;
  const { filesWidth, patchesWidth, theme } = preferences;

  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    session.view.redraw();
  }, [theme, session]);
  useLayoutEffect(() => {
    frame.current?.style.setProperty('--files-width', `${filesWidth}px`);
    frame.current?.style.setProperty('--patches-width', `${patchesWidth}px`);
  }, [filesWidth, patchesWidth, phase]);

  const take = (project: () => Promise<Project>) =>
    session.busy(async () => {
      try {
        await session.openProject(await project());
        setIsOpening(false);
      } catch (error) {
        session.showNothing(error);
      }
    });
  const takeFiles = (given: Promise<Stored[]>) =>
    session.state.upgrade !== undefined && !isOpening
      ? session.upgrade.begin(given)
      : take(async () => projectOfFiles(await given, session.manifests));
  const takeAddress = (address: string) =>
    take(async () => {
      const project = await fetchProject(new URL(address, location.href), session.manifests);
      if (project === undefined) throw new Error(`there is nothing at ${address}`);
      return project;
    });
  const upgrade = () => {
    setIsOpening(false);
    void session.upgrade.start();
  };
  const closeSearch = () => {
    setIsSearching(false);
    void session.search('', false);
    session.view.focus();
  };
  const search = (wanted: boolean) => (wanted ? setIsSearching(true) : closeSearch());
  const acts: Readonly<Record<Command, () => void>> = {
    close: () => isSearching && closeSearch(),
    copy: () => void session.copyDiff(),
    edit: () => void session.editing.start(),
    baseline: upgrade,
    fold: () => void session.choosePreferences({ isFolded: !preferences.isFolded }),
    help: () => setDialog('help'),
    line: () => setDialog('line'),
    'next-change': () => session.view.goToChange(1),
    'next-file': () => void session.openFile(neighbour(session, 1)),
    open: () => setIsOpening(true),
    patched: () => void session.choosePreferences({ mode: 'patched' }),
    'previous-change': () => session.view.goToChange(-1),
    'previous-file': () => void session.openFile(neighbour(session, -1)),
    redo: () => void session.editing.redo(),
    save: () => setDialog('save'),
    search: () => setIsSearching(true),
    spaces: () => void session.choosePreferences({ showSpaces: !preferences.showSpaces }),
    split: () => void session.choosePreferences({ mode: 'split' }),
    theme: () =>
      void session.choosePreferences({
        theme: THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system',
      }),
    undo: () => void session.editing.undo(),
    unified: () => void session.choosePreferences({ mode: 'unified' }),
  };
  const isOver = useDrop((files) => void takeFiles(files));

  const isReady = phase === 'ready' && !isOpening && state.upgrade === undefined;
  useKeys((command) => {
    const isMeant = preferences.hasKeys ? isReady || ANYWHERE.has(command) : command === 'close';
    if (isMeant) acts[command]();
    return isMeant;
  });
  return (
    <div class="frame" ref={frame} data-pane={pane}>
      <TopBar
        session={session}
        state={state}
        onOpen={() => setIsOpening(true)}
        onHelp={() => setDialog('help')}
        onSave={() => setDialog('save')}
        onUpgrade={upgrade}
      />
      {state.isBusy && <progress class="busy" aria-label="Working" value={state.searchProgress} />}
      {isReady ? (
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
            <CodePane
              session={session}
              state={state}
              isSearching={isSearching}
              onSearch={search}
              onGoToLine={() => setDialog('line')}
            />
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
          <nav class="tabs" aria-label="Panes">
            {PANES.map((name) => (
              <button
                type="button"
                key={name}
                aria-current={name === pane ? 'true' : undefined}
                onClick={() => setPane(name)}
              >
                {name}
              </button>
            ))}
          </nav>
        </>
      ) : state.upgrade && !isOpening ? (
        <UpgradeScreen
          session={session}
          upgrade={state.upgrade}
          problem={problem}
          onFiles={(files) => void takeFiles(files)}
        />
      ) : phase === 'starting' ? (
        <main class="start" aria-busy="true" aria-label="Loading" />
      ) : (
        <Start
          problem={problem}
          onFiles={(files) => void takeFiles(files)}
          onAddress={(address) => void takeAddress(address)}
          onCancel={phase === 'ready' ? () => setIsOpening(false) : undefined}
        />
      )}
      <div class="notices" role="status">
        {notice && <span class="notice">{notice}</span>}
      </div>
      {isOver && <div class="drop">Drop to open</div>}
      {dialog === 'help' && (
        <HelpSheet session={session} state={state} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'save' && (
        <SaveDialog session={session} state={state} onClose={() => setDialog(undefined)} />
      )}
      {state.question && <QuestionDialog question={state.question} />}
      {dialog === 'line' && (
        <LineDialog session={session} state={state} onClose={() => setDialog(undefined)} />
      )}
    </div>
  );
}

function useSession(session: Session) {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    setState(session.state);
    return session.subscribe(() => setState(session.state));
  }, [session]);
  return state;
}

/** `act` says whether the key meant anything. */
function useKeys(act: (command: Command) => boolean): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command !== undefined && act(command)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

/** True while files are over the page. */
function useDrop(take: (files: Promise<Stored[]>) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setIsOver(false);
    const drop = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setIsOver(false);
      take(filesOfDrop(event.dataTransfer.items));
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  });
  return isOver;
}

/** The next file that the set patches, or the one before; around the end. */
function neighbour({ state: { set, file = '' } }: Session, direction: 1 | -1): string | undefined {
  const files = filesOf(set);
  return files[(files.indexOf(file) + direction + files.length) % files.length];
}
