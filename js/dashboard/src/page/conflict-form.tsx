import { useState } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import type { DisputedLines } from '../worker/edit-protocol.js';
import { EmptyText } from './controls.js';
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

function Conflict(props: ConflictProps) {
  const { number, total } = props;
  return (
    <fieldset class="conflict">
      <legend>{total === 1 ? 'The conflict' : `Conflict ${number} of ${total}`}</legend>
      <Sides {...props} />
      <Decision {...props} />
    </fieldset>
  );
}

function Sides({ sides, chosen, onChoose }: ConflictProps) {
  return (
    <div class="sides">
      {SIDES.map(({ side, label, act }) => (
        <section key={side} aria-label={label}>
          <h4>{label}</h4>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
          <pre tabIndex={0} class={side}>
            {visible(sides[side].join('\n')) || <span class="quiet">{emptyAs(sides[side])}</span>}
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
  );
}

/** The lines that take the place of both. */
function Decision({ sides, chosen, onChoose }: ConflictProps) {
  const holdsReturn = chosen?.some((line) => line.includes('\r'));
  const mostLines = Math.max(...SIDES.map(({ side }) => sides[side].length));
  return (
    <>
      <label>
        What is to stand there
        <textarea
          rows={Math.min(Math.max(mostLines, 2), 12)}
          spellcheck={false}
          readOnly={holdsReturn}
          value={chosen?.join('\n') ?? ''}
          placeholder={chosen === undefined ? 'Take one of them, or write it' : emptyAs(chosen)}
          onInput={({ currentTarget: { value } }) =>
            onChoose(value === '' ? [] : value.split('\n'))
          }
        />
      </label>
      {holdsReturn && (
        <p class="quiet">
          A line holds a CR, which a form would lose: take it as it is, or the other one.
        </p>
      )}
      {chosen?.join('\n') === '' && (
        <EmptyText
          lineCount={chosen.length === 0 ? 0 : 1}
          onChoose={(lineCount) => onChoose(lineCount === 0 ? [] : [''])}
        />
      )}
    </>
  );
}

/** What lines without a character are. */
function emptyAs(lines: readonly string[]): string {
  return lines.length === 0 ? 'no line' : 'one empty line';
}

function isSame(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && a.length === b.length && a.every((line, index) => line === b[index]);
}
