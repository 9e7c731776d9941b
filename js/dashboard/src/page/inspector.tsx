import { visible } from '../code/visible-text.js';
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
  const source = patch && opened?.sources[patch.source];
  const isGone = place.side === 'base' && patch !== undefined;
  return (
    <div class="card">
      <h3>
        {place.side === 'line' ? 'Line' : 'Baseline line'} {place.line}
      </h3>
      <pre>{visible(origin.text.slice(0, SHOWN_UNITS))}</pre>
      {patch === undefined ? (
        <p>
          <Badge kind="quiet">frozen</Badge> Line {origin.base} of the baseline, untouched.
        </p>
      ) : (
        <>
          <p>
            <Badge kind="quiet">patch</Badge> {isGone ? 'Taken' : 'Written'} by{' '}
            <b>{visible(patch.id)}</b>, which {patch.op}s at line {patch.line} of the baseline.
          </p>
          <dl>
            <dt>Source</dt>
            <dd>{visible(source?.id ?? source?.name ?? '')}</dd>
            {(patch.reason ?? source?.reason) && (
              <>
                <dt>Reason</dt>
                <dd>{visible(patch.reason ?? source?.reason ?? '')}</dd>
              </>
            )}
            {(patch.author ?? source?.author) && (
              <>
                <dt>Author</dt>
                <dd>{visible(patch.author ?? source?.author ?? '')}</dd>
              </>
            )}
            <dt>Law</dt>
            <dd>{patch.op === 'insert' ? `4. ${LAWS[3]}` : `5. ${LAWS[4]}`}</dd>
          </dl>
        </>
      )}
    </div>
  );
}

function RefusalCard({ session, state: { refusal, opened } }: Props) {
  if (refusal === undefined) return null;
  const { violation, key, other } = refusal;
  const patch = opened?.patches[key];
  const rival = other === undefined ? undefined : opened?.patches[other];
  const law = violation.law;
  return (
    <div class="card is-refused">
      <h3>
        <b>{visible(patch?.id ?? '')}</b> is not applied
      </h3>
      <p>{visible(violation.message)}</p>
      <dl>
        <dt>Code</dt>
        <dd>
          <code>{violation.code}</code>
        </dd>
        {law !== undefined && (
          <>
            <dt>Law {law}</dt>
            <dd>{LAWS[law - 1]}</dd>
          </>
        )}
        {violation.expected !== undefined && (
          <>
            <dt>Expected</dt>
            <dd>
              <pre>{visible(violation.expected.slice(0, SHOWN_UNITS))}</pre>
            </dd>
          </>
        )}
        {violation.found !== undefined && (
          <>
            <dt>Found</dt>
            <dd>
              <pre>{visible(violation.found.slice(0, SHOWN_UNITS))}</pre>
            </dd>
          </>
        )}
        <dt>What to do</dt>
        <dd>{adviceFor(violation)}</dd>
      </dl>
      <div class="buttons">
        <button type="button" onClick={() => void session.switchPatches([key], false)}>
          Turn {visible(patch?.id ?? '')} off
        </button>
        {rival && (
          <button type="button" onClick={() => void session.switchPatches([rival.key], false)}>
            Turn {visible(rival.id)} off
          </button>
        )}
      </div>
    </div>
  );
}
