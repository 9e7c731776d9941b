/** The same, where Node's types are. */
import { readFile } from 'node:fs/promises';
import { loadEngine } from '@firn/engine';

export async function lineCounts(): Promise<number[]> {
  const wasm = new URL('firn.wasm', import.meta.url);
  const firn = await loadEngine({ backend: 'wasm', wasm });
  const file = await firn.freezeFile(new URL('a.txt', import.meta.url));
  return [file.lineCount, firn.freeze(await readFile('a.txt')).lineCount];
}
