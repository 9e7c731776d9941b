// @ts-check
/** What must stop a build stops it in every bundler, with the same words. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { builders } from './builders.mjs';
import { folderOf, replace, write, writeSet } from './project.mjs';

const FILES = {
  'root/main.js': "import { one } from './one.js';\nconsole.log(one);\n",
  'root/one.js': 'export const one = 1;\nexport const two = 2;\n',
  'root/apart.js': 'export default 0;\n',
};

/**
 * What is wrong, and what has to be said of it.
 * @type {Record<string, { spoil: (folder: string) => void, says: RegExp, syntax?: boolean }>}
 */
const CASES = {
  'a patch that was made for another text': {
    spoil: (folder) => write(folder, { 'root/one.js': 'export const one = 0;\n' }),
    says: /patch store\/one of "one\.js" was made for text [0-9a-f]{32}; the file is [0-9a-f]{32}/,
  },
  'a patch that no longer makes what was recorded': {
    spoil: (folder) =>
      write(folder, {
        'patches/store/one.json':
          '[{ "op": "replace", "line": 1, "text": "export const one = 3;" }]',
      }),
    says: /patch store\/one of "one\.js" makes [0-9a-f]{32} of its base, not [0-9a-f]{32}/,
  },
  'a patch that breaks a law': {
    spoil: (folder) =>
      write(folder, { 'patches/store/one.json': '[{ "op": "delete", "line": 9 }]' }),
    says: /store\/one of "one\.js" is refused.*line 9/s,
  },
  'a patch that no module needs': {
    spoil: (folder) =>
      writeSet(folder, 'store', [
        replace('one', 'one.js', 1, 'export const one = 7;'),
        replace('apart', 'apart.js', 1, 'export default 1;'),
      ]),
    says: /did not use patch store\/apart: no step of it took "apart\.js"/,
  },
  'a patch for a file that is gone': {
    spoil: (folder) => {
      writeSet(folder, 'store', [
        replace('one', 'one.js', 1, 'export const one = 7;'),
        replace('apart', 'apart.js', 1, 'export default 1;'),
      ]);
      rmSync(path.join(folder, 'root/apart.js'));
    },
    says: /no file "apart\.js" in ".*root", which patch store\/apart is for/,
  },
  'a patch for a package that is gone': {
    spoil: (folder) => {
      const file = 'node_modules/given/index.js';
      write(folder, { [`root/${file}`]: 'export const given = 1;\n' });
      writeSet(folder, 'store', [
        replace('one', 'one.js', 1, 'export const one = 7;'),
        replace('given', file, 1, 'export const given = 7;'),
      ]);
      rmSync(path.join(folder, 'root/node_modules'), { recursive: true });
    },
    says: /no file "node_modules\/given\/index\.js" in ".*root", which patch store\/given is for/,
  },
  'a folder without a set': {
    spoil: (folder) => rmSync(path.join(folder, 'patches'), { recursive: true }),
    says: /there is no patch set in ".*patches"/,
  },
  'a patch for a file outside the root': {
    spoil: (folder) => {
      const entry = { id: 'out', file: '../out.js', patch: 'one.json', order: 10 };
      const text = { base: '0'.repeat(32), result: '1'.repeat(32) };
      const manifest = { schema: 'firn.set/1', id: 'store', patches: [{ ...entry, ...text }] };
      write(folder, { 'patches/store/firn.json': JSON.stringify(manifest) });
    },
    says: /"\.\.\/out\.js"/,
  },
  'two sets over one line': {
    spoil: (folder) => writeSet(folder, 'other', [replace('mine', 'one.js', 1, '// mine')]),
    says: /other\/mine.*store\/one.*both touch line 1|store\/one.*other\/mine.*both touch line 1/,
  },
  'a manifest that is no JSON': {
    spoil: (folder) => write(folder, { 'patches/store/firn.json': '{\n  "schema": \n}' }),
    says: /firn\.json:3/,
  },
  'a patch after which the file does not parse': {
    spoil: (folder) =>
      writeSet(folder, 'store', [replace('one', 'one.js', 1, 'export const one = (1;')]),
    says: /one\.js:1:\d+: .*: by patch store\/one \(.*patches\/store\/one\.json\)/,
    syntax: true,
  },
};

for (const [bundler, build] of Object.entries(builders)) {
  describe(`a build by ${bundler}`, () => {
    for (const [name, { spoil, says, syntax = false }] of Object.entries(CASES)) {
      it(`is stopped by ${name}`, async (test) => {
        const folder = folderOf(test, FILES);
        writeSet(folder, 'store', [replace('one', 'one.js', 1, 'export const one = 7;')]);
        spoil(folder);
        const root = path.join(folder, 'root');
        const firn = { root, patches: path.join(folder, 'patches'), syntax };
        const out = path.join(folder, 'out');
        await assert.rejects(build({ root, entry: 'main.js', out, firn }), (error) => {
          // How a bundler breaks its lines is its own affair.
          assert.match(String(error).replace(/\s*\n[\s│|]*/g, '\n'), says);
          return true;
        });
      });
    }
  });
}
