/** `jsonc` is JSON that may have comments and trailing commas. */
export type Language = 'js' | 'ts' | 'tsx' | 'json' | 'jsonc' | 'css';

const byEnding: ReadonlyMap<string, Language> = new Map([
  // JSX in .js is what most bundlers take, and nothing else that JavaScript says looks like it.
  ...['js', 'mjs', 'cjs', 'jsx'].map((ending) => [ending, 'js'] as const),
  ...['ts', 'mts', 'cts'].map((ending) => [ending, 'ts'] as const),
  ['tsx', 'tsx'],
  ['json', 'json'],
  ['webmanifest', 'json'],
  ['jsonc', 'jsonc'],
  ['css', 'css'],
]);

/** Files that are JSON by name and have comments by custom. */
const withComments = /(^|\/)([tj]sconfig[^/]*|\.vscode\/[^/]*|\.eslintrc|\.swcrc)\.json$/;

/** What a file is parsed as, by its name; undefined: it is not parsed. */
export function languageOf(file: string): Language | undefined {
  if (withComments.test(file)) return 'jsonc';
  return byEnding.get(/\.([^./]+)$/.exec(file)?.[1]?.toLowerCase() ?? '');
}
