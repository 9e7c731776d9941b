// @ts-check
/** A registry of one package, for npm as it is. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { bin, environment, folderFor } from './run-firn.mjs';

/**
 * @param {Parameters<typeof folderFor>[0]} test @param {string} name
 * @param {Record<string, Record<string, any>>} versions the files of each; of package.json what is more than name and version
 */
export async function serveRegistry(test, name, versions) {
  /** @type {Map<string, Buffer>} */
  const tarballs = new Map();
  for (const [version, { 'package.json': more, ...files }] of Object.entries(versions)) {
    const manifest = JSON.stringify({ name, version, ...more });
    const folder = folderFor(test, { ...files, 'package.json': manifest });
    const args = ['pack', '--json', '--ignore-scripts', '--loglevel=silent'];
    const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }));
    tarballs.set(version, readFileSync(path.join(folder, filename)));
  }
  const server = http.createServer((request, response) => {
    const version = /\/(\d[\d.]*)\.tgz$/.exec(request.url ?? '')?.[1];
    if (version !== undefined) return response.end(tarballs.get(version));
    const entries = [...tarballs.keys()].map((known) => {
      const tarball = `http://${request.headers.host}/${known}.tgz`;
      return [known, { name, version: known, dist: { tarball } }];
    });
    const latest = [...tarballs.keys()].at(-1);
    const packument = { name, 'dist-tags': { latest }, versions: Object.fromEntries(entries) };
    return response.setHeader('Content-Type', 'application/json').end(JSON.stringify(packument));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(0)));
  test.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    address: `http://127.0.0.1:${port}/`,
    /**
     * Not synchronously: this very process answers.
     * @param {readonly string[]} args @param {string} cwd @param {Record<string, string>} env
     * @returns {Promise<{ code: number, out: string, err: string }>}
     */
    firn: (args, cwd, env) =>
      new Promise((done) => {
        execFile(bin, args, { cwd, env: { ...environment, ...env } }, (error, out, err) => {
          done({ code: error ? Number(error.code) : 0, out, err });
        });
      }),
    /** @param {string} folder */
    assertNothingLeft: (folder) => {
      assert.deepEqual(
        readdirSync(folder).filter((entry) => entry.startsWith('firn-upgrade-')),
        [],
      );
      assert.ok(!existsSync(path.join(folder, 'ran')));
    },
  };
}
