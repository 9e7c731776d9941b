import { visible } from '../code/visible-text.js';
import { ConflictForm } from './conflict-form.js';
import { Badge } from './controls.js';
import { FilePickers } from './file-pickers.js';
import { Icon } from './icons.js';
import type { Session } from './session.js';
import type { State } from './store.js';
import { type CarriedRow, countsOf, isOpen, type UpgradeState } from './upgrade.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

/** What becomes of every patch when the baseline is another; what cannot be carried is decided here. */
export function UpgradeScreen({ session, state: { upgrade, problem } }: Props) {
  if (upgrade === undefined) return null;
  return (
    <main class="upgrade" aria-label="New baseline">
      <Head session={session} upgrade={upgrade} />
      {problem !== undefined && (
        <p class="problem" role="alert">
          <Icon name="warn" /> {problem}
        </p>
      )}
      <Stage session={session} upgrade={upgrade} />
    </main>
  );
}

interface StageProps {
  readonly session: Session;
  readonly upgrade: UpgradeState;
}

function Head({ session, upgrade }: StageProps) {
  const { rows, changed } = upgrade;
  return (
    <div class="upgrade-head">
      <h2>New baseline</h2>
      <Summary upgrade={upgrade} />
      <span class="spring" />
      <div class="buttons">
        <button
          type="button"
          class="button primary"
          disabled={changed.length === 0 || rows.some(isOpen)}
          onClick={() => void session.busy(() => session.upgrade.take())}
        >
          Take it over
        </button>
        <button type="button" onClick={() => session.upgrade.cancel()}>
          Back
        </button>
      </div>
    </div>
  );
}

/** First the new texts are asked for; then there is a list, and of a patch in it a form. */
function Stage({ session, upgrade: { texts, rows, changed, dispute } }: StageProps) {
  if (texts.size === 0) {
    return (
      <div class="start-card">
        <p>
          Drop the new baseline here: its folder, or the files of it that changed. Every patch of
          every set is carried to it; what was changed on both sides is yours to decide. Nothing is
          taken over before you say so.
        </p>
        <div class="buttons">
          <FilePickers onFiles={(files) => void session.opening.files(files)} />
        </div>
      </div>
    );
  }
  if (dispute) {
    return (
      <ConflictForm key={dispute.row.carried.patch.label} session={session} dispute={dispute} />
    );
  }
  if (changed.length === 0) {
    return (
      <p class="nothing">
        {texts.size === 1 ? 'The file is' : `All ${texts.size} files are`} what the patches were
        made for, or no patch is about them.
      </p>
    );
  }
  return <Rows session={session} rows={rows} />;
}

function Summary({ upgrade: { rows, texts, changed } }: { readonly upgrade: UpgradeState }) {
  if (texts.size === 0) return null;
  const totals = { clean: 0, moved: 0, upstream: 0, conflict: 0 };
  for (const { carried } of rows) {
    for (const kind of KINDS) totals[kind] += countsOf(carried)[kind];
  }
  const open = rows.filter(isOpen).length;
  return (
    <>
      <span class="quiet">
        {changed.length} of {texts.size === 1 ? '1 file' : `${texts.size} files`} changed under
        patches
      </span>
      {KINDS.filter((kind) => totals[kind] > 0).map((kind) => (
        <Badge key={kind} kind={kind === 'conflict' ? 'bad' : 'quiet'}>
          {totals[kind]} {WORDS[kind]}
        </Badge>
      ))}
      {rows.length > 0 && open === 0 && (
        <Badge kind="good" icon="check">
          nothing left to decide
        </Badge>
      )}
    </>
  );
}

const KINDS = ['clean', 'moved', 'upstream', 'conflict'] as const;

const WORDS = {
  clean: 'clean',
  moved: 'moved',
  upstream: 'upstream already',
  conflict: 'in conflict',
} as const;

const STATES = {
  carried: { kind: 'good', icon: 'check', label: 'carried' },
  upstream: { kind: 'quiet', icon: 'check', label: 'upstream' },
  conflict: { kind: 'bad', icon: 'differs', label: 'conflict' },
  blocked: { kind: 'warn', icon: 'warn', label: 'blocked' },
  refused: { kind: 'warn', icon: 'warn', label: 'refused' },
} as const;

function Rows({
  session,
  rows,
}: {
  readonly session: Session;
  readonly rows: readonly CarriedRow[];
}) {
  return (
    <ul class="carried">
      {rows.map((row) => (
        <Row key={`${row.carried.patch.label} ${row.file}`} session={session} row={row} />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly session: Session;
  readonly row: CarriedRow;
}

function Row({ session, row }: RowProps) {
  const { carried, isLeftOut } = row;
  const { patch, status, problems } = carried;
  const { kind, icon, label } = STATES[status];
  return (
    <li class={isLeftOut ? 'is-left-out' : undefined}>
      <Badge kind={isLeftOut ? 'quiet' : kind} icon={isLeftOut ? 'close' : icon}>
        {isLeftOut ? 'left out' : label}
      </Badge>
      <span class="carried-what">
        <b>{visible(patch.label)}</b> <span class="quiet">{visible(row.file)}</span>
        <span class="words">{wordsFor(carried)}</span>
        {problems.map(({ message }) => (
          <span key={message} class="words">
            {visible(message)}
          </span>
        ))}
      </span>
      <Decisions session={session} row={row} />
    </li>
  );
}

/** What can be done about a patch that is not carried. */
function Decisions({ session, row }: RowProps) {
  const { carried, isLeftOut } = row;
  const { patch, status } = carried;
  const name = visible(patch.label);
  const words = isLeftOut ? 'Bring back' : 'Leave out';
  if (!isLeftOut && !isOpen(row)) return null;
  return (
    <span class="buttons">
      {status === 'conflict' && !isLeftOut && (
        <button
          type="button"
          aria-label={`Decide about ${name}`}
          onClick={() => void session.upgrade.open(row)}
        >
          Decide
        </button>
      )}
      <button
        type="button"
        aria-label={`${words} ${name}`}
        onClick={() => session.upgrade.leaveOut(row, !isLeftOut)}
      >
        {words}
      </button>
    </span>
  );
}

/** `3 clean, 1 moved (line 12 to 15), 1 in conflict`. */
function wordsFor(carried: CarriedRow['carried']): string {
  const counts = countsOf(carried);
  const moves = carried.details
    .filter((detail) => detail.carried === 'moved')
    .sort((a, b) => a.from.from - b.from.from)
    .map(({ from, to }) => `line ${from.from} to ${to.from}`);
  const shown = moves.length > 4 ? [...moves.slice(0, 3), `${moves.length - 3} more`] : moves;
  return KINDS.filter((kind) => counts[kind] > 0)
    .map((kind) => {
      const where = kind === 'moved' ? ` (${shown.join(', ')})` : '';
      return `${counts[kind]} ${WORDS[kind]}${where}`;
    })
    .join(', ');
}
