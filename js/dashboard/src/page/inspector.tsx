import type { ComponentChildren } from 'preact';
import { visible } from '../code/visible-text.js';
import type { Opened, PatchFacts } from '../worker/protocol.js';
import { adviceFor, LAWS } from './advice.js';
import { Badge } from './controls.js';
import type { Session } from './session.js';
import type { State } from './store.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

/** Of a text that is quoted, in UTF-16 units. */
const SHOWN_UNITS = 400;

/** Where a line comes from, or why a patch is not there. */
export function Inspector({ session, state }: Props) {
  const { selected, refusal } = state;
  return (
    <section class="inspector" aria-label="Origin" aria-live="polite">
      {refusal ? (
        <RefusalCard session={session} state={state} />
      ) : selected ? (
        <OriginCard state={state} />
      ) : (
        <p class="nothing">Choose a line to see where it comes from.</p>
      )}
    </section>
  );
}

function OriginCard({ state: { selected, opened } }: { readonly state: State }) {
  if (selected === undefined) return null;
  const { place, origin } = selected;
  const patch = origin.patch === undefined ? undefined : opened?.patches[origin.patch];
  return (
    <div class="card">
      <h3>
        {place.side === 'line' ? 'Line' : 'Baseline line'} {place.line}
      </h3>
      <Quote text={origin.text} />
      {patch === undefined ? (
        <p>
          <Badge kind="quiet">frozen</Badge> Line {origin.base} of the baseline, untouched.
        </p>
      ) : (
        <Author opened={opened} patch={patch} isGone={place.side === 'base'} />
      )}
    </div>
  );
}

interface AuthorProps {
  readonly opened: Opened | undefined;
  readonly patch: PatchFacts;
  readonly isGone: boolean;
}

/** The patch that wrote a line, or took it, and what it says of itself. */
function Author({ opened, patch, isGone }: AuthorProps) {
  const source = opened?.sources[patch.source];
  const below = opened?.sources[source?.follows ?? -1];
  return (
    <>
      <p>
        <Badge kind="quiet">patch</Badge> {isGone ? 'Taken' : 'Written'} by{' '}
        <b>{visible(patch.id)}</b>, which {patch.op}s at line {patch.line} of{' '}
        {below ? `what ${visible(below.id ?? below.name)} makes` : 'the baseline'}.
      </p>
      <dl>
        <Fact name="Source">{visible(source?.id ?? source?.name ?? '')}</Fact>
        <Fact name="Reason">{visible(patch.reason ?? source?.reason ?? '')}</Fact>
        <Fact name="Author">{visible(patch.author ?? source?.author ?? '')}</Fact>
        <Fact name="Law">{patch.op === 'insert' ? `4. ${LAWS[3]}` : `5. ${LAWS[4]}`}</Fact>
      </dl>
    </>
  );
}

function RefusalCard({ session, state: { refusal, opened } }: Props) {
  if (refusal === undefined) return null;
  const { violation, key, other } = refusal;
  const { code, message, law, expected, found } = violation;
  const involved = [key, other].flatMap((one) =>
    one === undefined ? [] : (opened?.patches[one] ?? []),
  );
  return (
    <div class="card is-refused">
      <h3>
        <b>{visible(opened?.patches[key]?.id ?? '')}</b> is not applied
      </h3>
      <p>{visible(message)}</p>
      <dl>
        <Fact name="Code">
          <code>{code}</code>
        </Fact>
        {law !== undefined && <Fact name={`Law ${law}`}>{LAWS[law - 1]}</Fact>}
        {expected !== undefined && (
          <Fact name="Expected">
            <Quote text={expected} />
          </Fact>
        )}
        {found !== undefined && (
          <Fact name="Found">
            <Quote text={found} />
          </Fact>
        )}
        <Fact name="What to do">{adviceFor(violation)}</Fact>
      </dl>
      <div class="buttons">
        {involved.map((patch) => (
          <button
            type="button"
            key={patch.key}
            onClick={() => void session.switchPatches([patch.key], false)}
          >
            Turn {visible(patch.id)} off
          </button>
        ))}
      </div>
    </div>
  );
}

/** Nothing, if nothing is known. */
function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (children === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Quote({ text }: { readonly text: string }) {
  return <pre>{visible(text.slice(0, SHOWN_UNITS))}</pre>;
}
