// @ts-check
/** Every package that ships, packed and installed in an empty folder. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';

import { bundled } from '../../../tools/bundle/packages.mjs';
import { manifestOf } from '../../../tools/npm/workspaces.mjs';
import { needsOf } from '../../../tools/pack/needs.mjs';
import { filesIn, install, manifestIn, pack, repository } from './install.mjs';

const tarballs = pack();
const folder = install('installed', tarballs);
const platform = `${process.platform}-${process.arch}`;
const native = tarballs.find((tarball) => tarball.includes('firn-native-')) ?? '';
const addon = path.join(folder, 'node_modules', manifestIn(native).name, 'firn.node');

/** @param {string} file @param {string} text */
const write = (file, text) => writeFileSync(path.join(folder, file), text);
/** @param {string[]} args */
const node = (...args) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

/** What a program says that loads the engine, in JSON. @param {string} options */
function loaded(options = '') {
  write(
    'load.mjs',
    `import { loadEngine } from '@firn/engine';
    const { backend, unavailable } = await loadEngine(${options}).catch((error) => ({
      backend: error.name, unavailable: error.message,
    }));
    process.stdout.write(JSON.stringify([backend, unavailable]));`,
  );
  return JSON.parse(node('load.mjs'));
}

/** With the addon as `change` leaves it. @param {() => void} change @param {() => void} run */
function withAddon(change, run) {
  renameSync(addon, `${addon}.away`);
  try {
    change();
    run();
  } finally {
    rmSync(addon, { force: true });
    renameSync(`${addon}.away`, addon);
  }
}

describe('the packages that ship', () => {
  it('tell whose work is compiled into them', () => {
    for (const name of ['@firn/engine', '@firn/dashboard', manifestIn(native).name]) {
      const file = path.join(folder, 'node_modules', name, 'THIRD-PARTY-NOTICES');
      const notices = readFileSync(file, 'utf8');
      for (const owner of ['simdjson authors', 'Google LLC', 'Yann Collet']) {
        assert.ok(notices.includes(owner), `${name}: ${owner}`);
      }
    }
    for (const [source, { compiledIn }] of Object.entries(bundled)) {
      if (compiledIn.length === 0) continue;
      const { name } = manifestOf(path.join(repository, source));
      const file = path.join(folder, 'node_modules', name, 'THIRD-PARTY-NOTICES');
      const notices = readFileSync(file, 'utf8');
      for (const part of compiledIn) assert.match(notices, new RegExp(`^${part}\n-+\n`, 'm'));
    }
  });

  it('hold a README, the licence, and neither tests nor what only the build needs', () => {
    const licence = readFileSync(path.join(repository, 'LICENSE'), 'utf8');
    for (const tarball of tarballs) {
      const files = filesIn(tarball);
      assert.ok(files.includes('README.md'), tarball);
      const { name } = manifestIn(tarball);
      const own = readFileSync(path.join(folder, 'node_modules', name, 'LICENSE'), 'utf8');
      assert.equal(own, licence, name);
      const stray = files.filter((file) => /tsbuildinfo|tsconfig|scripts\/|\.test\./.test(file));
      assert.deepEqual(stray, [], tarball);
    }
  });

  it('want each other in this very version', () => {
    const { version } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
    for (const manifest of tarballs.map(manifestIn)) {
      assert.equal(manifest.version, version, manifest.name);
      const wanted = { ...manifest.dependencies, ...manifest.optionalDependencies };
      for (const [name, range] of Object.entries(wanted)) {
        if (name.startsWith('@firn/')) assert.equal(range, version, `${manifest.name}: ${name}`);
      }
    }
  });

  it('are imported and required by Node at every entry, and are the same module both ways', () => {
    /** @type {string[]} */
    const entries = tarballs.map(manifestIn).flatMap(({ name, exports = {} }) =>
      Object.entries(exports)
        // A page's own element wants a page.
        .filter(([, to]) => name !== '@firn/dashboard' && JSON.stringify(to).includes('.js"'))
        .map(([entry]) => `${name}${entry.slice(1)}`),
    );
    for (const one of ['@firn/engine', '@firn/sets/node', '@firn/syntax', '@firn/unplugin/vite']) {
      assert.ok(entries.includes(one), one);
    }
    write(
      'both.mjs',
      `import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      for (const entry of ${JSON.stringify(entries)}) {
        const imported = await import(entry);
        const required = require(entry);
        const names = Object.keys(imported).filter((name) => name !== 'module.exports');
        if (names.length === 0) throw new Error(entry + ' exports nothing');
        for (const name of names) {
          if (imported[name] !== required[name]) throw new Error(entry + ': ' + name);
        }
      }`,
    );
    assert.equal(node('both.mjs'), '');
  });

  it('bring the command firn', () => {
    write('batch.json', '[{ "op": "delete", "line": 1 }]');
    write('file.txt', 'one\ntwo\n');
    const firn = path.join(folder, 'node_modules/.bin/firn');
    const run = (/** @type {string[]} */ ...args) =>
      execFileSync(firn, args, { cwd: folder, encoding: 'utf8' });
    assert.match(run('--version'), /^firn \S+ \(engine \S+, native\)\n$/);
    assert.equal(run('apply', 'file.txt', '-p', 'batch.json'), 'two\n');
  });

  it('build with patch sets, imported or required', () => {
    write('shop.txt', 'one\ntwo\n');
    write('set.json', '{ "file": "shop.txt", "patches": [{ "op": "delete", "line": 1 }] }');
    const firn = path.join(folder, 'node_modules/.bin/firn');
    for (const args of [['init', 'store'], ['add', 'set.json'], ['status']]) {
      execFileSync(firn, args, { cwd: folder });
    }
    const build = `const firn = await loadEngine();
      const index = patchIndex(loadSets('patches'));
      const built = applyFile(firn, freezeBaseline(firn, '.', 'shop.txt'), index.of('shop.txt'));
      console.log(built.patched.text(), buildManifest(firn, index, [built.proof]).id);`;
    const names = {
      '@firn/engine': 'loadEngine',
      '@firn/sets': 'applyFile, buildManifest, patchIndex',
      '@firn/sets/node': 'freezeBaseline, loadSets',
    };
    const lines = (/** @type {(names: string, from: string) => string} */ line) =>
      Object.entries(names)
        .map(([from, wanted]) => line(wanted, from))
        .join('\n');
    write(
      'sets.mjs',
      `${lines((wanted, from) => `import { ${wanted} } from '${from}';`)}\n${build}`,
    );
    write(
      'sets.cjs',
      `${lines((wanted, from) => `const { ${wanted} } = require('${from}');`)}\n(async () => {${build}})();`,
    );
    const imported = node('sets.mjs');
    assert.match(imported, /^two\n [0-9a-f]{32}\n$/);
    assert.equal(node('sets.cjs'), imported);
  });
});

/** A build by each bundler, as lines of a program; the bundlers are those of this repository. @type {Record<string, string>} */
const BUILDS = {
  vite: `await bundler.build({ root, logLevel: 'silent', configFile: false, plugins: [firn(options)],
    build: { outDir: out, minify: false, rolldownOptions: { input: main } } });`,
  rollup: `const bundle = await bundler.rollup({ input: main, plugins: [firn(options)] });
    await bundle.write({ dir: out });`,
  rolldown: `const bundle = await bundler.rolldown({ input: main, plugins: [firn(options)] });
    await bundle.write({ dir: out });`,
  esbuild:
    'await bundler.build({ entryPoints: [main], outdir: out, bundle: true, plugins: [firn(options)] });',
  webpack: `await ran((bundler.default ?? bundler)({ ...common, plugins: [firn(options)] }));`,
  '@rspack/core': 'await ran(bundler.rspack({ ...common, plugins: [firn(options)] }));',
};

/** @type {Record<string, (name: string) => string>} By the ending of the program. */
const LOADS = {
  mjs: (name) => `await import(${JSON.stringify(name)})`,
  cjs: (name) => `require(${JSON.stringify(name)})`,
};

describe('the plugin, installed', () => {
  const bundlers = createRequire(path.join(repository, 'tests/bundlers/builders.mjs'));

  for (const [bundler, build] of Object.entries(BUILDS)) {
    it(`patches what ${bundler} bundles, imported or required`, () => {
      const own = path.join(folder, 'site');
      rmSync(own, { recursive: true, force: true });
      mkdirSync(own);
      write('site/main.js', "console.log('frozen');\n");
      const text = "console.log('patched');";
      const batch = { file: 'main.js', patches: [{ op: 'replace', line: 1, text }] };
      write('site/change.json', JSON.stringify(batch));
      for (const args of [
        ['init', 's'],
        ['add', 'change.json'],
      ]) {
        execFileSync('../node_modules/.bin/firn', args, { cwd: own });
      }
      const entry = `@firn/unplugin/${bundler.replace('@rspack/core', 'rspack')}`;
      for (const [ending, loads] of Object.entries(LOADS)) {
        const program = `(async () => {
          const bundler = await import(${JSON.stringify(bundlers.resolve(bundler))});
          const { default: firn } = ${loads(entry)};
          const root = process.cwd(), main = root + '/main.js', out = root + '/${ending}';
          const options = { root, patches: root + '/patches' };
          const common = { mode: 'development', devtool: false, context: root, entry: main, output: { path: out } };
          const ran = (compiler) => new Promise((done, fail) => compiler.run((error, stats) =>
            error || stats.hasErrors() ? fail(error ?? stats.toString()) : compiler.close(done)));
          ${build}
        })();`;
        write(`site/build.${ending}`, program);
        execFileSync(process.execPath, [`build.${ending}`], { cwd: own, stdio: 'pipe' });
        const out = path.join(own, ending);
        const names = readdirSync(out, { recursive: true, encoding: 'utf8' });
        assert.ok(names.includes('firn-manifest.json'), names.join());
        const code = names
          .filter((name) => name.endsWith('.js'))
          .map((name) => readFileSync(path.join(out, name), 'utf8'));
        assert.match(code.join(), /console\.log\(.{1,2}patched/);
      }
    });
  }
});

describe('the package of this platform', () => {
  it('holds the addon, and names the platform that it is for', () => {
    assert.deepEqual(filesIn(native), [
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES',
      'firn.node',
      'package.json',
    ]);
    const { os, cpu, libc } = manifestIn(native);
    assert.deepEqual([os, cpu], [[process.platform], [process.arch]]);
    assert.deepEqual(libc, process.platform === 'linux' ? ['glibc'] : undefined);
  });

  it('is wanted by the engine, but not needed', () => {
    const engine = tarballs.map(manifestIn).find(({ name }) => name === '@firn/engine');
    const { name, version } = manifestIn(native);
    assert.equal(engine?.optionalDependencies[name], version);
  });

  it('needs glibc 2.35 and nothing else of the machine', { skip: platform !== 'linux-x64' }, () => {
    const { libraries, glibc } = needsOf(addon);
    const ofGlibc = ['ld-linux-x86-64.so.2', 'libc.so.6', 'libm.so.6'];
    assert.deepEqual(
      libraries.filter((name) => !ofGlibc.includes(name)),
      [],
    );
    assert.equal(manifestIn(native).config.glibc, `>=${glibc}`);
    const newer = glibc.localeCompare('2.35', 'en', { numeric: true }) > 0;
    assert.ok(!newer, `it needs ${glibc}; Ubuntu 22.04 has 2.35`);
  });
});

/** The System V hash by which ELF files name versions. @param {string} name */
function elfHash(name) {
  let hash = 0;
  for (const byte of Buffer.from(name)) {
    hash = (hash << 4) + byte;
    const high = hash & 0xf0000000;
    hash = (hash ^ (high >>> 24)) & ~high;
  }
  return hash >>> 0;
}

/** @param {Buffer} bytes @param {number} from @param {number} to */
function replaceWord(bytes, from, to) {
  let count = 0;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    if (bytes.readUInt32LE(at) !== from) continue;
    bytes.writeUInt32LE(to, at);
    count += 1;
  }
  return count;
}

describe('loadEngine, installed', () => {
  it('takes the addon of the platform', () => {
    assert.deepEqual(loaded(), ['native', []]);
  });

  it('takes WebAssembly where the package was not installed, and says what to install', () => {
    const { name, version } = manifestIn(native);
    const home = path.dirname(addon);
    renameSync(home, `${home}.away`);
    try {
      const [backend, [{ reason }]] = loaded();
      assert.equal(backend, 'wasm');
      assert.ok(reason.endsWith(`${name} is not installed`), reason);
      const [error, message] = loaded("{ backend: 'native' }");
      assert.equal(error, 'EngineLoadError');
      assert.ok(message.includes(`install ${name}@${version}; npm leaves it out`), message);
    } finally {
      renameSync(`${home}.away`, home);
    }
  });

  it('is an error where the addon is damaged or gone, even if WebAssembly would do', () => {
    for (const change of [() => writeFileSync(addon, 'damaged'), () => {}]) {
      withAddon(change, () => {
        const [error, message] = loaded();
        assert.equal(error, 'EngineLoadError');
        assert.match(message, /firn\.node did not load on .*: Error: /);
        assert.match(message, /- install the addon again[\s\S]*- use WebAssembly/);
        assert.deepEqual(loaded("{ backend: 'wasm' }"), ['wasm', []]);
      });
    }
  });

  it('takes WebAssembly where the C library is too old for the addon', () => {
    // The same library, wanting a glibc that there is not yet. A version is found by its hash.
    const [now, later] = [`GLIBC_${needsOf(addon).glibc}`, 'GLIBC_2.99'];
    const bytes = readFileSync(addon);
    const at = bytes.indexOf(`${now}\0`);
    assert.ok(at > 0 && now.length === later.length, now);
    bytes.write(later, at);
    assert.ok(replaceWord(bytes, elfHash(now), elfHash(later)) > 0);
    withAddon(
      () => writeFileSync(addon, bytes, { mode: 0o755 }),
      () => {
        const [backend, [{ reason }]] = loaded();
        assert.equal(backend, 'wasm');
        assert.match(reason, /version `GLIBC_2\.99' not found/);
      },
    );
  });
});

describe('the declarations, installed', () => {
  const app = readFileSync(path.join(repository, 'tests/types/app.ts'), 'utf8');
  const require = createRequire(import.meta.url);
  /** @type {Record<string, [file: string, options: string]>} */
  const programs = {
    'an ES module in Node 16': ['app.mts', '--module node16'],
    'an ES module in Node': ['app.mts', '--module nodenext'],
    'CommonJS in Node, which requires ES modules': ['app.cts', '--module nodenext'],
    'a bundler': ['app.ts', '--module esnext --moduleResolution bundler'],
  };
  for (const compiler of ['typescript', 'typescript-5']) {
    for (const [name, [file, options]] of Object.entries(programs)) {
      it(`compile for ${name} (${compiler})`, () => {
        write(file, app);
        const tsc = path.join(path.dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
        const strict = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022'];
        try {
          node(tsc, ...strict, '--typeRoots', 'none', ...options.split(' '), file);
        } catch (error) {
          throw new Error(/** @type {{ stdout: string }} */ (error).stdout);
        }
      });
    }
  }
});
