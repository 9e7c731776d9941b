// @ts-check
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { languageOf, parseFaults } from '@firn/syntax';

/** @type {Record<string, readonly string[]>} */
const sound = {
  'a.js': [
    '',
    '#!/usr/bin/env node\n',
    'const a = <div className="x">é</div>;\n',
    'export default await import("b");\n',
    'var a = 010; with (a) {}\n',
    '\uFEFFlet a;\r\n',
  ],
  'a.mjs': ['import a from "a";\nawait a;\n'],
  'a.cjs': ['return module.exports;\n'],
  'a.ts': ['let a = <T>(x);\nfunction f(a: unknown): a is string & {} { return true; }\n'],
  'a.mts': ['export type { A } from "./a.js";\n'],
  'a.cts': ['import a = require("a");\nexport = a;\n'],
  'a.d.ts': ['export declare const a: number;\n'],
  'a.tsx': ['const f = <T,>(a: T) => <b>{a as never}</b>;\n'],
  'a.json': ['{"a": [1, null]}', ' 1\n', '\uFEFF{}'],
  'tsconfig.base.json': ['{ /* why */ "a": 1, }'],
  'a.jsonc': ['// nothing\n'],
  'a.css': [
    '',
    'a { color: red; & b { top: 0 } }\n@media (width > 40em) { a { top: 0 } }\n',
    '@tailwind base;\n:root { --a: {b:c}; --empty:; }\n',
    'a::before { content: "}"; background: url(x.png) }\n/* } */\n',
  ],
  'a.html': ['<p'],
  Makefile: ['{'],
};

/** @type {Record<string, readonly [text: string, line: number, column: number, message: RegExp][]>} */
const broken = {
  'a.js': [
    ['const a = ;\n', 1, 11, /Unexpected token/],
    ['é;\nfunction f() {\n', 3, 1, /Expected `}` but found `EOF`/],
    ['const a = 1;\nlet b, a;\n', 1, 7, /`a` has already been declared/],
    ['\r\n\r\nconst a = "b\n', 3, 11, /Unterminated string/],
    ['a;\n<<<<<<< ours\nb;\n=======\nc;\n>>>>>>> theirs\n', 2, 1, /diff marker/],
    ['<a></b>;\n', 1, 6, /closing/i],
    ['let type: number;\n', 1, 9, /Unexpected|Expected|type/i],
  ],
  'a.mjs': [['with (a) {}\n', 1, 1, /with/]],
  'a.cjs': [['await a;\n', 1, 1, /await/]],
  'a.ts': [['const a = <b>c</b>;\n', 1, 16, /./]],
  'a.json': [
    ['{"a": 1,}', 1, 9, /property name expected/],
    ['{\n  "a" 1\n}', 2, 7, /colon expected/],
    ['// no\n{}', 1, 1, /comment/],
    ['', 1, 1, /value expected/],
  ],
  'a.jsonc': [['{ "a": }', 1, 8, /value expected/]],
  'a.css': [
    ['a { color red }\n', 1, 11, /Colon is expected/],
    ['a { top: 0 }\n}\n', 2, 1, /expected|Unexpected/],
    ['a { top: 0;\nb { top: 1 }\n', 1, 3, /"}" is missing/],
    ['a { top: calc(1px }\n', 1, 10, /"\)" is (missing|expected)/],
    ['/* a\n', 1, 1, /comment that does not end/],
  ],
};

describe('parseFaults', () => {
  for (const [file, texts] of Object.entries(sound)) {
    it(`finds nothing wrong with ${file}`, async () => {
      for (const text of texts) assert.deepEqual(await parseFaults(file, text), [], text);
    });
  }

  for (const [file, rows] of Object.entries(broken)) {
    it(`says what is wrong with ${file}, and where`, async () => {
      for (const [text, line, column, message] of rows) {
        const [fault] = await parseFaults(file, text);
        assert.ok(fault, text);
        assert.match(fault.message, message, text);
        assert.deepEqual([fault.line, fault.column], [line, column], text);
      }
    });
  }

  it('counts in UTF-16 code units, and lists faults in the order of the text', async () => {
    const faults = await parseFaults('a.json', '{ "😀": x,\n "b": y }');
    assert.deepEqual(faults.map(({ line, column, offset }) => [line, column, offset]).slice(0, 1), [
      [1, 9, 8],
    ]);
    const offsets = faults.map(({ offset }) => offset);
    assert.deepEqual(
      offsets,
      offsets.toSorted((a, b) => a - b),
    );
  });

  it('goes by the name, whatever query or fragment stands behind it', async () => {
    assert.equal((await parseFaults('src/a.css?inline#b', 'a { top }')).length, 1);
    assert.equal(languageOf('.eslintrc.json'), 'jsonc');
    assert.equal(languageOf('package.json'), 'json');
    assert.equal(languageOf('A.JSX'), 'js');
    assert.equal(languageOf('js'), undefined);
  });

  it('names the parser to install where there is none', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-syntax-'));
    after(() => rmSync(folder, { recursive: true }));
    const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
    const here = path.join(folder, 'node_modules');
    cpSync(new URL('../../../js/syntax', import.meta.url), path.join(here, '@firn/syntax'), {
      recursive: true,
      filter: (source) => !/syntax\/node_modules/.test(source),
    });
    for (const name of ['jsonc-parser', '@firn/engine', '@firn/sets']) {
      symlinkSync(path.join(modules, name), path.join(here, name));
    }
    const program = `import { parseFaults } from '@firn/syntax';
      for (const file of ['a.js', 'a.css']) {
        const error = await parseFaults(file, '').catch((reason) => reason);
        console.log(error.code, error.parser, error.message);
      }
      console.log((await parseFaults('a.json', '[')).length);`;
    const output = execFileSync(
      process.execPath,
      ['--input-type=module', '--preserve-symlinks', '--eval', program],
      { cwd: folder, encoding: 'utf8' },
    );
    assert.deepEqual(output.trimEnd().split('\n'), [
      'syntax_parser_missing oxc-parser the syntax of a.js is checked with oxc-parser, which did not load: install it',
      'syntax_parser_missing css-tree the syntax of a.css is checked with css-tree, which did not load: install it',
      '1',
    ]);
  });
});
