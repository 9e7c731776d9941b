/** The small parts that every pane is made of. */
import type { ComponentChildren } from 'preact';
import type { EmptyLineCount } from '../editor/text-editor.js';
import { Icon, type IconName } from './icons.js';

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  /** Of the key that does the same. */
  readonly keyName?: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  /** Shows the label beside the icon. */
  readonly hasLabel?: boolean;
}

export function Action({
  icon,
  label,
  onClick,
  keyName,
  isPressed,
  isDisabled = false,
  hasLabel = false,
}: ActionProps) {
  return (
    <button
      type="button"
      class={hasLabel ? 'action has-label' : 'action'}
      onClick={onClick}
      title={keyName === undefined ? label : `${label} (${keyName})`}
      aria-label={hasLabel ? undefined : label}
      aria-pressed={isPressed}
      disabled={isDisabled}
    >
      <Icon name={icon} />
      {hasLabel && <span>{label}</span>}
    </button>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly choices: readonly {
    readonly value: T;
    readonly label: string;
    readonly hint?: string;
  }[];
  readonly chosen: T | undefined;
  readonly onChoose: (value: T) => void;
}

/** One of a few, all in sight. */
export function Choice<T extends string>({ label, choices, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset class="choice">
      <legend class="for-screen-readers">{label}</legend>
      {choices.map((choice) => (
        <button
          type="button"
          key={choice.value}
          aria-pressed={choice.value === chosen}
          title={choice.hint ?? choice.label}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}

interface EmptyTextProps {
  readonly lineCount: EmptyLineCount;
  readonly onChoose: (lineCount: EmptyLineCount) => void;
}

/** Where somebody writes lines and there is no character: is there a line? */
export function EmptyText({ lineCount, onChoose }: EmptyTextProps) {
  return (
    <div class="empty-text">
      <span>Nothing is written. It is</span>
      <Choice
        label="An empty text is"
        choices={[
          { value: 'none', label: 'No line' },
          { value: 'one', label: 'One empty line' },
        ]}
        chosen={lineCount === 0 ? 'none' : 'one'}
        onChoose={(value) => onChoose(value === 'none' ? 0 : 1)}
      />
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

export function Switch({ label, isOn, isDisabled = false, onSwitch }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={isOn}
      aria-label={label}
      disabled={isDisabled}
      onClick={() => onSwitch(!isOn)}
    />
  );
}

export function Lines({ added, removed }: { readonly added: number; readonly removed: number }) {
  return (
    <span class="lines">
      <span class="plus">+{added}</span> <span class="minus">−{removed}</span>
    </span>
  );
}

interface BadgeProps {
  readonly kind: 'good' | 'warn' | 'bad' | 'quiet';
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ComponentChildren;
}

export function Badge({ kind, icon, title, children }: BadgeProps) {
  return (
    <span class={`badge ${kind}`} title={title}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </span>
  );
}
