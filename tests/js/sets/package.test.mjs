// @ts-check
/** The package as others load it: what a page gets must not ask for a disk. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../../js/sets/bundle/', import.meta.url));

/** Everything that a module imports, and what that imports, but for other packages. @param {string} entry */
function importsOf(entry) {
  /** @type {Set<string>} */
  const packages = new Set();
  const seen = new Set();
  const visit = (/** @type {string} */ file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(
      /^(?:import|export)\b[^'"]*?\bfrom ['"]([^'"]+)['"]/gm,
    )) {
      if (name.startsWith('.')) visit(path.resolve(path.dirname(file), name));
      else packages.add(name);
    }
  };
  visit(path.join(bundle, entry));
  return [...packages].sort();
}

describe('@firn/sets', () => {
  it('needs nothing where it runs: the engine is given to it', () => {
    assert.deepEqual(importsOf('index.js'), []);
  });

  it('of Node needs Node, too', () => {
    const packages = importsOf('node.js').filter((name) => !name.startsWith('node:'));
    assert.deepEqual(packages, []);
  });
});
