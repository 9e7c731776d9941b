import { useEffect, useRef } from 'preact/hooks';
import type { Found } from '../code/found-places.js';
import { Action } from './controls.js';
import { Icon } from './icons.js';
import type { Session } from './session.js';
import type { State } from './store.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

/** Searches the whole file, as somebody writes. */
export function FindBar({ session, state }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const isCaseSensitive = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const { found, query } = state;
  const search = () =>
    void session.search(input.current?.value ?? '', isCaseSensitive.current?.checked ?? false);
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (input.current?.value !== query || found === undefined) search();
    else void session.goToFound(event.shiftKey ? -1 : 1);
  };
  return (
    <search class="find">
      <Icon name="search" />
      <input
        key={state.file}
        ref={input}
        type="search"
        aria-label="Search in the file"
        placeholder="Search in the whole file"
        defaultValue={query}
        onInput={search}
        onKeyDown={keyDown}
      />
      <label>
        <input type="checkbox" ref={isCaseSensitive} onChange={search} /> Match case
      </label>
      <output aria-live="polite">
        {query === '' || found === undefined ? '' : wordsFor(found)}
      </output>
      <Action icon="up" label="Previous place" onClick={() => void session.goToFound(-1)} />
      <Action icon="down" label="Next place" onClick={() => void session.goToFound(1)} />
      <Action icon="close" label="Close the search" onClick={() => session.endSearch()} />
    </search>
  );
}

function wordsFor({ at, total, isCut }: Found): string {
  if (total === 0) return 'Not found';
  const all = isCut ? `${total} or more` : `${total}`;
  return at < 0 ? `${all} found` : `${at + 1} of ${all}`;
}
