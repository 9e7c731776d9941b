import { visible } from '../code/visible-text.js';
import { Action, Badge, Choice } from './controls.js';
import { Mark } from './icons.js';
import { THEMES } from './memory.js';
import type { Session } from './session.js';
import { countShipped } from './shipping.js';
import type { State } from './store.js';

interface TopBarProps {
  readonly session: Session;
  readonly state: State;
  readonly onOpen: () => void;
  readonly onHelp: () => void;
  readonly onSave: () => void;
  readonly onUpgrade: () => void;
}

const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;

export function TopBar({ session, state, onOpen, onHelp, onSave, onUpgrade }: TopBarProps) {
  const { project, set, against, preferences } = state;
  const { theme } = preferences;
  const nextTheme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <header class="top-bar">
      <h1 class="brand">
        <Mark />
        <span>Firn</span>
        {project && <span class="project">{visible(project.name)}</span>}
      </h1>
      {project && project.sets.length > 0 && (
        <Choice
          label="Store"
          choices={project.sets.map(({ id }) => ({ value: id, label: visible(id) }))}
          chosen={set?.id}
          onChoose={(id) => void session.chooseSet(id)}
        />
      )}
      {project && project.sets.length > 1 && (
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
            {project.sets
              .filter(({ id }) => id !== set?.id)
              .map(({ id }) => (
                <option key={id} value={id}>
                  {visible(id)}
                </option>
              ))}
          </select>
        </label>
      )}
      <div class="spring" />
      <Shipped state={state} />
      {state.unsaved.size > 0 && (
        <Action icon="save" label="Save" keyName="s" hasLabel onClick={onSave} />
      )}
      {project && <Action icon="baseline" label="New baseline" keyName="b" onClick={onUpgrade} />}
      <Action icon="open" label="Open files" keyName="o" onClick={onOpen} />
      <Action
        icon={THEME_ICONS[theme]}
        label={`Colours: ${theme}. Change to ${nextTheme}`}
        keyName="t"
        onClick={() => void session.choosePreferences({ theme: nextTheme })}
      />
      <Action icon="help" label="Keys and help" keyName="?" onClick={onHelp} />
    </header>
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
