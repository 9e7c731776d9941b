/** The baseline that an upgrade would bring: a folder, or a package of a registry. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { Failure, usage } from '../failure.js';
import { errnoOf } from '../io/errno.js';
import { quoted } from '../render/safe.js';

export interface NewBaseline {
  /** As it was asked for. */
  readonly name: string;
  readonly root: string;
  /** Removes what was fetched. */
  dispose(): void;
}

/**
 * `name@version`: a version, a tag, or a range that one word can say. What begins with a dash would
 * be an option of npm, and on Windows a shell sees the rest.
 */
const PACKAGE = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*@[\^~]?[\w.+-]+$/i;

export function newBaseline(name: string): NewBaseline {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) {
    return { name, root: name, dispose: () => {} };
  }
  if (!PACKAGE.test(name)) {
    throw usage(`${quoted(name, "'")} is neither a folder nor PACKAGE@VERSION`);
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-upgrade-'));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  try {
    return { name, root: fetched(name, folder), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Of npm: a registry that is down is told after seconds, not after minutes. */
const PATIENCE = ['--fetch-retry-mintimeout', '500', '--fetch-retry-maxtimeout', '5000'];

/** Nothing of the package is run. */
function fetched(name: string, folder: string): string {
  const quiet = ['--ignore-scripts', '--loglevel', 'error'];
  const pack = ['pack', ...quiet, ...PATIENCE, '--pack-destination', folder, name];
  run('npm', pack, folder, `fetch ${name}`);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Failure('io', `npm has made no archive of ${name}`);
  const unpack = ['--extract', '--gzip', '--file', tarball, '--no-same-owner'];
  run('tar', unpack, folder, `unpack ${name}`);
  const [root] = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  if (root === undefined) throw new Failure('io', `the archive of ${name} is empty`);
  return path.join(folder, root.name);
}

/** `deed`: what the program is to do, for who is told that it could not. */
function run(program: string, args: readonly string[], cwd: string, deed: string): void {
  // On Windows npm is a script, and only a shell starts those; the name was checked above.
  const shell = process.platform === 'win32' && program === 'npm';
  const { error, status, stderr } = spawnSync(program, args, {
    cwd,
    shell,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error === undefined && status === 0) return;
  const missing = errnoOf(error) === 'ENOENT' ? 'it is not installed' : error?.message;
  throw new Failure('io', `${program} could not ${deed}: ${missing ?? reasonIn(stderr)}`);
}

/** The first line that says something: npm begins with codes for programs. */
function reasonIn(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/, '').trim());
  const told = lines.find((line) => line !== '' && !/^(?:code|errno|syscall|path) /.test(line));
  return told?.replace(/^(?:notarget|network|404|FetchError:) /, '') ?? 'it does not say why';
}
