/** The one order of names: by UTF-16 code units, the same wherever it is asked for. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The entries of an object in the order of their keys. */
export function sortedEntries<T>(object: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(object).sort(([a], [b]) => byCodeUnit(a, b));
}

/** The same object with its keys in order. */
export function inOrder<T>(object: Readonly<Record<string, T>>): Record<string, T> {
  // Not by assignment, which for the name __proto__ changes what the object is.
  return Object.fromEntries(sortedEntries(object));
}
