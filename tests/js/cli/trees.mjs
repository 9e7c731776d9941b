// @ts-check
/** Trees for the tests: made from data, read back as data. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** A file's content; a name that ends in * is executable. @typedef {Record<string, string | Buffer>} Tree */

/** @param {string} folder @param {Tree} tree */
export function makeTree(folder, tree) {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(tree)) {
    const file = path.join(folder, name.replace(/\*$/, ''));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, name.endsWith('*') ? 0o755 : 0o644);
  }
  return folder;
}

/** All that is there, temporary files and journals too. @param {string} folder @returns {Record<string, string>} */
export function readTree(folder) {
  /** @type {Record<string, string>} */
  const tree = {};
  const walk = (/** @type {string} */ below) => {
    for (const name of readdirSync(path.join(folder, below)).sort()) {
      const file = path.posix.join(below, name);
      const stats = lstatSync(path.join(folder, file));
      if (name === '.git') continue;
      if (stats.isDirectory()) walk(file);
      else if (stats.isSymbolicLink()) tree[file] = `-> ${readlinkSync(path.join(folder, file))}`;
      else
        tree[stats.mode & 0o100 ? `${file}*` : file] = readFileSync(
          path.join(folder, file),
          'latin1',
        );
    }
  };
  walk('');
  return tree;
}

/** @param {number} seed */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  /** A whole number below `end`. @param {number} end */
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** Lines that repeat, so that places are not told by one line alone. @param {(end: number) => number} random @param {number} most */
export function randomLines(random, most) {
  return Array.from({ length: random(most + 1) }, () => `line ${random(12)}`);
}

/** The same with some lines gone, some new. @param {(end: number) => number} random @param {readonly string[]} lines */
export function edited(random, lines) {
  const out = [...lines];
  for (let edits = 1 + random(3); edits > 0; edits -= 1) {
    const at = random(out.length + 1);
    out.splice(
      at,
      random(3),
      ...Array.from({ length: random(3) }, () => `new ${random(1_000_000)}`),
    );
  }
  return out;
}
