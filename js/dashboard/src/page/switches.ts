/** Which patches of a file are on, and in which order they are asked for. */
import type { Opened } from '../worker/protocol.js';

export interface Switches {
  readonly order: readonly number[];
  readonly off: ReadonlySet<number>;
  /** Only so many patches of the order, from the first; all by default. */
  readonly steps: number;
}

export const NO_SWITCHES: Switches = { order: [], off: new Set(), steps: 0 };

/** All but what only some builds take. */
export function everythingOn({ patches, sources }: Opened): Switches {
  const off = patches.filter(({ source }) => sources[source]?.when !== undefined);
  const order = [...patches].sort((a, b) => a.source - b.source || a.line - b.line);
  return {
    order: order.map(({ key }) => key),
    off: new Set(off.map(({ key }) => key)),
    steps: patches.length,
  };
}

export function keysOn({ order, off, steps }: Switches): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(order.slice(0, steps).filter((key) => !off.has(key)));
}

/** Names of the sources of which all patches are off: they stay off when the file gets another patch. */
export function sourcesOff({ patches, sources }: Opened, switches: Switches): ReadonlySet<string> {
  const on = new Set(keysOn(switches));
  const used = new Set(patches.filter(({ key }) => on.has(key)).map(({ source }) => source));
  return new Set(sources.filter((_, source) => !used.has(source)).map(({ name }) => name));
}

export function withoutSources(opened: Opened, names: ReadonlySet<string>): Switches {
  const off = opened.patches.filter(({ source }) => names.has(opened.sources[source]?.name ?? ''));
  return { ...everythingOn(opened), off: new Set(off.map(({ key }) => key)) };
}
