/** `virtual:firn`: what the build applied, for the application to tell. */
import type { BuildManifest } from '@firn/sets';

/** Either name, anywhere; webpack and Rspack take a name with a colon for an address. */
export const VIRTUAL_REQUEST = /^(?:virtual:firn|firn-virtual)$/;

/** As bundlers of Rollup's kind mark modules that have no file; the others give them one of their own. */
export const VIRTUAL_ID = '\0virtual:firn';
export const VIRTUAL_FILE = 'firn-virtual';
export const VIRTUAL_MODULE = /^(?:\0virtual:firn|firn-virtual)$/;

/**
 * Its source. One object for as long as the page lives: while a developer edits patches, whoever holds
 * it sees what is applied now.
 */
export function virtualSource(manifest: BuildManifest, isHot: boolean): string {
  const json = JSON.stringify(manifest)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  if (!isHot) return `export default ${json};\n`;
  return [
    'const build = import.meta.hot?.data.build ?? {};',
    `export default Object.assign(build, ${json});`,
    'if (import.meta.hot) {',
    '  import.meta.hot.data.build = build;',
    '  import.meta.hot.accept();',
    '}',
    '',
  ].join('\n');
}
