import type { Fallible, Json } from './binding.js';
import { parseJson } from './json.js';

/** As parseJson(), as data that nobody can change: it is handed to everyone who asks. */
export function parseFrozen<T>(result: Fallible<Json>, what: string): T {
  const value = parseJson<T>(result, what);
  freezeAll(value);
  return value;
}

/** REQUIRES data of JSON that the engine wrote: it nests a few levels deep. */
function freezeAll(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) freezeAll(inner);
  Object.freeze(value);
}
