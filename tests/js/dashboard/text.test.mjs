// @ts-check
/** Colours and marks of a line, and the names of what cannot be seen. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { visible } from '../../../js/dashboard/dist/js/code/visible-text.js';
import { GRAMMARS, languageOf } from '../../../js/dashboard/dist/js/highlight/languages.js';
import { Tokenizer } from '../../../js/dashboard/dist/js/highlight/tokenize.js';
import { placesIn } from '../../../js/dashboard/dist/js/worker/search.js';
import { kindOf, WORD_MARK, withMark } from '../../../js/dashboard/dist/js/worker/style.js';
import { checkProperty } from '../properties/check-property.mjs';

/** @type {typeof checkProperty} */
const check = (samples, holds) => checkProperty(samples, holds, { runs: 2_000 });

const LANGUAGES = /** @type {(keyof typeof GRAMMARS)[]} */ (Object.keys(GRAMMARS));

/** Code, or what looks like it. */
const line = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '/*',
        '*/',
        '"',
        "'",
        '`',
        '<a',
        '>',
        '<!--',
        '-->',
        '{',
        'if',
        ' ',
        '#f',
        '12px',
        '😀',
        '\\',
      ),
    )
    .map((parts) => parts.join('')),
);

/** @param {readonly number[]} runs */
const lengthOf = (runs) => runs.reduce((sum, value, at) => (at % 2 === 0 ? sum + value : sum), 0);

/** The style of every unit. @param {readonly number[]} runs */
const styles = (runs) =>
  runs.flatMap((length, at) => (at % 2 === 0 ? Array(length).fill(runs[at + 1]) : []));

describe('a tokenizer', () => {
  it('colours every character of every line, in every language', () => {
    check(
      fc.record({ language: fc.constantFrom(...LANGUAGES), lines: fc.array(line) }),
      ({ language, lines }) => {
        const tokenizer = new Tokenizer(language);
        for (const text of lines) assert.equal(lengthOf(tokenizer.line(text)), text.length);
      },
    );
  });

  const kinds = (/** @type {string} */ name, /** @type {string[]} */ ...lines) => {
    const tokenizer = new Tokenizer(languageOf(name));
    return lines.map((text) => {
      const runs = tokenizer.line(text);
      let at = 0;
      return runs.flatMap((length, index) => {
        if (index % 2 === 1) return [];
        at += length;
        const kind = kindOf(runs[index + 1] ?? 0);
        return kind === 'plain' ? [] : [`${kind} ${text.slice(at - length, at)}`];
      });
    });
  };

  it('knows what each language is made of', () => {
    assert.deepEqual(kinds('a.ts', "const a = f('x'); // y"), [
      [
        'keyword const',
        'punctuation =',
        'name f',
        'punctuation (',
        "string 'x'",
        'punctuation );',
        'comment // y',
      ],
    ]);
    assert.deepEqual(kinds('a.css', '.box { color: #fff; }'), [
      [
        'tag .box',
        'punctuation {',
        'property color',
        'punctuation :',
        'number #fff',
        'punctuation ;',
        'punctuation }',
      ],
    ]);
    assert.deepEqual(kinds('a.json', '"a": [1, true]'), [
      [
        'property "a"',
        'punctuation :',
        'punctuation [',
        'number 1',
        'punctuation ,',
        'constant true',
        'punctuation ]',
      ],
    ]);
    assert.deepEqual(kinds('a.html', '<p class="b">c &amp; d</p>'), [
      [
        'tag <p',
        'attribute class',
        'punctuation =',
        'string "b"',
        'tag >',
        'constant &amp;',
        'tag </p>',
      ],
    ]);
    assert.deepEqual(kinds('a.txt', 'const'), [[]]);
  });

  it('goes on from line to line with what is still open', () => {
    assert.deepEqual(kinds('a.js', 'a /* b', 'c', 'd */ if'), [
      ['comment /* b'],
      ['comment c'],
      ['comment d */', 'keyword if'],
    ]);
    assert.deepEqual(kinds('a.html', '<a', 'b="c">'), [
      ['tag <a'],
      ['attribute b', 'punctuation =', 'string "c"', 'tag >'],
    ]);
  });
});

describe('a line that a tokenizer passes over', () => {
  it('leaves open what it leaves open when it is coloured', () => {
    const texts = fc.record({
      language: fc.constantFrom(...LANGUAGES),
      passed: fc.array(line, { maxLength: 4 }),
      wanted: line,
    });
    check(texts, ({ language, passed, wanted }) => {
      const [whole, quick] = [new Tokenizer(language), new Tokenizer(language)];
      for (const text of passed) {
        whole.line(text);
        quick.pass(text);
      }
      assert.deepEqual(quick.line(wanted), whole.line(wanted));
    });
  });
});

describe('a mark', () => {
  it('lies on exactly the units it is for, whatever runs there are', () => {
    const runs = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(3)))
      .map((pairs) => pairs.flat());
    check(fc.record({ runs, from: fc.nat(30), length: fc.nat(9) }), (given) => {
      const to = given.from + given.length;
      const marked = styles(withMark(given.runs, given.from, to, WORD_MARK));
      const expected = styles(given.runs).map((style, at) =>
        at >= given.from && at < to ? style | WORD_MARK : style,
      );
      assert.deepEqual(marked, expected);
    });
  });

  it('of a search lies where the text is, letter by letter', () => {
    const text = 'a.b A.B a+b';
    assert.deepEqual(placesIn(text, { text: 'a.b', caseSensitive: true }), [{ from: 0, to: 3 }]);
    assert.deepEqual(placesIn(text, { text: 'A.b', caseSensitive: false }), [
      { from: 0, to: 3 },
      { from: 4, to: 7 },
    ]);
    assert.deepEqual(placesIn('(((', { text: '((', caseSensitive: true }), [{ from: 0, to: 2 }]);
  });
});

describe('what cannot be seen', () => {
  for (const [what, text, shown] of [
    ['NUL', 'a\0b', 'a␀b'],
    ['an escape sequence', '\u001b[31m', '␛[31m'],
    ['a change of direction', '\u202eabc\u2066', 'U+202EabcU+2066'],
    ['a zero-width space', 'a\u200bb', 'aU+200Bb'],
    ['a byte order mark inside', 'a\ufeff', 'aU+FEFF'],
    ['a joiner between letters', 'a\u200db', 'aU+200Db'],
    ['a tag character', '\u{e0041}', 'U+E0041'],
  ]) {
    it(`is named: ${what}`, () => assert.equal(visible(text ?? ''), shown));
  }

  it('is left alone where it makes one emoji of several', () => {
    assert.equal(visible('👩‍💻 👩🏽‍🚀 ❤️‍🔥'), '👩‍💻 👩🏽‍🚀 ❤️‍🔥');
  });

  it('is nothing of ordinary text', () => {
    const text = 'Grüezi, こんにちは, שלום\tand\nso on';
    assert.equal(visible(text), text);
  });
});
