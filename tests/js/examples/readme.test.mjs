// @ts-check
/** What the README files show does what they say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadEngine } from '@firn/engine';
import { parseSetManifest, printSetManifest } from '@firn/sets';

import { bin, folderFor, json, run } from '../cli/run-firn.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The blocks of one language. @param {string} file @param {string} language */
function blocksOf(file, language) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'));
  return Array.from(blocks, ([, block = '']) => block);
}

/** Programs say in comments what comes out: `a.text(); // 'x'`. Here they are held to it. @param {string} program */
function withAssertions(program) {
  let held = 0;
  const code = program.replace(
    /^(\w[\w.]*\(.*?\));\s*\/\/ ('[^']*'|\[.*\])(?:: .*)?$/gm,
    (_, call, value) => {
      held += 1;
      return `assert.deepEqual(${call}, ${value});`;
    },
  );
  return { code: `import assert from 'node:assert/strict';\n${code}`, held };
}

describe('what is shown in', () => {
  for (const file of ['README.md', 'js/engine/README.md']) {
    it(`${file}, in JavaScript, runs and gives what it says`, () => {
      // What loads the engine, and what goes on with it; the last of the package is for bundlers.
      const [first = '', ...more] = blocksOf(file, 'js');
      const { code, held } = withAssertions([first, ...more.slice(0, -1)].join('\n'));
      assert.ok(held >= (more.length > 0 ? 8 : 2), code);
      const ran = run(process.execPath, ['--input-type=module', '-e', code], { cwd: root });
      assert.deepEqual([ran.code, ran.err], [0, '']);
    });
  }

  it('js/sets/README.md, in JavaScript, builds the storefront', () => {
    const [code = ''] = blocksOf('js/sets/README.md', 'js');
    const said = `${code}\nconsole.log(manifest.sets.join(), Object.keys(manifest.files).length);`;
    const cwd = path.join(root, 'examples/storefront');
    const ran = run(process.execPath, ['--input-type=module', '-e', said], { cwd });
    assert.deepEqual([ran.code, ran.err], [0, '']);
    assert.match(ran.out, /^alpenglow \d+\n$/);
  });

  it('js/sets/README.md, in JSON, is a manifest', () => {
    const [manifest = ''] = blocksOf('js/sets/README.md', 'json');
    assert.equal(printSetManifest(parseSetManifest(manifest)), manifest);
  });

  it('README.md, in JSON, is a batch', async () => {
    const firn = await loadEngine();
    const [batch = ''] = blocksOf('README.md', 'json');
    assert.equal(firn.batch(batch).patchCount, 3);
  });

  it('README.md, of the command, runs', (test) => {
    const [one, other] = ['one\ntwo\nthree\nfour\n', 'one\ntwo\nthree\nFOUR\n'];
    const fit = json([{ op: 'delete', line: 1, expect: 'one' }]);
    const hunk = '@@ -2,3 +2,3 @@\n two\n three\n-four\n+FOUR\n';
    const folder = folderFor(test, {
      ...{ 'Cart.jsx': one, 'cart.json': fit, 'v1/Cart.jsx': one, 'v2/Cart.jsx': `0\n${one}` },
      'edited.jsx': other,
      ...{ 'shop/a.js': one, 'edited-shop/a.js': `// new\n${other}` },
      'change.diff': `--- a/a.js\n+++ b/a.js\n${hunk}`,
      ...{ 'base.js': one, 'ours.js': `// ours\n${one}`, 'theirs.js': other },
    });
    const shell = blocksOf('README.md', 'sh').find((block) => block.includes('firn check')) ?? '';
    const calls = shell.trim().split('\n');
    assert.ok(calls.length >= 3);
    for (const call of calls) {
      // What is not installed here must not be fetched from elsewhere.
      assert.match(call, /^npx --no-install firn /);
      const command = call.replace(/^npx --no-install firn/, '"$0"');
      const ran = run('bash', ['-c', command, bin], { cwd: folder });
      // As with every diff: 1 says that there are differences.
      assert.equal(ran.code, call.includes('firn diff') ? 1 : 0, `${call}: ${ran.err}`);
      // What writes files says nothing when all is well, as git does; or what became of patches.
      const writes = /firn (rebase|apply -d)/.test(call);
      if (!writes) assert.notEqual(ran.out, '', call);
      if (!writes) assert.equal(ran.err, '', call);
    }
    const written = (/** @type {string} */ name) => readFileSync(path.join(folder, name), 'utf8');
    assert.equal(written('shop/a.js'), other);
    assert.match(written('cart-v2.json'), /"line":\s*2/);
  });

  it('README.md, of patch sets, runs', (test) => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');
    const hunk = '@@ -10,2 +10,2 @@\n-line 9\n+neun\n line 10\n';
    const folder = folderFor(test, {
      'shop/src/Cart.jsx': lines,
      'shop-2/src/Cart.jsx': `line -1\n${lines}`.replace('line 9\n', 'line nine\n'),
      'change.diff': `--- a/src/Cart.jsx\n+++ b/src/Cart.jsx\n${hunk}`,
    });
    const shell = blocksOf('README.md', 'sh').find((block) => block.includes('firn init')) ?? '';
    const said = shell
      .trim()
      .split('\n')
      .map((call) => {
        const command = call.replace(/^npx --no-install firn/, '"$0"');
        const script = call.includes('firn edit') ? 's/line 3/drei/' : '/^[<|=>]{7}|nine|line 9/d';
        const env = { VISUAL: `sed -E -i '${script}'` };
        const ran = run('bash', ['-c', command, bin], { cwd: folder, env });
        if (call.includes('firn rebase')) {
          assert.equal(ran.code, 1, call);
          assert.match(ran.err, /^error\[upgrade_conflict\]/);
          return ran.out;
        }
        // Its standard output is the artefact id and nothing else.
        const told = call.includes('firn build') ? "firn: built 'built': 1 file, 1 patched\n" : '';
        assert.deepEqual([ran.code, ran.err], [0, told], call);
        return ran.out;
      });
    assert.match(
      said.join(''),
      /added alpenglow\/cart[\s\S]*\n2 fit\n[0-9a-f]{32}\nremoved alpenglow\/cart[\s\S]*\nchanged alpenglow\//,
    );
  });
});
