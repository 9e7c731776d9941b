import { useState } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import type { DisputedLines } from '../worker/edit-protocol.js';
import type { Session } from './session.js';
import type { Dispute } from './upgrade.js';

interface Props {
  readonly session: Session;
  readonly dispute: Dispute;
}

/** The three sides of each conflict of a patch, and what is to stand there: one of them, or what somebody writes. */
export function ConflictForm({ session, dispute: { row, conflicts } }: Props) {
  const [choices, setChoices] = useState<readonly (readonly string[] | undefined)[]>(
    conflicts.map(() => undefined),
  );
  const choose = (index: number, lines: readonly string[] | undefined) =>
    setChoices(choices.with(index, lines));
  const decided = choices.filter((lines) => lines !== undefined);
  return (
    <form
      class="conflicts"
      onSubmit={(event) => {
        event.preventDefault();
        void session.upgrade.decide(decided);
      }}
    >
      <h3>
        {visible(row.carried.patch.label)} <span class="quiet">{visible(row.file)}</span>
      </h3>
      {conflicts.map((sides, index) => (
        <Conflict
          key={index}
          number={index + 1}
          total={conflicts.length}
          sides={sides}
          chosen={choices[index]}
          onChoose={(lines) => choose(index, lines)}
        />
      ))}
      <div class="buttons">
        <button type="submit" class="button primary" disabled={decided.length < conflicts.length}>
          Decide so
        </button>
        <button type="button" onClick={() => session.upgrade.close()}>
          Not now
        </button>
        <span class="quiet" role="status">
          {decided.length} of {conflicts.length} decided
        </span>
      </div>
    </form>
  );
}

interface ConflictProps {
  readonly number: number;
  readonly total: number;
  readonly sides: DisputedLines;
  readonly chosen: readonly string[] | undefined;
  readonly onChoose: (lines: readonly string[]) => void;
}

const SIDES = [
  { side: 'base', label: 'Old baseline', act: undefined },
  { side: 'ours', label: 'Your patch', act: 'Take your lines' },
  { side: 'theirs', label: 'New baseline', act: 'Take the new lines' },
] as const;

function Conflict({ number, total, sides, chosen, onChoose }: ConflictProps) {
  const name = total === 1 ? 'The conflict' : `Conflict ${number} of ${total}`;
  return (
    <fieldset class="conflict">
      <legend>{name}</legend>
      <div class="sides">
        {SIDES.map(({ side, label, act }) => (
          <section key={side} aria-label={label}>
            <h4>{label}</h4>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
            <pre tabIndex={0} class={side}>
              {visible(sides[side].join('\n')) || <span class="quiet">no line</span>}
            </pre>
            {act && (
              <button
                type="button"
                class="button"
                aria-pressed={isSame(chosen, sides[side])}
                onClick={() => onChoose(sides[side])}
              >
                {act}
              </button>
            )}
          </section>
        ))}
      </div>
      <label>
        What is to stand there
        <textarea
          rows={Math.min(Math.max(...SIDES.map(({ side }) => sides[side].length), 2), 12)}
          spellcheck={false}
          value={(chosen ?? []).join('\n')}
          placeholder={chosen === undefined ? 'Take one of them, or write it' : 'No line'}
          onInput={({ currentTarget: { value } }) =>
            onChoose(value === '' ? [] : value.split('\n'))
          }
        />
      </label>
    </fieldset>
  );
}

function isSame(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && a.length === b.length && a.every((line, index) => line === b[index]);
}
