// @ts-check
/** The command as people start it: the file that npm links, as a process of its own. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { PATIENCE_MILLISECONDS } from '../../until.mjs';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
export const bin = path.join(repository, 'node_modules/.bin/firn');

/** What a caller's terminal has set must not decide how a test ends. */
const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...inherited } = process.env;
export const environment = { ...inherited, TERM: 'xterm', LC_ALL: 'C.UTF-8' };

/**
 * @typedef {object} Options
 * @property {string} [cwd]
 * @property {string | Buffer} [input]
 * @property {Record<string, string>} [env]
 * @property {number} [uid]
 */

/** @param {readonly string[]} args @param {Options} [options] */
export function firn(args, options = {}) {
  return run(bin, args, options);
}

/** @param {string} program @param {readonly string[]} args @param {Options} [options] */
export function run(program, args, { env = {}, uid, ...options } = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    ...options,
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: { ...environment, ...env },
    maxBuffer: 1 << 28,
    timeout: PATIENCE_MILLISECONDS,
    killSignal: 'SIGKILL',
  });
  if (error) throw error;
  return { code: status, signal, bytes: stdout, out: stdout.toString(), err: stderr.toString() };
}

/** Starts it and does not wait. @param {readonly string[]} args @param {string} cwd */
export function start(args, cwd) {
  const child = spawn(bin, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  child.stdout.resume();
  /** @type {Promise<{ code: number | null, signal: NodeJS.Signals | null, err: string }>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, err }));
  });
  return { child, ended };
}

/** A folder with these files, gone when the test is over. @param {{ after: (clean: () => void) => void }} test @param {Record<string, string | Buffer>} [files] */
export function folderFor(test, files = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'firn-cli-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** No temporary file is left. @param {string} folder @param {readonly string[]} names */
export function assertOnly(folder, names) {
  assert.deepEqual(readdirSync(folder).sort(), [...names].sort());
}

/** @param {unknown} value */
export const json = (value) => JSON.stringify(value);

/** Whether a tool that not every machine has can be used here. @param {string} program @param {readonly string[]} args */
export function works(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: 'ignore' });
  return error === undefined && status === 0;
}

/** What a terminal would act on, or hide: controls but tabs and line ends, bidi controls, zero widths. */
export const acting = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|[\u200b\u2060\ufeff]/u;
