import { visible } from '../code/visible-text.js';
import { CommandButton } from './command-button.js';
import { nextTheme } from './commands.js';
import { Badge, Choice } from './controls.js';
import { Mark } from './icons.js';
import type { Session } from './session.js';
import { countShipped } from './shipping.js';
import { type State, screenOf } from './store.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;

/** What is open, whether it is what ships, and what else the page can do. */
export function TopBar({ session, state }: Props) {
  const { project, isBusy, searchProgress } = state;
  const isShown = screenOf(state) === 'files';
  return (
    <header class="top-bar">
      {isBusy && <progress class="busy" aria-label="Working" value={searchProgress} />}
      <h1 class="brand">
        <Mark />
        <span>Firn</span>
        {project && <span class="project">{visible(project.name)}</span>}
      </h1>
      {isShown && <Sets session={session} state={state} />}
      <div class="spring" />
      {isShown && <Shipped state={state} />}
      <Commands session={session} state={state} />
    </header>
  );
}

/** Which store is shown, and beside what. */
function Sets({ session, state: { project, set, against } }: Props) {
  const sets = project?.sets ?? [];
  return (
    <>
      {sets.length === 1 && <span class="quiet">{visible(sets[0]?.id ?? '')}</span>}
      {sets.length > 1 && (
        <Choice
          label="Store"
          choices={sets.map(({ id }) => ({ value: id, label: visible(id) }))}
          chosen={set?.id}
          onChoose={(id) => void session.chooseSet(id)}
        />
      )}
      {sets.length > 1 && (
        <label class="against">
          <span>against</span>
          <select
            aria-label="Compare with"
            value={against?.id ?? ''}
            onChange={({ currentTarget: { value } }) =>
              void session.compareWith(value === '' ? undefined : value)
            }
          >
            <option value="">the baseline</option>
            {sets
              .filter(({ id }) => id !== set?.id)
              .map(({ id }) => (
                <option key={id} value={id}>
                  {visible(id)}
                </option>
              ))}
          </select>
        </label>
      )}
    </>
  );
}

function Commands({ session, state: { project, unsaved, preferences } }: Props) {
  const { theme } = preferences;
  return (
    <>
      {unsaved.size > 0 && (
        <CommandButton session={session} command="save" icon="save" label="Save" hasLabel />
      )}
      {project && (
        <CommandButton session={session} command="baseline" icon="baseline" label="New baseline" />
      )}
      <CommandButton session={session} command="open" icon="open" />
      <CommandButton
        session={session}
        command="theme"
        icon={THEME_ICONS[theme]}
        label={`Colours: ${theme}. Change to ${nextTheme(session)}`}
      />
      <CommandButton session={session} command="help" icon="help" label="Keys and help" />
    </>
  );
}

function Shipped({ state: { set, summaries } }: { readonly state: State }) {
  const count = countShipped(set, summaries);
  if (count === undefined || set?.build === undefined) return null;
  const { equal, different, total } = count;
  const title = `Artefact ${set.build.id}: the browser's fingerprints beside those of the build`;
  if (different > 0) {
    return (
      <Badge kind="bad" icon="differs" title={title}>
        {different} of {total}
        <span class="words"> differ from the build</span>
      </Badge>
    );
  }
  if (equal < total) {
    return (
      <Badge kind="quiet" title={title}>
        {equal} of {total}
        <span class="words"> compared</span>
      </Badge>
    );
  }
  return (
    <Badge kind="good" icon="check" title={title}>
      <span class="words">Equals what ships </span>
      <code>{set.build.id.slice(0, 8)}</code>
    </Badge>
  );
}
