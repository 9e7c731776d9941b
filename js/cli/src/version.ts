import { readFileSync } from 'node:fs';

/** Of this package; the engine is of the same one. Read when asked for: most commands do not. */
export function packageVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
