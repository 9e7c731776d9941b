// split.mjs LINKED PAGE_SYMBOLS REST_SYMBOLS BINARYEN: of the module as it was linked, not optimized yet, makes beside it
//
//     firn.wasm        all of it
//     firn.page.wasm   what the functions of PAGE_SYMBOLS need
//     firn.rest.wasm   the others, to be loaded into an instance of firn.page.wasm: they share memory and table
//
// A function of the rest that is called before it is there ends in an import of firn.page.wasm. The two name each other by the
// build that they are of, so that parts of different builds do not go together.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const [linked = '', pageSymbols = '', restSymbols = '', binaryen = ''] = process.argv.slice(2);
const work = mkdtempSync(path.join(os.tmpdir(), 'firn-split-'));
const at = (/** @type {string} */ name) => path.join(work, name);
const made = (/** @type {string} */ name) => path.join(path.dirname(linked), name);

/** @param {string} tool @param {string[]} args */
function run(tool, ...args) {
  execFileSync(path.join(binaryen, 'bin', tool), args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @param {string} from @param {string} to @param {'-O3' | '-Oz'} level */
function optimize(from, to, level) {
  run('wasm-opt', from, level, '--strip-debug', '--strip-producers', '-o', to);
}

/** @param {string} file */
const symbolsIn = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

/** The names of a module's functions, which its name section has under the number 1. @param {string} file */
function functionNames(file) {
  const compiled = new WebAssembly.Module(readFileSync(file));
  const [section = new ArrayBuffer(0)] = WebAssembly.Module.customSections(compiled, 'name');
  const bytes = Buffer.from(section);
  let offset = 0;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[offset++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const text = () => {
    const size = number();
    offset += size;
    return bytes.toString('utf8', offset - size, offset);
  };
  while (offset < bytes.length) {
    const kind = bytes[offset++];
    const size = number();
    if (kind !== 1) {
      offset += size;
      continue;
    }
    return Array.from({ length: number() }, () => {
      number();
      return text();
    });
  }
  throw new Error(`${file} has no names`);
}

try {
  optimize(linked, made('firn.wasm'), '-O3');

  // What the page's functions reach, by their names.
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(linked)));
  const rest = new Set(symbolsIn(restSymbols));
  const all = exported.map(({ name }) => name);
  const unknown = [...symbolsIn(pageSymbols), ...rest].filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`not in the module: ${unknown.join(', ')}`);
  const graph = [
    { name: 'page', root: true, reaches: all.filter((name) => !rest.has(name)) },
    ...all.map((name) => ({ name, export: name })),
  ];
  writeFileSync(at('graph.json'), JSON.stringify(graph));
  run('wasm-metadce', linked, `--graph-file=${at('graph.json')}`, '-g', '-o', at('reached.wasm'));
  writeFileSync(at('kept'), functionNames(at('reached.wasm')).join('\n'));

  const build = createHash('sha256').update(readFileSync(linked)).digest('hex').slice(0, 16);
  run(
    'wasm-split',
    ...[linked, '--split', `--keep-funcs=@${at('kept')}`, '--export-prefix=%'],
    ...[`--import-namespace=${build}`, `--placeholder-namespace=${build}`],
    ...['-o1', at('page.wasm'), '-o2', at('rest.wasm')],
  );
  optimize(at('page.wasm'), made('firn.page.wasm'), '-Oz');
  optimize(at('rest.wasm'), made('firn.rest.wasm'), '-Oz');
} finally {
  rmSync(work, { recursive: true });
}
