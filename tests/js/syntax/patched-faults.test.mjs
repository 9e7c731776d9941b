// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { applyFile, patchIndex } from '@firn/sets';
import { patchedFaults } from '@firn/syntax';

import { made, setOf } from '../sets/sets.mjs';

/** @typedef {import('../sets/sets.mjs').Made} Made */

const engine = await loadEngine();
const base = 'function a() {\n  return 1;\n}\nfunction b() {\n  return 2;\n}\n';

/**
 * What is wrong with the baseline patched by these: who is to blame, and where.
 * @param {string} text @param {readonly Made[]} patches
 */
async function blame(text, patches, file = 'a.js') {
  const named = patches.map((patch) => ({ ...patch, entry: { ...patch.entry, file } }));
  const index = patchIndex([setOf(engine, 'shop', named)]);
  const baseline = engine.freeze(text);
  const built = applyFile(engine, baseline, index.of(file));
  try {
    const faults = await patchedFaults(engine, baseline, built);
    return faults.map(({ patches: blamed, line, base: frozen, within }) => ({
      patches: blamed.map(({ id }) => id),
      line,
      ...(frozen === undefined ? {} : { base: frozen }),
      ...(within === undefined ? {} : { within }),
    }));
  } finally {
    built.dispose();
    baseline.dispose();
  }
}

const sound = made('sound', base, [{ op: 'replace', line: 2, text: '  return 3;' }]);

describe('patchedFaults', () => {
  it('finds nothing where the patches keep the syntax, or the language is not known', async () => {
    assert.deepEqual(await blame(base, [sound]), []);
    const odd = made('odd', base, [{ op: 'replace', line: 1, text: '{' }]);
    assert.deepEqual(await blame(base, [odd], 'a.txt'), []);
  });

  it('blames the patch that wrote the line, and says which of its batch', async () => {
    const bad = made('bad', base, [
      { op: 'insert', line: 4, text: '// fine' },
      { id: 'two', op: 'replace', line: 5, text: '  return ;;2 +;' },
    ]);
    assert.deepEqual(await blame(base, [sound, bad]), [
      { patches: ['bad'], line: 6, within: { index: 1, id: 'two' } },
    ]);
  });

  it('blames a patch that took a line away, wherever the parser notices', async () => {
    const bad = made('bad', base, [{ op: 'delete', line: 3 }]);
    assert.deepEqual(await blame(base, [sound, bad]), [{ patches: ['bad'], line: 6 }]);
  });

  it('blames not the line where the fault shows, but the patch without which it would not', async () => {
    const cause = made('cause', base, [{ op: 'replace', line: 2, text: '  return `1;' }]);
    const effect = made('effect', base, [{ op: 'replace', line: 5, text: '  return `2`;' }]);
    const [fault] = await blame(base, [cause, effect]);
    assert.deepEqual(fault?.patches, ['cause']);
  });

  it('blames both where two patches are one too many together', async () => {
    const twice = (/** @type {string} */ id, /** @type {number} */ line) =>
      made(id, base, [{ op: 'insert', line, text: 'const added = 1;' }]);
    const [fault] = await blame(base, [twice('first', 1), twice('second', 4)]);
    assert.deepEqual(fault?.patches, ['first', 'second']);
  });

  it('blames a patch in the middle of a chain, together with none that follows it', async () => {
    const bad = made('bad', sound.result, [{ op: 'replace', line: 5, text: '  return (2;' }]);
    const after = made('after', bad.result, [{ op: 'insert', line: 1, text: '// shop' }]);
    const [fault] = await blame(base, [sound, bad, after]);
    assert.equal(fault?.patches[0], 'bad');
    assert.ok(!fault?.patches.includes('after'));
  });

  it('tells nothing of what was wrong before', async () => {
    const broken = 'let a = ;\nlet b;\n';
    const fine = made('fine', broken, [{ op: 'insert', line: 1, text: '// shop' }]);
    assert.deepEqual(await blame(broken, [fine]), []);
    const open = 'if (a) {\n';
    const more = made('more', open, [{ op: 'insert', line: 2, text: 'b();' }]);
    assert.deepEqual(await blame(open, [more]), []);
    const css = 'a { top: 0 }\nb { color red }\n';
    const worse = made('worse', css, [{ op: 'insert', line: 1, text: 'c { left 0 }' }]);
    assert.deepEqual(await blame(css, [worse], 'a.css'), [
      { patches: ['worse'], line: 1, within: { index: 0 } },
    ]);
  });
});
