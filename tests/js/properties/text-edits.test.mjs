// @ts-check
/** Text edits do what Microsoft's own implementation of the protocol does with them, or both refuse. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';

import { checkProperty } from './check-property.mjs';
import { attempt, scoped } from './handles.mjs';

/** @typedef {import('@firn/engine').TextEdit} TextEdit */

// A lone CR ends a line for the protocol, and none for us.
const line = fc
  .array(fc.constantFrom('a', 'b c', 'é', '🙂', '\t', ''), { maxLength: 4 })
  .map((parts) => parts.join(''));
const text = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 5 }), line)
  .map(([lines, rest]) => lines.map((parts) => parts.join('')).join('') + rest);

/** Every place of the text: between characters, never between a line and its end. @param {string} given */
function placesIn(given) {
  return given.split('\n').flatMap((each, index) => {
    const content = each.replace(/\r$/, '');
    const columns = [0];
    for (const character of content) columns.push((columns.at(-1) ?? 0) + character.length);
    return columns.map((character) => ({ line: index, character }));
  });
}

const sample = text.chain((given) => {
  const places = placesIn(given);
  const edit = fc
    .tuple(fc.nat(places.length - 1), fc.oneof(fc.constant(0), fc.nat(4)), text)
    .map(([at, length, newText]) => {
      const [start, end] = [places[at], places[Math.min(at + length, places.length - 1)]];
      return /** @type {TextEdit} */ ({ range: { start, end }, newText });
    });
  return fc.tuple(fc.constant(given), fc.array(edit, { maxLength: 4 }));
});

/** Undefined when they overlap. @param {string} given @param {TextEdit[]} edits */
function expected(given, edits) {
  try {
    return TextDocument.applyEdits(TextDocument.create('file:///x', 'x', 0, given), edits);
  } catch {
    return undefined;
  }
}

for (const backend of /** @type {const} */ (['native', 'wasm'])) {
  const engine = await loadEngine({ backend });
  describe(`text edits, ${backend}`, () => {
    it('do what they do in an editor, or are refused where it refuses them', () => {
      let applied = 0;
      checkProperty(sample, ([given, edits]) =>
        scoped((keep) => {
          const snapshot = keep(engine.freeze(given));
          const read = attempt(() => keep(snapshot.textEdits(edits)));
          const want = expected(given, edits);
          if ('errors' in read) {
            assert.equal(read.errors[0]?.code, 'overlap');
            assert.equal(want, undefined, read.errors[0]?.message);
            return;
          }
          assert.equal(keep(snapshot.apply(read.made)).text(), want);
          applied += 1;
        }),
      );
      assert.ok(applied > 2_000, `${applied} samples were lawful`);
    });
  });
}
