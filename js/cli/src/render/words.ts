import type { LineRange } from '@firn/engine';

/** "1 line", "2 lines", "2 patches" */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** "line 4", "lines 4-6" */
export function lineSpan({ from, to }: LineRange): string {
  return from === to ? `line ${from}` : `lines ${from}-${to}`;
}

/** "a", "a and b", "a, b and c" */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
