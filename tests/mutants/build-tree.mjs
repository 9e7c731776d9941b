// A copy of the sources in which core may be broken, and a build of it: the sources themselves are never touched.

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const NEEDED = ['CMakeLists.txt', 'package.json', 'cmake', 'core', 'tests'];
// A mutant may never end, or take all memory: processor time and address space are bounded, whatever else runs here.
const LIMITS = 'ulimit -t 120 -v 8388608; exec "$@"';

/** The files of the repository that a build of core and its tests needs, by name. */
export function sources() {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...NEEDED],
    { encoding: 'utf8' },
  );
  const files = new Map();
  for (const name of new Set(listed.split('\0'))) {
    if (/\.(cpp|h|c|in|cmake|txt|json)$/.test(name)) files.set(name, readFileSync(name));
  }
  return files;
}

export function digestOf(files) {
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

/** Runs a command; resolves to how it ended and what it said. */
function run(command, args, { bounded = false } = {}) {
  const [program, ...rest] = bounded
    ? ['bash', '-c', LIMITS, 'bounded', command, ...args]
    : [command, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-1_000_000);
      });
    }
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ ok: status === 0, status, signal, output }));
  });
}

export class BuildTree {
  #folder;
  #mutated = null;
  #files;

  constructor(folder, files) {
    this.#folder = path.resolve(folder);
    this.#files = files;
  }

  #write(name, bytes) {
    const file = path.join(this.#folder, 'source', name);
    try {
      if (readFileSync(file).equals(bytes)) return;
    } catch {
      mkdirSync(path.dirname(file), { recursive: true });
    }
    writeFileSync(file, bytes);
  }

  /** Copies what has changed since the last run, and configures. */
  async prepare() {
    const source = path.join(this.#folder, 'source');
    for (const [name, bytes] of this.#files) this.#write(name, bytes);
    rmSync(path.join(source, 'node_modules'), { force: true });
    symlinkSync(path.resolve('node_modules'), path.join(source, 'node_modules'));
    // Release as the tests know it, with less of the optimiser: what is built is thrown away.
    const options = ['-DCMAKE_BUILD_TYPE=Release', '-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG'];
    const parts = ['-DFIRN_BUILD_C=OFF', '-DFIRN_BUILD_NODE=OFF', '-DFIRN_WERROR=OFF'];
    const build = path.join(this.#folder, 'build');
    const configured = await run('cmake', [
      '-G',
      'Ninja',
      '-S',
      source,
      '-B',
      build,
      ...options,
      ...parts,
    ]);
    if (!configured.ok) throw new Error(configured.output);
  }

  /** Puts the mutant in, and takes out the one before it. */
  mutate({ file, text, becomes }) {
    this.restore();
    this.#mutated = file;
    this.#write(
      file,
      Buffer.from(
        this.#files
          .get(file)
          .toString()
          .replace(text, () => becomes),
      ),
    );
  }

  restore() {
    if (this.#mutated) this.#write(this.#mutated, this.#files.get(this.#mutated));
    this.#mutated = null;
  }

  build(target) {
    const build = path.join(this.#folder, 'build');
    return run('cmake', ['--build', build, '-j', '1', '--target', target]);
  }

  test(program, args) {
    return run(path.join(this.#folder, 'build', program), args, { bounded: true });
  }

  get casesFolder() {
    return path.join(this.#folder, 'source/tests/conformance/cases');
  }

  get scratchFile() {
    return path.join(this.#folder, 'count.json');
  }
}

export function availableProcessors() {
  return Number(process.env.JOBS ?? 0) || Number(execFileSync('nproc', { encoding: 'utf8' }));
}
