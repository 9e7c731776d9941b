import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import type { FileSummary } from '../worker/protocol.js';
import { Lines } from './controls.js';
import { Icon } from './icons.js';
import { filesOf } from './project.js';
import type { Session } from './session.js';
import { shippedOf } from './shipping.js';
import type { State } from './store.js';

/** More of them nobody reads; the filter finds the others. */
const MOST_LISTED = 1000;

interface Props {
  readonly session: Session;
  readonly state: State;
}

export function FileList(props: Props & { readonly children: ComponentChildren }) {
  const { project, set, against } = props.state;
  const [wanted, setWanted] = useState('');
  const [showsAll, setShowsAll] = useState(false);
  const patched = useMemo(() => new Set(filesOf(set, against)), [set, against]);
  const all = useMemo(
    () => [...new Set([...patched, ...(project?.files.keys() ?? [])])].sort(),
    [patched, project],
  );
  const listed = useMemo(() => {
    const part = wanted.toLowerCase();
    return all.filter(
      (path) => (showsAll || patched.has(path)) && path.toLowerCase().includes(part),
    );
  }, [all, patched, showsAll, wanted]);
  return (
    <nav class="pane files" aria-label="Files">
      <div class="pane-head">
        <h2>Files</h2>
        <span class="quiet">
          {patched.size} of {all.length} patched
        </span>
      </div>
      <Filter wanted={wanted} onFilter={setWanted} />
      <Listed {...props} files={listed} />
      <label class="pane-foot">
        <input
          type="checkbox"
          checked={showsAll}
          onChange={({ currentTarget }) => setShowsAll(currentTarget.checked)}
        />
        Files without patches too
      </label>
      {props.children}
    </nav>
  );
}

interface FilterProps {
  readonly wanted: string;
  readonly onFilter: (wanted: string) => void;
}

function Filter({ wanted, onFilter }: FilterProps) {
  return (
    <div class="filter">
      <Icon name="search" />
      <input
        type="search"
        placeholder="Filter"
        aria-label="Filter files"
        value={wanted}
        onInput={({ currentTarget }) => onFilter(currentTarget.value)}
      />
    </div>
  );
}

function Listed({ session, state, files }: Props & { readonly files: readonly string[] }) {
  const { file, summaries, set } = state;
  // Whatever else changes, the list stays as it is.
  const folders = useMemo(
    () => <Folders session={session} state={state} files={files.slice(0, MOST_LISTED)} />,
    [session, files, file, summaries, set],
  );
  return (
    <div class="scroll">
      {folders}
      {files.length > MOST_LISTED && (
        <p class="nothing">{files.length - MOST_LISTED} more: filter them.</p>
      )}
      {files.length === 0 && <p class="nothing">No file matches.</p>}
    </div>
  );
}

function Folders({ session, state, files }: Props & { readonly files: readonly string[] }) {
  return (
    <>
      {groupsOf(files).map(([folder, own]) => (
        <section key={folder} class="folder">
          <h3>{folder === '' ? '/' : visible(folder)}</h3>
          <ul>
            {own.map((file) => (
              <li key={file}>
                <FileButton session={session} state={state} file={file} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function FileButton({ session, state, file }: Props & { readonly file: string }) {
  const summary = state.summaries.get(file);
  const name = file.split('/').at(-1) ?? file;
  return (
    <button
      type="button"
      class="file"
      aria-current={file === state.file ? 'true' : undefined}
      title={visible(file)}
      onClick={() => void session.openFile(file)}
    >
      <span class="name">{visible(name)}</span>
      {typeof summary === 'object' && (
        <Lines added={summary.linesAdded} removed={summary.linesRemoved} />
      )}
      <FileStatus state={state} file={file} summary={summary} />
    </button>
  );
}

function FileStatus({
  state,
  file,
  summary,
}: {
  readonly state: State;
  readonly file: string;
  readonly summary: FileSummary | string | undefined;
}) {
  if (summary === undefined) return null;
  if (typeof summary === 'string') return <Status kind="bad" icon="warn" label={summary} />;
  if (summary.refused > 0) {
    return <Status kind="warn" icon="warn" label={`${summary.refused} patches are refused`} />;
  }
  switch (shippedOf(state.set, file, summary.baseline, summary.patched)) {
    case 'equal':
      return <Status kind="good" icon="check" label="equals the build" />;
    case 'different':
      return <Status kind="bad" icon="differs" label="differs from the build" />;
    case 'unknown':
      return null;
  }
}

function Status({
  kind,
  icon,
  label,
}: {
  readonly kind: 'good' | 'warn' | 'bad';
  readonly icon: 'check' | 'warn' | 'differs';
  readonly label: string;
}) {
  return (
    <span class={`status ${kind}`} title={label}>
      <Icon name={icon} />
      <span class="for-screen-readers">{label}</span>
    </span>
  );
}

function groupsOf(files: readonly string[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
    const group = groups.get(folder);
    if (group) group.push(file);
    else groups.set(folder, [file]);
  }
  return [...groups];
}
