// @ts-check
/** Which modules are patched, and which are left alone; what an application is told. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';

import { parseBuildManifest } from '@firn/sets';
import { unplugin } from '@firn/unplugin';
import firnForEsbuild from '@firn/unplugin/esbuild';
import firnForRollup from '@firn/unplugin/rollup';
import firnForVite from '@firn/unplugin/vite';
import * as esbuild from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import { build as viteBuild } from 'vite';

import { builders } from './builders.mjs';
import { engine, folderOf, replace, writeSet } from './project.mjs';

/** @param {string} folder */
function script(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return path.join(folder, files.find((name) => /\.m?js$/.test(name)) ?? '');
}

/** What the bundle says when it runs. @param {string} folder */
const said = (folder) =>
  execFileSync(
    process.execPath,
    ['--input-type=module', '-e', readFileSync(script(folder), 'utf8')],
    {
      encoding: 'utf8',
    },
  ).trim();

/** @param {string} folder */
const options = (folder) => ({
  root: path.join(folder, 'root'),
  patches: path.join(folder, 'patches'),
});

for (const [bundler, build] of Object.entries(builders)) {
  describe(`a build by ${bundler}`, () => {
    /** @param {string} folder @param {object} [firn] */
    const built = async (folder, firn = {}) => {
      const { root } = options(folder);
      const out = path.join(folder, 'out');
      await build({ root, entry: 'main.js', out, firn: { ...options(folder), ...firn } });
      return {
        out,
        manifest: parseBuildManifest(engine, readFileSync(`${out}/firn-manifest.json`)),
      };
    };

    it('applies several sets, and tells the application what it applied', async (test) => {
      const name = ['webpack', 'rspack'].includes(bundler) ? 'firn-virtual' : 'virtual:firn';
      const folder = folderOf(test, {
        'root/main.js': `import build from '${name}';\nimport { text } from './lib/text.js';\nconsole.log(text, build.id, build.sets.join());\n`,
        'root/lib/text.js': "const a = 'a';\nconst b = 'b';\nexport const text = a + b;\n",
      });
      writeSet(folder, 'one', [replace('first', 'lib/text.js', 1, "const a = 'A';")]);
      writeSet(folder, 'two', [
        replace('second', 'lib/text.js', 2, "const b = 'B';"),
        { ...replace('never', 'lib/text.js', 3, 'export const text = 0;'), when: { env: 'none' } },
      ]);
      const { out, manifest } = await built(folder, { sets: ['two', 'one'] });
      assert.deepEqual(manifest.sets, ['two', 'one']);
      assert.deepEqual(manifest.files['lib/text.js']?.patches, ['two/second', 'one/first']);
      assert.equal(said(out), `AB ${manifest.id} two,one`);
    });

    it('patches JSON, CRLF, text with a byte order mark, and a package that it does not touch', async (test) => {
      const folder = folderOf(test, {
        'root/main.js':
          "import data from './data.json';\nimport crlf from './crlf.js';\nimport { marked } from './marked.js';\nimport { given } from 'given';\nconsole.log(data.name, crlf, marked, given);\n",
        'root/data.json': '{\n  "name": "frozen"\n}\n',
        'root/crlf.js': "const text =\r\n  'frozen';\r\nexport default text;\r\n",
        'root/marked.js': "\ufeffexport const marked =\n  'frozen';\n",
        'root/node_modules/given/package.json':
          '{ "name": "given", "version": "1.0.0", "type": "module", "main": "index.js" }',
        'root/node_modules/given/index.js': "export const given = 'frozen';\n",
      });
      const dependency = 'node_modules/given/index.js';
      writeSet(folder, 'store', [
        replace('data', 'data.json', 2, '  "name": "json"'),
        replace('crlf', 'crlf.js', 2, "  'crlf';"),
        replace('marked', 'marked.js', 2, "  'marked';"),
        replace('given', dependency, 1, "export const given = 'package';"),
      ]);
      const { out, manifest } = await built(folder);
      assert.equal(said(out), 'json crlf marked package');
      assert.ok(dependency in manifest.files);
      assert.match(readFileSync(path.join(folder, 'root', dependency), 'utf8'), /frozen/);
    });

    it('refuses a package of another version than the patch was made for', async (test) => {
      const file = 'root/node_modules/given/index.js';
      const folder = folderOf(test, {
        'root/main.js': "import { given } from 'given';\nconsole.log(given);\n",
        'root/node_modules/given/package.json':
          '{ "name": "given", "version": "2.0.0", "main": "index.js" }',
        [file]: 'export const given = 2;\n',
      });
      const base = 'export const given = 1;\n';
      const patch = replace('given', 'node_modules/given/index.js', 1, 'export const given = 7;');
      writeSet(folder, 'store', [{ ...patch, base }]);
      await assert.rejects(built(folder), /store\/given.*was made for text/);
    });

    it('puts out patched files that are no modules, and those that no patch is for', async (test) => {
      const folder = folderOf(test, {
        'root/main.js': 'console.log(1);\n',
        'root/robots.txt': 'frozen\n',
        'root/plain.bin': new Uint8Array([0xff, 0]),
      });
      writeSet(folder, 'store', [replace('robots', 'robots.txt', 1, 'patched')]);
      const { out } = await built(folder, { assets: ['robots.txt', 'plain.bin'] });
      assert.equal(readFileSync(path.join(out, 'robots.txt'), 'utf8'), 'patched\n');
      assert.deepEqual([...readFileSync(path.join(out, 'plain.bin'))], [0xff, 0]);
    });
  });
}

describe('a build by vite', () => {
  it('patches workers, and leaves alone what is made of a file', async (test) => {
    const folder = folderOf(test, {
      'root/main.js':
        "import raw from './text.js?raw';\nimport { text } from './text.js?v=1';\nconsole.log(raw, text, new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }));\n",
      'root/text.js': "export const text = 'frozen text';\n",
      'root/worker.js': "console.log('frozen worker');\n",
    });
    writeSet(folder, 'store', [
      replace('text', 'text.js', 1, "export const text = 'patched text';"),
      replace('worker', 'worker.js', 1, "console.log('patched worker');"),
    ]);
    const { root } = options(folder);
    const outDir = path.join(folder, 'out');
    await viteBuild({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [firnForVite({ ...options(folder), unused: 'warn' })],
      worker: {
        format: 'es',
        plugins: () => [firnForVite({ ...options(folder), unused: 'ignore' })],
      },
      build: { outDir, minify: false, rolldownOptions: { input: path.join(root, 'main.js') } },
    });
    const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' });
    const code = files
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(path.join(outDir, name), 'utf8'))
      .join('\n');
    for (const text of ['patched text', 'patched worker', 'frozen text']) {
      assert.ok(code.includes(text), `${text} in ${code}`);
    }
    assert.ok(!code.includes('frozen worker'));
  });

  it('for a server takes only what it needs, and says so when asked', async (test) => {
    const folder = folderOf(test, {
      'root/server.js': "export const text = 'frozen';\n",
      'root/page.css': 'a {}\n',
    });
    writeSet(folder, 'store', [
      replace('server', 'server.js', 1, "export const text = 'patched';"),
      replace('page', 'page.css', 1, 'b {}'),
    ]);
    const { root } = options(folder);
    const outDir = path.join(folder, 'out');
    const build = { ssr: path.join(root, 'server.js'), outDir };
    /** @param {'error' | undefined} unused */
    const run = (unused) =>
      viteBuild({
        ...{ root, configFile: false, logLevel: 'silent', build },
        plugins: [firnForVite({ ...options(folder), unused })],
      });
    await run(undefined);
    assert.match(readFileSync(script(outDir), 'utf8'), /patched/);
    await assert.rejects(run('error'), /did not use patch store\/page/);
  });

  it('refuses options that it does not know, or that mean nothing', () => {
    /** @type {readonly [options: any, reason: RegExp][]} */
    const refused = [
      ['store', /: options must be an object$/],
      [null, /: options must be an object$/],
      [[], /: options must be an object$/],
      [{ set: 'store' }, /unknown option "set"/],
      [{ sets: [1] }, /: sets must be names of sets$/],
      [{ conditions: ['env=production'] }, /: conditions must be an object of strings$/],
      [{ conditions: { env: 1 } }, /: conditions must be an object of strings$/],
      [{ syntax: 'yes' }, /: syntax must be true or false$/],
      [{ unused: 'maybe' }, /: unused must be error, warn or ignore$/],
      [{ backend: 'node' }, /: backend must be auto, native or wasm$/],
      [{ assets: ['../out'] }, /asset "\.\.\/out"/],
    ];
    for (const [given, reason] of refused) {
      assert.throws(() => firnForVite(given), reason, JSON.stringify(given));
    }
  });
});

/** A project of one module, which prints "patched". @param {import('node:test').TestContext} test */
function projectOf(test) {
  const folder = folderOf(test, { 'root/main.js': "console.log('frozen');\n" });
  writeSet(folder, 'store', [replace('main', 'main.js', 1, "console.log('patched');")]);
  return folder;
}

describe('the plugin that names no bundler', () => {
  /** @type {Record<string, (input: string, dir: string, firn: import('@firn/unplugin').FirnOptions) => Promise<unknown>>} */
  const builds = {
    vite: (input, outDir, firn) =>
      viteBuild({
        ...{ root: path.dirname(input), configFile: false, logLevel: 'silent' },
        plugins: [unplugin.vite(firn)],
        build: { outDir, rolldownOptions: { input } },
      }),
    rollup: async (input, dir, firn) => {
      const bundle = await rollup({ input, plugins: [unplugin.rollup(firn)] });
      await bundle.write({ dir });
      await bundle.close();
    },
    rolldown: async (input, dir, firn) => {
      const bundle = await rolldown({ input, plugins: [unplugin.rolldown(firn)] });
      await bundle.write({ dir });
      await bundle.close();
    },
  };
  for (const [bundler, build] of Object.entries(builds)) {
    it(`is that of ${bundler} where it is asked for it`, async (test) => {
      const folder = projectOf(test);
      const out = path.join(folder, 'out');
      await build(path.join(folder, 'root/main.js'), out, options(folder));
      assert.equal(said(out), 'patched');
      const { files } = parseBuildManifest(engine, readFileSync(`${out}/firn-manifest.json`));
      assert.deepEqual(Object.keys(files), ['main.js']);
    });
  }

  it('says of a bundler that it does not know that it does not', (test) => {
    const folder = projectOf(test);
    assert.throws(() => unplugin.farm(options(folder)), {
      code: 'invalid_argument',
      message: '@firn/unplugin knows no farm',
    });
  });
});

describe('a build by rollup', () => {
  it('is stopped where another plugin has changed the text before', async (test) => {
    const folder = projectOf(test);
    /** @type {import('rollup').Plugin} */
    const other = { name: 'other', transform: (code) => code.replace('frozen', 'changed') };
    const firn = firnForRollup(options(folder));
    const input = path.join(folder, 'root/main.js');
    await assert.rejects(rollup({ input, plugins: [other, firn] }), {
      message: 'another plugin changed "main.js" before its patches were applied: put firn() first',
    });
    const bundle = await rollup({ input, plugins: [firnForRollup(options(folder)), other] });
    const { output } = await bundle.generate({});
    await bundle.close();
    assert.match(output[0].code, /patched/);
  });
});

describe('a build by esbuild', () => {
  /** @param {string} folder @param {object} [more] */
  const built = (folder, more) =>
    esbuild.build({
      entryPoints: [path.join(folder, 'root/main.js')],
      outdir: path.join(folder, 'out'),
      logLevel: 'silent',
      plugins: [firnForEsbuild(options(folder))],
      ...more,
    });

  it('that writes nothing gives what it would have written', async (test) => {
    const folder = projectOf(test);
    const { outputFiles = [] } = await built(folder, { write: false });
    assert.ok(!existsSync(path.join(folder, 'out')));
    const texts = new Map(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
    assert.match(texts.get('main.js') ?? '', /patched/);
    const { files } = parseBuildManifest(engine, texts.get('firn-manifest.json') ?? '');
    assert.deepEqual(Object.keys(files), ['main.js']);
  });

  it('is stopped where its manifest cannot be written', async (test) => {
    const folder = projectOf(test);
    mkdirSync(path.join(folder, 'out/firn-manifest.json'), { recursive: true });
    await assert.rejects(built(folder), /EISDIR/);
  });
});
