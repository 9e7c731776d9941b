import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../code/visible-text.js';
import type { PatchFacts, Refusal } from '../worker/protocol.js';
import { Switch } from './controls.js';
import { Icon } from './icons.js';
import type { Session } from './session.js';
import type { State } from './store.js';
import { keysOn } from './switches.js';

const SIGNS = { replace: '~', delete: '−', insert: '+' } as const;

/** Pixels; the style sheet has the same. Only rows in sight are in the document. */
const ITEM_HEIGHT = 46;

/** Above and below what is in sight, so that Tab finds the next one. */
const SPARE_ITEMS = 4;

interface Props {
  readonly session: Session;
  readonly state: State;
}

export function PatchList({ session, state }: Props) {
  const { opened, switches, against } = state;
  const patches = opened?.patches ?? [];
  const on = keysOn(switches).length;
  return (
    <section class="patches" aria-label="Patches">
      <div class="pane-head">
        <h2>{against ? 'Differences' : 'Patches'}</h2>
        <span class="quiet">
          {on} of {patches.length} on
        </span>
        <div class="spring" />
        <button
          type="button"
          class="link"
          disabled={patches.length === 0}
          onClick={() => void session.switchPatches(switches.order, on === 0)}
        >
          {on === 0 ? 'All on' : 'All off'}
        </button>
      </div>
      {patches.length > 1 && <Steps session={session} state={state} />}
      <Sources state={state} />
      {patches.length === 0 ? (
        <p class="nothing">No patch changes this file.</p>
      ) : (
        <Items session={session} state={state} patches={patches} />
      )}
    </section>
  );
}

/** The revisions between the baseline and all patches. */
function Steps({ session, state }: Props) {
  const { opened, switches } = state;
  const { order, steps } = switches;
  const last = opened?.patches[order[steps - 1] ?? -1];
  const text =
    steps === 0
      ? 'the baseline'
      : steps === order.length
        ? 'all patches'
        : `up to ${visible(last?.id ?? '')}`;
  return (
    <div class="steps">
      <label for="steps">
        Revision {steps} of {order.length}
      </label>
      <output for="steps">{text}</output>
      <input
        id="steps"
        type="range"
        min={0}
        max={order.length}
        value={steps}
        aria-valuetext={`${steps} of ${order.length}, ${text}`}
        onInput={({ currentTarget }) => void session.chooseSteps(currentTarget.valueAsNumber)}
      />
    </div>
  );
}

/** Patch files of which nothing can be used. */
function Sources({ state }: { readonly state: State }) {
  const broken = state.opened?.sources.filter(({ problem }) => problem !== undefined) ?? [];
  const strays = state.set?.strays ?? [];
  if (broken.length + strays.length === 0) return null;
  return (
    <ul class="broken">
      {strays.map((name) => (
        <li key={name}>
          <Icon name="warn" />
          <span>
            <b>{visible(name)}</b> is not in the manifest of the set: a build refuses it.
          </span>
        </li>
      ))}
      {broken.map(({ name, problem }) => (
        <li key={name}>
          <Icon name="warn" />
          <span>
            <b>{visible(name)}</b> {visible(problem?.message ?? '')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Items({ session, state, patches }: Props & { readonly patches: readonly PatchFacts[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { from, count } = useItemsInSight(scroller);
  const [dragged, setDragged] = useState<number>();
  const { order } = state.switches;
  const refusals = new Map(state.applied?.refused.map((refusal) => [refusal.key, refusal]));
  return (
    <div class="scroll" ref={scroller}>
      <ul
        class="items"
        ref={(list) => list?.style.setProperty('height', `${order.length * ITEM_HEIGHT}px`)}
      >
        {order.slice(from, from + count).map((key, index) => {
          const patch = patches[key];
          return (
            patch && (
              <Item
                key={key}
                session={session}
                state={state}
                patch={patch}
                place={from + index}
                refusal={refusals.get(key)}
                dragged={dragged}
                onDrag={setDragged}
              />
            )
          );
        })}
      </ul>
    </div>
  );
}

/** Which items to have in the document. */
function useItemsInSight(scroller: RefObject<HTMLDivElement | null>) {
  const [from, setFrom] = useState(0);
  const [count, setCount] = useState(20);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = () => {
      setFrom(Math.max(Math.floor(element.scrollTop / ITEM_HEIGHT) - SPARE_ITEMS, 0));
      setCount(Math.ceil(element.clientHeight / ITEM_HEIGHT) + 2 * SPARE_ITEMS);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return { from, count };
}

interface ItemProps extends Props {
  readonly patch: PatchFacts;
  /** In the order, from 0. */
  readonly place: number;
  readonly refusal: Refusal | undefined;
  readonly dragged: number | undefined;
  readonly onDrag: (key: number | undefined) => void;
}

function Item({ session, state, patch, place, refusal, dragged, onDrag }: ItemProps) {
  const { switches, opened } = state;
  const { key } = patch;
  const isStale = opened?.sources[patch.source]?.problem !== undefined;
  const isOn = !switches.off.has(key);
  const status = statusOf(isStale, isOn, place < switches.steps, refusal);
  return (
    <li
      class={`item ${status.kind}${dragged === key ? ' is-dragged' : ''}`}
      ref={(item) => item?.style.setProperty('transform', `translateY(${place * ITEM_HEIGHT}px)`)}
      draggable
      onDragStart={() => onDrag(key)}
      onDragEnd={() => onDrag(undefined)}
      onDragOver={(event) => dragged !== undefined && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (dragged !== undefined && dragged !== key) void session.movePatch(dragged, place);
      }}
      onKeyDown={(event) => {
        const step = stepOf(event);
        if (step === 0) return;
        event.preventDefault();
        void session.movePatch(key, place + step);
      }}
    >
      <span class={`hue hue-${key % 8}`} />
      <Switch
        label={`Patch ${visible(patch.id)}`}
        isOn={isOn && !isStale}
        isDisabled={isStale}
        onSwitch={(on) => void session.switchPatches([key], on)}
      />
      <PatchButton session={session} state={state} patch={patch} />
      {status.label !== '' && (
        <span class="state" title={status.title}>
          {status.label}
        </span>
      )}
    </li>
  );
}

/** How far Alt and an arrow move a patch. */
function stepOf({ altKey, key }: KeyboardEvent): -1 | 0 | 1 {
  if (!altKey) return 0;
  return key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
}

/** Goes to what the patch does. */
function PatchButton({ session, state, patch }: Props & { readonly patch: PatchFacts }) {
  const { opened } = state;
  const source = opened?.sources[patch.source];
  const below = opened?.sources[source?.follows ?? -1];
  return (
    <button
      type="button"
      class="patch"
      title={visible(patch.reason ?? patch.id)}
      onClick={() => void session.goToPatch(patch.key)}
    >
      <span class="name">{visible(patch.id)}</span>
      <span class="what">
        <span class="sign" aria-hidden="true">
          {SIGNS[patch.op]}
        </span>{' '}
        {wordsFor(patch)}
        {below && ` of what ${visible(below.id ?? below.name)} makes`}
        {source?.when !== undefined && `, when ${visible(source.when)}`}
      </span>
    </button>
  );
}

function statusOf(
  isStale: boolean,
  isOn: boolean,
  isReached: boolean,
  refusal: Refusal | undefined,
): { kind: string; label: string; title?: string } {
  if (isStale) return { kind: 'is-refused', label: 'stale' };
  if (!isOn) return { kind: 'is-off', label: 'off' };
  if (!isReached) return { kind: 'is-off', label: 'later' };
  if (refusal === undefined) return { kind: 'is-on', label: '' };
  const isWaiting = refusal.violation.code === 'set_base_mismatch';
  const label = isWaiting ? 'waits' : refusal.other === undefined ? 'refused' : 'collides';
  return { kind: 'is-refused', label, title: refusal.violation.message };
}

function wordsFor({ op, line, endLine, linesAdded }: PatchFacts): string {
  const lines = (count: number) => `${count} line${count === 1 ? '' : 's'}`;
  const range = endLine > line ? `lines ${line}–${endLine}` : `line ${line}`;
  if (op === 'insert') return `inserts ${lines(linesAdded)} before line ${line}`;
  if (op === 'delete') return `deletes ${range}`;
  const same = linesAdded === endLine + 1 - line;
  return same ? `replaces ${range}` : `replaces ${range} with ${lines(linesAdded)}`;
}
