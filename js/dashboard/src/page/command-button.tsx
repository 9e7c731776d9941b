import { carryOut } from './commands.js';
import { Action } from './controls.js';
import type { IconName } from './icons.js';
import { type Command, keyOf } from './keys.js';
import type { Session } from './session.js';

interface Props {
  readonly session: Session;
  readonly command: Command;
  readonly icon: IconName;
  /** By default what the sheet of keys says. */
  readonly label?: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly hasLabel?: boolean;
}

/** A button that does what a key does, and says which. */
export function CommandButton({ session, command, label, ...rest }: Props) {
  const key = keyOf(command);
  return (
    <Action
      {...rest}
      label={label ?? key.label}
      keyName={key.key}
      onClick={() => carryOut(session, command)}
    />
  );
}
