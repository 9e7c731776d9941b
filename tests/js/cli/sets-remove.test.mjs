// @ts-check
/** `firn remove` of patches that nobody can read any more. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { firn } from './run-firn.mjs';
import { shopFor } from './shops.mjs';

const text = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');
/** @param {number} line @param {string} [after] */
const patchAt = (line, after) => ({
  file: 'cart.js',
  patches: [/** @type {const} */ ({ op: 'replace', line, text: `new ${line}` })],
  ...(after === undefined ? {} : { after }),
});

/** What can have become of a patch file. @type {Record<string, (file: string) => void>} */
const LOST = {
  'is missing': (file) => rmSync(file),
  'is a link': (file) => {
    rmSync(file);
    symlinkSync('/dev/null', file);
  },
  'is no patch': (file) => writeFileSync(file, '{'),
};

for (const [what, lose] of Object.entries(LOST)) {
  describe(`firn remove of a patch whose file ${what}`, () => {
    /** A chain of two, and one beside it. @param {import('node:test').TestContext} test @param {string} lost */
    function setWithout(test, lost) {
      const patches = { one: patchAt(3), two: patchAt(9, 'one'), three: patchAt(12) };
      const cwd = shopFor(test, { 'cart.js': text }, { s: patches });
      lose(path.join(cwd, `patches/s/${lost}.json`));
      return cwd;
    }

    /** @param {string} cwd @param {string} id */
    const remove = (cwd, id) => firn(['remove', id, '--root', 'shop'], { cwd });
    /** @param {string} cwd */
    const manifest = (cwd) => readFileSync(path.join(cwd, 'patches/s/firn.json'), 'utf8');

    for (const id of ['two', 'three']) {
      it(`takes out ${id} that nobody follows, and leaves the others`, (test) => {
        const cwd = setWithout(test, id);
        const ran = remove(cwd, `s/${id}`);
        assert.deepEqual([ran.code, ran.err], [0, '']);
        const others = ['one', 'two', 'three'].filter((other) => other !== id);
        const files = [...others.map((other) => `${other}.json`), 'firn.json'].sort();
        assert.deepEqual(readdirSync(path.join(cwd, 'patches/s')).sort(), files);
        assert.equal(firn(['status', '--root', 'shop'], { cwd }).code, 0);
      });
    }

    it('is refused while another follows it, which is named; the one after the other they go', (test) => {
      const cwd = setWithout(test, 'one');
      const before = manifest(cwd);
      const ran = remove(cwd, 'one');
      assert.equal(ran.code, 1);
      assert.match(ran.err, /: patch s\/two follows s\/one, so that one cannot go: .*one/);
      assert.match(ran.err, /\nfirn: nothing is changed\n$/);
      assert.equal(manifest(cwd), before);
      assert.equal(remove(cwd, 'two').code, 0);
      assert.equal(remove(cwd, 'one').code, 0);
      assert.deepEqual(
        JSON.parse(manifest(cwd)).patches.map((/** @type {{ id: string }} */ { id }) => id),
        ['three'],
      );
    });
  });
}
