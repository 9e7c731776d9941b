// @ts-check
// Source maps of random texts, read by a consumer that is not ours, and beside those that magic-string makes of the same edits.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { decodedMappings, TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import MagicString from 'magic-string';

import { apply } from '../../conformance/oracle.mjs';
import { lawfulSample, sample } from './arbitraries.mjs';
import { checkProperty } from './check-property.mjs';
import { attempt, withHandles } from './handles.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('@firn/engine').Patched} Patched */
/** @typedef {import('./arbitraries.mjs').Sample} Sample */
/** @typedef {'line' | 'boundary'} Hires */

const HIRES = /** @type {const} */ (['line', 'boundary']);

/** @param {string} binary */
const asText = (binary) => Buffer.from(binary, 'latin1').toString('utf8');

/** @param {string} binary */
const isUtf8 = (binary) => Buffer.from(asText(binary), 'utf8').toString('latin1') === binary;

/**
 * Columns at which something begins: words, runs of blanks, and each other character.
 * @param {string} line
 */
const boundaries = (line) =>
  Array.from(line.matchAll(/[\w$\u0080-\u{10ffff}]+|[ \t\r]+|./gsu), ({ index }) => index);

/**
 * What a consumer is told of a place of the patched text: the line, counting from 1, and column of the frozen one.
 * @param {TraceMap} map @param {number} line Counts from 1. @param {number} column
 */
function place(map, line, column) {
  const segment = traceSegment(map, line - 1, column);
  return segment === null || segment.length === 1 ? null : `${segment[2] + 1}:${segment[3]}`;
}

/** @param {Patched} patched @param {Hires} hires @param {ReturnType<typeof apply>} expected @param {string[]} lines */
function leadsEveryPlaceBack(patched, hires, { provenance = [] }, lines) {
  const map = new TraceMap(patched.sourceMap({ hires }));
  provenance.forEach((origin, index) => {
    const content = lines[index] ?? '';
    const isBase = 'base' in origin;
    const columns = isBase && hires === 'boundary' ? boundaries(content) : [0, content.length];
    for (const column of columns) {
      const there = isBase ? `${origin.base}:${hires === 'line' ? 0 : column}` : null;
      assert.equal(place(map, index + 1, column), there, `${hires}, ${index + 1}:${column}`);
    }
  });
}

/** @param {Engine} engine @param {Sample} given */
function mapsEveryPlace(engine, given) {
  withHandles(engine, given, ({ snapshot, batch }) => {
    const applied = attempt(() => snapshot.apply(batch, given.options));
    if ('errors' in applied) return;
    const expected = apply({ text: given.text }, given.batch, given.options);
    const lines = (expected.lines ?? []).map(asText);
    for (const hires of HIRES) {
      if (isUtf8(given.text)) leadsEveryPlaceBack(applied.made, hires, expected, lines);
      else assert.throws(() => applied.made.sourceMap({ hires }), { code: 'malformed_text' });
    }
    applied.made.dispose();
  });
}

/** The same edits by the lines that they take and give. @param {string} text @param {Patched} patched */
function asMagicString(text, patched) {
  const magic = new MagicString(text);
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const given = patched.text().match(/[^\n]*\n|[^\n]+/g) ?? [];
  for (const { from, to, base } of patched.changes()) {
    const lines = given.slice(from - 1, to).join('');
    const begin = starts[base.from - 1] ?? text.length;
    const end = starts[base.to] ?? text.length;
    if (begin === end) magic.appendLeft(begin, lines);
    else if (lines === '') magic.remove(begin, end);
    else magic.update(begin, end, lines);
  }
  return magic;
}

/** How many of its mappings were compared. @param {Engine} engine @param {Sample} given */
function agreesWithMagicString(engine, given) {
  const text = asText(given.text);
  return withHandles(engine, given, ({ snapshot, batch }) => {
    const patched = snapshot.apply(batch, given.options);
    const magic = asMagicString(text, patched);
    assert.equal(magic.toString(), patched.text());
    let compared = 0;
    for (const hires of HIRES) {
      const ours = new TraceMap(patched.sourceMap({ hires }));
      const options = { hires: hires === 'boundary' ? /** @type {const} */ ('boundary') : false };
      const theirs = decodedMappings(new TraceMap(magic.generateMap(options).toString()));
      theirs.forEach((segments, index) => {
        if (index >= patched.lineCount || patched.unmapLine(index + 1) === null) return;
        const columns = hires === 'line' ? [0] : boundaries(patched.line(index + 1));
        for (const [column, , line, where] of segments) {
          if (line === undefined || !columns.includes(column)) continue;
          assert.equal(place(ours, index + 1, column), `${line + 1}:${where}`);
          compared += 1;
        }
      });
    }
    patched.dispose();
    return compared;
  });
}

/** Texts whose every line ends, as magic-string and its users write them. */
const plainSample = lawfulSample
  .filter(({ text }) => isUtf8(text) && (text === '' || text.endsWith('\n')))
  .map(({ text, patches }) => ({ text, batch: { patches }, options: {} }));

for (const backend of /** @type {const} */ (['native', 'wasm'])) {
  const engine = await loadEngine({ backend });
  describe(`source maps, ${backend}`, () => {
    it('lead every line and boundary back to the frozen text, and what a patch wrote to nothing', () => {
      checkProperty(sample, (given) => mapsEveryPlace(engine, given), { runs: 3_000 });
    });

    it('agree with those of magic-string at every line start and boundary', () => {
      let compared = 0;
      checkProperty(
        plainSample,
        (given) => {
          compared += agreesWithMagicString(engine, given);
        },
        { runs: 2_000 },
      );
      assert.ok(compared > 2_000, `only ${compared} mappings were compared`);
    });
  });
}
