// @ts-check
/** Serves the packages as they are built, with no bundler, under the strictest policy that WebAssembly allows. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** What a page may load, by the first part of the address. */
const FOLDERS = new Map([
  ['engine', path.join(root, 'js/engine/dist')],
  ['conformance', path.join(root, 'tests/conformance')],
  ['pages', path.join(root, 'tests/browser/pages')],
]);

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
]);

export const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** @param {URL} url @param {Map<string, string>} folders */
function fileOf(url, folders) {
  const [, first = '', ...rest] = decodeURIComponent(url.pathname).split('/');
  const folder = folders.get(first);
  if (!folder || rest.includes('..')) return undefined;
  const file = path.join(folder, ...rest);
  return existsSync(file) ? file : undefined;
}

/**
 * `types` replaces content types by file ending, `folders` adds what may be loaded, `policy` replaces ours.
 * @param {{ types?: Record<string, string>, folders?: Record<string, string>, policy?: string }} [options]
 */
export async function serve({ types = {}, folders = {}, policy = POLICY } = {}) {
  const served = new Map([...FOLDERS, ...Object.entries(folders)]);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://firn');
    const file = fileOf(url, served);
    response.setHeader('Content-Security-Policy', policy);
    if (!file) {
      response.writeHead(url.pathname === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const ending = path.extname(file);
    response.setHeader(
      'Content-Type',
      types[ending] ?? TYPES.get(ending) ?? 'application/octet-stream',
    );
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
