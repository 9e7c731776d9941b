// @ts-check
/** firn.json: what is read, what is refused and where, and the one form in which it is written. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import {
  FirnSetError,
  parseSetManifest,
  patchSet,
  printSetManifest,
  unsafeReason,
} from '@firn/sets';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { randomNumbers, SEED, setRefusal, shuffled } from './sets.mjs';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const entry = {
  id: 'cart',
  file: 'src/Cart.jsx',
  patch: 'cart.json',
  order: 10,
  base: A,
  result: B,
};

/** @param {object} [change] of the entry @param {object} [more] of the manifest */
const manifest = (change = {}, more = {}) => ({
  schema: 'firn.set/1',
  id: 'shop',
  patches: [{ ...entry, ...change }],
  ...more,
});

const schema = JSON.parse(
  readFileSync(new URL('../../../js/sets/schema/firn.set.schema.json', import.meta.url), 'utf8'),
);
const isValid = new Ajv2020({ strictRequired: false }).compile(schema);

/** @param {string} text @returns {unknown} */
function outcomeOf(text) {
  try {
    return parseSetManifest(text);
  } catch (error) {
    return error instanceof FirnSetError ? error.code : error;
  }
}

describe('a manifest as it is printed', () => {
  it('is read as one that is spelled otherwise, and refused as one', () => {
    const random = randomNumbers(SEED);
    const other = { ...entry, id: 'tax', patch: 'tax.patch', order: 7 };
    const more = { when: { env: 'production' }, author: 'Ada', reason: 'それ' };
    const text = printSetManifest({
      ...parseSetManifest(JSON.stringify(manifest(more))),
      patches: [{ ...entry, ...more }, other],
    });
    const pieces = [
      '"',
      '\\ud800',
      '-',
      '1e',
      ',',
      '{',
      '"x-a": 1,',
      '"id": "b",',
      '..',
      'é',
      '\ud800',
    ];
    for (let round = 0; round < 800; round += 1) {
      const at = random(text.length);
      const piece = random(3) === 0 ? '' : (pieces[random(pieces.length)] ?? '');
      const given = text.slice(0, at) + piece + text.slice(at + random(3));
      // White space in front of it, and it is not as it is printed.
      assert.deepEqual(outcomeOf(given), outcomeOf(` ${given}`), `FIRN_SEED=${SEED}: ${given}`);
    }
    assert.deepEqual(outcomeOf(text), outcomeOf(` ${text}`));
  });
});

describe('a manifest', () => {
  it('is read as it stands, with what is the user’s own', () => {
    const given = manifest(
      {
        when: { env: 'production', b: '' },
        author: 'Ada',
        reason: 'それ',
        'x-ticket': [1, { a: null }],
      },
      { 'x-owner': 'shop' },
    );
    assert.deepEqual(parseSetManifest(JSON.stringify(given)), given);
    assert.deepEqual(parseSetManifest(Buffer.from(JSON.stringify(given))), given);
    assert.ok(isValid(given));
  });

  it('takes names that other programs trip over', () => {
    const text = `{"schema":"firn.set/1","id":"s","patches":[${JSON.stringify(entry).replace('}', ',"when":{"__proto__":"x","constructor":""}}')}]}`;
    const [read] = parseSetManifest(text).patches;
    assert.deepEqual(Object.entries(read?.when ?? {}), [
      ['__proto__', 'x'],
      ['constructor', ''],
    ]);
    assert.equal(Object.getPrototypeOf(read?.when), Object.prototype);
  });

  /** @type {[string, string, RegExp][]} */
  const malformed = [
    ['no JSON', '', /there is no JSON|value expected/],
    ['a comment', `// hi\n${JSON.stringify(manifest())}`, /firn\.json:1:1: this is not JSON/],
    ['a trailing comma', '{"schema":"firn.set/1",}', /firn\.json:1:24: this is not JSON/],
    [
      'a byte order mark',
      `\ufeff${JSON.stringify(manifest())}`,
      /firn\.json:1:1: this is not JSON/,
    ],
    ['two values', '{} {}', /firn\.json:1:4/],
    ['an array', '[]', /the manifest must be an object, not an array/],
    [
      'another schema',
      '{"schema":"firn.set/2"}',
      /schema must be "firn\.set\/1", not "firn\.set\/2"/,
    ],
    ['no id', '{"schema":"firn.set/1","patches":[]}', /the manifest has no "id"/],
    ['a key twice', '{"schema":"firn.set/1",\n "id":"a", "id":"b"}', /:2:12: "id" is there twice/],
    ['a key twice by escape', '{"id":"a","\\u0069d":"b"}', /"id" is there twice/],
    [
      'a key that nobody knows',
      JSON.stringify(manifest({}, { version: 1 })),
      /version is not known/,
    ],
    ['one in a patch', JSON.stringify(manifest({ Base: A })), /patches\[0\]\.Base is not known/],
    [
      'patches that are none',
      JSON.stringify(manifest({}, { patches: {} })),
      /patches must be an array, not an object/,
    ],
    [
      'an id with a slash',
      JSON.stringify(manifest({ id: 'a/b' })),
      /patches\[0\]\.id must be letters/,
    ],
    ['an empty id', JSON.stringify(manifest({}, { id: '' })), /id must be letters/],
    [
      'a fraction',
      JSON.stringify(manifest({ order: 1.5 })),
      /order must be a whole number from 0 to 9007199254740991, not 1\.5/,
    ],
    ['a whole fraction', JSON.stringify(manifest()).replace('10', '10.0'), /not 10\.0/],
    ['a negative order', JSON.stringify(manifest({ order: -1 })), /not -1/],
    [
      'an order past 2^53 - 1',
      JSON.stringify(manifest()).replace('10', '9007199254740992'),
      /order/,
    ],
    [
      'a short fingerprint',
      JSON.stringify(manifest({ base: 'abc' })),
      /base must be 32 hex digits in lower case, not "abc"/,
    ],
    ['one in upper case', JSON.stringify(manifest({ base: A.toUpperCase() })), /32 hex digits/],
    [
      'a condition that is no string',
      JSON.stringify(manifest({ when: { env: 1 } })),
      /when\.env must be a string, not 1/,
    ],
    [
      'an author that is null',
      JSON.stringify(manifest({ author: null })),
      /author must be a string, not null/,
    ],
    ['a lone surrogate', JSON.stringify(manifest({ author: '\ud800' })), /lone surrogate/],
    [
      'a patch file of another kind',
      JSON.stringify(manifest({ patch: 'cart.txt' })),
      /must end in \.json, \.patch or \.diff/,
    ],
    ['the manifest as a patch', JSON.stringify(manifest({ patch: 'Firn.json' })), /be no manifest/],
  ];
  for (const [what, text, message] of malformed) {
    it(`with ${what} is refused`, () => {
      const error = setRefusal('set_malformed', () => parseSetManifest(text), message);
      assert.ok(error.position && error.position.line >= 1 && error.position.byteColumn >= 1);
      assert.ok(error.position.byteOffset <= Buffer.byteLength(text));
    });
  }

  it('is pointed at in bytes, and by the name it was read under', () => {
    const text = '{"schema":"firn.set/1","id":"s",\n"x-それ":1,"patches":[7]}';
    const error = setRefusal('set_malformed', () =>
      parseSetManifest(text, { path: 'p/firn.json' }),
    );
    assert.deepEqual([error.path, error.position?.line], ['p/firn.json', 2]);
    const bytes = Buffer.from(text);
    assert.equal(bytes.toString('utf8', error.position?.byteOffset).charAt(0), '7');
    assert.equal(error.position?.byteColumn, Buffer.byteLength('"x-それ":1,"patches":[') + 1);
  });

  it('that is not UTF-8 is refused', () => {
    setRefusal(
      'set_malformed',
      () => parseSetManifest(Buffer.from('{"id":"\xff"}', 'latin1')),
      /not UTF-8/,
    );
  });

  it('with one name for two things is refused, also where case, or how an accent is spelled, is all that differs', () => {
    const two = (/** @type {object} */ second) =>
      JSON.stringify({ ...manifest(), patches: [entry, { ...entry, ...second }] });
    for (const id of ['cart', 'Cart']) {
      const twice = () => parseSetManifest(two({ id, patch: 'b.json' }));
      setRefusal('set_duplicate', twice, /there are two patches "cart"/i);
    }
    for (const patch of ['cart.json', 'CART.json']) {
      const shared = () => parseSetManifest(two({ id: 'b', patch }));
      setRefusal('set_duplicate', shared, /"b" and "cart" are both in "cart\.json"/i);
    }
    const composed = { ...entry, patch: 'caf\u00e9.json' };
    const decomposed = { ...entry, id: 'b', patch: 'cafe\u0301.json' };
    const accents = JSON.stringify({ ...manifest(), patches: [composed, decomposed] });
    setRefusal('set_duplicate', () => parseSetManifest(accents), /"b" and "cart" are both in/);
  });

  it('with a patch that changes nothing is refused', () => {
    const text = JSON.stringify(manifest({ result: A }));
    setRefusal('set_unused_patch', () => parseSetManifest(text), /"cart" changes nothing/);
  });

  it('that is deep, long or large is refused in time that grows with its size', () => {
    const deep = `{"x-a":${'['.repeat(1_000_000)}`;
    setRefusal(
      'set_limit_exceeded',
      () => parseSetManifest(deep),
      /more than 32 arrays and objects/,
    );
    const wide = JSON.stringify(manifest({}, { patches: Array(1001).fill(entry) }));
    const limited = () => parseSetManifest(wide, { limits: { patches: 1000 } });
    assert.equal(setRefusal('set_limit_exceeded', limited).limit, 1000);
    const large = () => parseSetManifest(wide, { limits: { manifestBytes: 100 } });
    assert.equal(setRefusal('set_limit_exceeded', large).limit, 100);
  });
});

/** @type {[string, RegExp][]} */
const unsafe = [
  ['', /empty/],
  ['/etc/passwd', /absolute/],
  ['C:/x', /absolute/],
  ['c:x', /absolute/],
  ['../x', /"\.\."/],
  ['a/../../x', /"\.\."/],
  ['./x', /"\."/],
  ['a//b', /empty part/],
  ['a/', /empty part/],
  ['a\\b', /backslash/],
  ['a\0b', /control/],
  ['a\nb', /control/],
  ['.git/config', /\.git/],
  ['a/.GIT/hooks/x', /\.git/],
  ['.git ./x', /\.git/],
  ['git~1/x', /\.git/],
  ['git~9/x', /\.git/],
  ['.g\u200cit/x', /\.git/],
  ['.git:stream/x', /\.git/],
  ['x'.repeat(1025), /more than 1024/],
  ['\ud800', /surrogate/],
];

describe('a name that leads elsewhere', () => {
  for (const [name, reason] of unsafe) {
    it(`${JSON.stringify(name.slice(0, 20))} is refused as a file and as a patch`, () => {
      assert.match(unsafeReason(name) ?? '', reason);
      const code = name === '\ud800' ? 'set_malformed' : 'set_unsafe_path';
      setRefusal(code, () => parseSetManifest(JSON.stringify(manifest({ file: name }))));
      const patch = `${name}/x.json`;
      const refused = () => parseSetManifest(JSON.stringify(manifest({ patch })));
      if (name !== '' && !name.endsWith('/')) setRefusal(code, refused);
    });
  }

  it('is told from one that only looks like it', () => {
    for (const name of [
      '.gitignore',
      'a..b',
      '...',
      '.github/x',
      'git~12',
      'node_modules/@a/b.js',
      'それ/🎉',
    ]) {
      assert.equal(unsafeReason(name), undefined, name);
    }
  });
});

describe('a manifest that something has happened to', () => {
  it('is read as JSON.parse reads it, or refused with a place in it', () => {
    const given = manifest({ when: { env: 'x' }, author: 'Ä' }, { 'x-a': [1, { b: null }] });
    const text = JSON.stringify(given, null, 1);
    let read = 0;
    for (let run = 0; run < 3000; run += 1) {
      const random = randomNumbers(SEED + run);
      const changed = mutated(text, random);
      const again = `FIRN_SEED=${SEED + run}: ${JSON.stringify(changed)}`;
      try {
        assert.deepEqual(parseSetManifest(changed), JSON.parse(changed), again);
        read += 1;
      } catch (error) {
        assert.ok(error instanceof FirnSetError, `${again}: ${error}`);
        const { line = 0, byteColumn = 0, byteOffset = -1 } = error.position ?? {};
        const before = Buffer.from(changed).subarray(0, byteOffset).toString().split('\n');
        const column = Buffer.byteLength(before.at(-1) ?? '') + 1;
        assert.deepEqual([line, byteColumn], [before.length, column], again);
      }
    }
    assert.ok(read > 100, `${read} of 3000 were read`);
  });
});

/** A few characters gone, twice there, or others. @param {string} text @param {(end: number) => number} random */
function mutated(text, random) {
  let out = text;
  for (let left = 1 + random(2); left > 0; left -= 1) {
    const at = random(out.length);
    const size = random(4);
    const others = ['', '{', ']', '"', ',', '\\', '0', 'é', '\ud800', '\n', '\u0000', ' ', 'x-'];
    const middle =
      random(3) === 0 ? out.slice(at, at + size).repeat(2) : others[random(others.length)];
    out = `${out.slice(0, at)}${middle}${out.slice(at + size)}`;
  }
  return out;
}

describe('the printer', () => {
  it('gives every order of patches and keys one form, which reads back', () => {
    const random = randomNumbers(SEED);
    const patches = Array.from({ length: 40 }, (_, i) => ({
      ...entry,
      id: `p${i}`,
      file: `f${i % 7}`,
      patch: `p${i}.json`,
      order: i % 3,
      when: { b: '1', a: '2' },
      'x-b': 1,
      'x-a': [],
    }));
    const read = (/** @type {object[]} */ list) =>
      parseSetManifest(JSON.stringify({ schema: 'firn.set/1', id: 's', patches: list }));
    const text = printSetManifest(read(patches));
    for (let run = 0; run < 20; run += 1) {
      const mixed = shuffled(patches, random).map((one) =>
        Object.fromEntries(shuffled(Object.entries(one), random)),
      );
      assert.equal(printSetManifest(read(mixed)), text, `FIRN_SEED=${SEED}`);
    }
    assert.equal(printSetManifest(parseSetManifest(text)), text);
  });

  it('writes a patch as lines of its own, so that branches merge', () => {
    const [a, b] = ['a', 'b'].map((id) => ({ ...entry, id, file: id, patch: `${id}.json` }));
    const print = (/** @type {object[]} */ ...patches) =>
      printSetManifest(
        parseSetManifest(JSON.stringify({ schema: 'firn.set/1', id: 's', patches })),
      );
    const [one, two] = [print(a ?? {}), print(a ?? {}, b ?? {})];
    const kept = one.split('\n').slice(0, -4);
    assert.deepEqual(two.split('\n').slice(0, kept.length), kept);
  });

  it('refuses what it could not read', () => {
    const wrong = { ...parseSetManifest(JSON.stringify(manifest())), id: '../x' };
    setRefusal('set_malformed', () => printSetManifest(wrong));
  });
});

describe('a set', () => {
  it('has the bytes of its patches, and tells of files that no patch is in', () => {
    const files = new Map([
      ['cart.json', Buffer.from('{}')],
      ['old.patch', Buffer.from('')],
      ['README.md', Buffer.from('')],
    ]);
    const set = patchSet(JSON.stringify(manifest()), files, { path: 'patches/shop' });
    assert.deepEqual(set.strays, ['old.patch']);
    assert.deepEqual(
      set.patches.map(({ label, path, bytes }) => [label, path, bytes.length]),
      [['shop/cart', 'patches/shop/cart.json', 2]],
    );
  });

  it('without one of them is refused', () => {
    const error = setRefusal('set_missing_patch', () =>
      patchSet(JSON.stringify(manifest()), new Map()),
    );
    assert.deepEqual([error.set, error.patch, error.path], ['shop', 'cart', 'cart.json']);
  });
});

describe('the schema', () => {
  it('refuses what the reader refuses by form', () => {
    for (const wrong of [
      { id: 'a/b' },
      { order: -1 },
      { base: 'x' },
      { file: '/x' },
      { when: { a: 1 } },
      { Base: A },
    ]) {
      assert.ok(!isValid(manifest(wrong)), JSON.stringify(wrong));
    }
    assert.ok(
      isValid(parseSetManifest(printSetManifest(parseSetManifest(JSON.stringify(manifest()))))),
    );
  });
});
