// @ts-check
/** What the command tells people to type: their shell takes it for the name that was meant. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { shellWord } from '../../../js/cli/dist/render/shell.js';
import { acting, folderFor, run } from './run-firn.mjs';

/** What a shell makes of words. @param {readonly string[]} words @param {string} cwd */
function readByShell(words, cwd) {
  const { code, out, err } = run('bash', ['-c', `printf '%s\\0' ${words.join(' ')}`], { cwd });
  assert.deepEqual([code, err], [0, '']);
  return out.split('\0').slice(0, -1);
}

const letter = fc.constantFrom(
  ...[
    'a',
    '1',
    '.',
    '/',
    ' ',
    '-',
    '~',
    '*',
    '$',
    '`',
    '!',
    '"',
    "'",
    '\\',
    '#',
    '&',
    ';',
    '|',
    '{',
  ],
  ...['\n', '\t', '\r', '\x07', '\x1b', '\x7f', '\u009b', '\u202e', '\u200b', 'é', '日', '😀'],
);
const name = fc.string({ unit: letter, minLength: 1, maxLength: 12 });

describe('a name in a command that is shown', () => {
  it('is one word, the same name again, and acts on no terminal', (test) => {
    const cwd = folderFor(test, { a: '', b: '' });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 100 }), (names) => {
        const words = names.map(shellWord);
        for (const word of words)
          assert.doesNotMatch(word, new RegExp(`${acting.source}|[\\t\\n]`, 'u'));
        const meant = names.map((one) => (one.startsWith('-') ? `./${one}` : one));
        assert.deepEqual(readByShell(words, cwd), meant);
      }),
    );
  });

  it('is written as people write it', () => {
    for (const [given, word] of /** @type {const} */ ([
      ['src/Cart.jsx', 'src/Cart.jsx'],
      ['two words', "'two words'"],
      ["it's", "'it'\\''s'"],
      ['-rf', './-rf'],
      ['-a b', "'./-a b'"],
      ['a\nb', "$'a\\012b'"],
      ['\u001b[2J é', "$'\\033\\1332J \\303\\251'"],
    ])) {
      assert.equal(shellWord(given), word);
    }
  });
});
