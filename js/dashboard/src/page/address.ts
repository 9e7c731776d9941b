/** What the page's address says, and which of it the browser's Back takes back. */
import type { ViewMode } from '../worker/layout.js';
import { MODES } from './memory.js';

export interface Place {
  readonly set?: string | undefined;
  readonly against?: string | undefined;
  readonly file?: string | undefined;
  readonly view?: ViewMode | undefined;
  /** Of the result, from 1. */
  readonly line?: number | undefined;
}

export class Address {
  #written: string | undefined;
  /** Of `#written`, what makes it a place of its own. */
  #stop: string | undefined;

  /** Another file or another set is a step that Back takes back; another view or line is none. */
  write(place: Place): void {
    const stop = hashOf({ ...place, view: undefined, line: undefined });
    const isStep = this.#stop !== undefined && this.#stop !== stop;
    this.#stop = stop;
    this.#written = hashOf(place);
    if (isStep) history.pushState(null, '', this.#written);
    else history.replaceState(null, '', this.#written);
  }

  /** Another project: there is no way back to the one before. */
  begin(): void {
    this.#stop = undefined;
  }

  /** What somebody went to; undefined when it is what was written here. */
  follow(hash: string): Place | undefined {
    if (hash === this.#written) return undefined;
    // The step is taken already: whatever is there is written in its place.
    this.#stop = undefined;
    return placeOf(hash);
  }
}

export function placeOf(hash: string): Place {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const line = Number(parameters.get('line'));
  return {
    set: parameters.get('set') ?? undefined,
    against: parameters.get('against') ?? undefined,
    file: parameters.get('file') ?? undefined,
    view: MODES.find((mode) => mode === parameters.get('view')),
    line: Number.isInteger(line) && line > 0 ? line : undefined,
  };
}

function hashOf(place: Place): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(place)) {
    if (value !== undefined) parameters.set(key, String(value));
  }
  return `#${parameters}`;
}
