// @ts-check
// Serves the dashboard with the shop in it, and prints its address. Where nobody watches (CI, or a pipe), it looks whether the
// page answers, and exits.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { paint } from './print.mjs';
import { writeSite } from './site.mjs';

const PORT = Number(process.env.PORT ?? 4173);

/** All that the page needs: nothing inline, nothing from elsewhere, and WebAssembly. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
]);

const site = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/dashboard');

/** @param {string} address @returns {string | undefined} */
function fileAt(address) {
  const { pathname } = new URL(address, 'http://localhost');
  const file = join(site, decodeURIComponent(pathname));
  const name = pathname.endsWith('/') ? join(file, 'index.html') : file;
  const isInside = !relative(site, name).startsWith('..');
  return isInside && existsSync(name) && statSync(name).isFile() ? name : undefined;
}

const server = createServer((request, response) => {
  response.setHeader('Content-Security-Policy', POLICY);
  const file = fileAt(request.url ?? '/');
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  // What is baseline or patch is data, whatever its name ends with.
  const isPage = !/\/(baseline|patches)\//.test(file);
  const type = isPage ? TYPES.get(extname(file)) : undefined;
  response.setHeader('Content-Type', type ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
});

await writeSite(site);
const isWatched = process.stdout.isTTY === true && !process.env.CI;
server.listen(isWatched ? PORT : 0, '127.0.0.1', async () => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  const origin = `http://127.0.0.1:${address.port}/`;
  console.log(`\nThe same in a browser, patch by patch: ${paint('bold', origin)}`);
  if (isWatched) {
    console.log(paint('dim', 'Ctrl+C ends it.'));
    return;
  }
  for (const part of ['', 'firn.project.json']) {
    const { ok, status } = await fetch(new URL(part, origin));
    if (!ok) throw new Error(`${origin}${part} answered ${status}`);
  }
  server.close();
});
