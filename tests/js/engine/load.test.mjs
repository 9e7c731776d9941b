// @ts-check
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { loadEngine } from '@firn/engine';

import * as browser from '../../../js/engine/dist/browser.js';
import { packageVersion } from '../../../js/engine/dist/version.js';
import { DIST, refusal, wrong } from './backends.mjs';

/** @typedef {typeof import('@firn/engine')} Package */

const folder = mkdtempSync(path.join(os.tmpdir(), 'firn-load-'));
after(() => rmSync(folder, { recursive: true }));
let copies = 0;

/**
 * The package somewhere else, changed by `change`, and loaded from there.
 * @param {(dist: string) => void} change @returns {Promise<Package>}
 */
async function changedPackage(change) {
  copies += 1;
  const root = path.join(folder, String(copies));
  cpSync(new URL('.', DIST), path.join(root, 'dist'), { recursive: true });
  cpSync(new URL('../package.json', DIST), path.join(root, 'package.json'));
  change(path.join(root, 'dist'));
  return import(pathToFileURL(path.join(root, 'dist', 'node.js')).href);
}

/** @param {Promise<unknown>} loading */
async function failure(loading) {
  const error = await loading.then(
    () => undefined,
    (reason) => reason,
  );
  assert.equal(error?.name, 'EngineLoadError', String(error));
  return /** @type {import('@firn/engine').EngineLoadError} */ (error);
}

describe('loadEngine', () => {
  it('takes the addon when it is there', async () => {
    const engine = await loadEngine();
    assert.deepEqual([engine.backend, engine.unavailable], ['native', []]);
    assert.equal((await loadEngine({ backend: 'auto' })).backend, 'native');
  });

  it('takes the backend that is asked for', async () => {
    assert.equal((await loadEngine({ backend: 'native' })).backend, 'native');
    const engine = await loadEngine({ backend: 'wasm' });
    assert.deepEqual([engine.backend, engine.unavailable], ['wasm', []]);
  });

  it("says its version, which is the package's", async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', DIST), 'utf8'));
    assert.equal(packageVersion, version, 'src/version.ts');
    for (const backend of /** @type {const} */ (['native', 'wasm'])) {
      assert.equal((await loadEngine({ backend })).version, version);
    }
  });

  it('goes on to WebAssembly without an addon, and says why', async () => {
    const copy = await changedPackage((dist) => rmSync(path.join(dist, 'firn.node')));
    const engine = await copy.loadEngine();
    assert.equal(engine.backend, 'wasm');
    assert.deepEqual(
      engine.unavailable.map(({ backend }) => backend),
      ['native'],
    );
    assert.match(engine.unavailable[0]?.reason ?? '', /^there is no addon at .*firn\.node, and /);
    assert.equal(engine.freeze('a\n').lineCount, 1);
    const error = await failure(copy.loadEngine({ backend: 'native' }));
    assert.match(
      error.message,
      /- native: there is no addon[\s\S]*Possible solutions:\n[\s\S]*- build the addon/,
    );
  });

  it('is told of an addon that is broken, rather than slowed down by it', async () => {
    const broken = await changedPackage((dist) => {
      rmSync(path.join(dist, 'firn.node'));
      writeFileSync(path.join(dist, 'firn.node'), 'no addon');
    });
    for (const backend of /** @type {const} */ (['auto', 'native'])) {
      const { reasons, message } = await failure(broken.loadEngine({ backend }));
      assert.deepEqual(
        reasons.map((other) => other.backend),
        ['native'],
      );
      assert.match(reasons[0]?.reason ?? '', /did not load on \w+-\w+: Error/);
      assert.match(message, /- use WebAssembly: loadEngine\(\{ backend: 'wasm' \}\)$/);
    }
    assert.equal((await broken.loadEngine({ backend: 'wasm' })).backend, 'wasm');
  });

  it('takes neither addon nor WebAssembly of another version', async () => {
    const other = await changedPackage((dist) => {
      writeFileSync(path.join(dist, 'version.js'), "export const packageVersion = '9.9.9';");
    });
    for (const backend of /** @type {const} */ (['auto', 'wasm'])) {
      const { reasons } = await failure(other.loadEngine({ backend }));
      assert.match(reasons[0]?.reason ?? '', /is of version \d+\.\d+\.\d+, not 9\.9\.9/);
    }
  });

  it('gives every reason, and what may help, when nothing loads', async () => {
    const copy = await changedPackage((dist) => {
      rmSync(path.join(dist, 'firn.node'));
      rmSync(path.join(dist, 'firn.wasm'));
    });
    const error = await failure(copy.loadEngine());
    assert.deepEqual(
      error.reasons.map(({ backend }) => backend),
      ['native', 'wasm'],
    );
    assert.match(error.message, /- native: .*\n- wasm: .*firn\.wasm did not load: .*ENOENT/);
    assert.match(error.message, /Possible solutions:\n(- .+\n?){3,}$/);
  });

  it('refuses options that mean nothing', async () => {
    const detached = new Uint8Array(3);
    structuredClone(detached, { transfer: [detached.buffer] });
    const sources = ['', 3, null, {}, [], fetch, detached, Promise.resolve()];
    const options = [
      ...[null, 3, { backend: 'Wasm' }, { backend: 1 }, { prefer: 'wasm' }, { verbs: 'some' }],
      // Whichever backend would run: what works here must not fail where the addon is not there.
      ...sources.flatMap((wasm) => [{ wasm }, { backend: 'wasm', wasm }]),
      { backend: 'native', wasm: new URL('firn.wasm', DIST) },
    ];
    for (const load of [loadEngine, browser.loadEngine]) {
      for (const option of options) {
        await assert.rejects(load(wrong(option)), { code: 'invalid_argument' });
      }
    }
    assert.ok((await loadEngine(wrong(undefined))).backend);
  });
});

describe('an engine in two parts', () => {
  const page = () => loadEngine({ backend: 'wasm', verbs: 'page' });
  const rest = readFileSync(new URL('firn.rest.wasm', DIST));
  const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

  it('has what a page shows before the rest is there, and says what it lacks', async () => {
    const engine = await page();
    assert.equal(engine.isComplete, false);
    const snapshot = engine.freeze('one\ntwo\n');
    const batch = engine.batch([{ op: 'delete', line: 1 }]);
    const patched = snapshot.apply(batch);
    assert.deepEqual(patched.lines(1, 1), ['two']);
    assert.equal(patched.changes().length, 1);
    assert.equal(engine.words('a b', 'a c').length, 1);
    assert.equal(patched.mappings(), 'AACA');
    assert.equal(engine.patch('one\ntwo\n', [{ op: 'delete', line: 2 }]), 'one\n');
    for (const verb of [
      () => engine.diff('a', 'b'),
      () => engine.merge('a', 'b', 'c'),
      () => engine.parseDiff(''),
      () => engine.history(snapshot),
      () => snapshot.stack([batch]),
      () => snapshot.textEdits([]),
      () => snapshot.verify(),
      () => batch.invert(snapshot),
      () => patched.compose(patched),
      () => patched.rebase(snapshot),
      () => patched.unifiedDiff(),
    ]) {
      refusal('invalid_argument', verb, /await engine\.complete\(\)/);
    }
    assert.equal(patched.text(), 'two\n');
  });

  it('has every verb once it is complete, for what it had made before, too', async () => {
    const engine = await page();
    const patched = engine.freeze('one\ntwo\n').apply(engine.batch([{ op: 'delete', line: 1 }]));
    await Promise.all([engine.complete(), engine.complete()]);
    assert.equal(engine.isComplete, true);
    await engine.complete();
    assert.match(patched.unifiedDiff(), /^-one$/m);
    assert.equal(engine.freeze('two\n').apply(patched.invert()).text(), 'one\ntwo\n');
    assert.equal(engine.merge('a\n', 'b\n', 'a\n').text(), 'b\n');
  });

  it('takes the rest from where it is told, and no other module', async () => {
    for (const source of [rest, await WebAssembly.compile(rest), new URL('firn.rest.wasm', DIST)]) {
      const engine = await page();
      await engine.complete(source);
      assert.equal(engine.diff('a\n', 'b\n').patchCount, 1);
    }
    const engine = await page();
    for (const [source, reason] of /** @type {const} */ ([
      [readFileSync(new URL('firn.wasm', DIST)), /the WebAssembly given did not load/],
      [EMPTY_MODULE, /it is not the firn\.rest\.wasm of this build/],
      [new URL('nothing.wasm', DIST), /nothing\.wasm did not load: .*ENOENT/],
    ])) {
      await assert.rejects(engine.complete(source), { name: 'EngineLoadError', message: reason });
      assert.equal(engine.isComplete, false);
    }
    await assert.rejects(engine.complete(wrong(3)), { code: 'invalid_argument' });
    await engine.complete();
    assert.equal(engine.isComplete, true);
  });

  it('loads the rest once, however often it is asked for', async () => {
    const engine = await page();
    let reads = 0;
    const response = () => {
      const answer = new Response(rest);
      const { arrayBuffer } = answer;
      answer.arrayBuffer = () => {
        reads += 1;
        return arrayBuffer.call(answer);
      };
      return answer;
    };
    await Promise.all([engine.complete(response()), engine.complete(response())]);
    await engine.complete(response());
    assert.equal(reads, 1);
    assert.equal(engine.isComplete, true);
  });

  it('is no other with everything in it: native, or of one part', async () => {
    const wasm = readFileSync(new URL('firn.wasm', DIST));
    for (const engine of [
      await loadEngine({ verbs: 'page' }),
      await loadEngine({ backend: 'wasm', verbs: 'page', wasm }),
      await loadEngine({ backend: 'wasm', verbs: 'all' }),
    ]) {
      assert.equal(engine.isComplete, true);
      await engine.complete();
      assert.equal(engine.diff('a\n', 'b\n').patchCount, 1);
    }
  });
});

describe('hosting firn.wasm oneself', async () => {
  const file = new URL('firn.wasm', DIST);
  const wasm = readFileSync(file);
  /** @type {Record<string, [status: number, type: string]>} */
  const answers = {
    '/right': [200, 'application/wasm'],
    '/parameters': [200, 'application/wasm; charset=utf-8'],
    '/wrong': [200, 'application/octet-stream'],
  };
  const server = http.createServer((request, response) => {
    const [status, type] = answers[request.url ?? ''] ?? [404, 'text/plain'];
    response.writeHead(status, { 'Content-Type': type }).end(status === 200 ? wasm : 'no');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(0)));
  after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const at = (/** @type {string} */ place) => new URL(place, `http://127.0.0.1:${port}`);

  for (const { loadEngine: load, name } of [
    { loadEngine, name: 'in Node' },
    { loadEngine: browser.loadEngine, name: 'with what browsers load' },
  ]) {
    const works = async (/** @type {import('@firn/engine').WasmSource} */ source) => {
      const engine = await load({ backend: 'wasm', wasm: source });
      assert.equal(engine.freeze('a\nb').lineCount, 2);
    };

    it(`works from a URL, whatever type the server says (${name})`, async () => {
      for (const place of Object.keys(answers)) await works(at(place));
    });

    it(`works from an answer, from bytes, and compiled (${name})`, async () => {
      await works(await fetch(at('/right')));
      await works(new Response(wasm));
      await works(wasm);
      await works(Uint8Array.from(wasm).buffer);
      await works(await WebAssembly.compile(wasm));
    });

    it(`says what is wrong with the answer or the bytes (${name})`, async () => {
      const message = async (/** @type {import('@firn/engine').WasmSource} */ source) =>
        (await failure(load({ backend: 'wasm', wasm: source }))).message;
      assert.match(await message(at('/missing')), /\/missing did not load: .*404 Not Found/);
      assert.match(await message(wasm.subarray(0, 1000)), /the WebAssembly given did not load/);
      const empty = await WebAssembly.compile(wasm.subarray(0, 8));
      assert.match(await message(empty), /did not load: Error: it is not firn\.wasm$/m);
    });
  }

  it('works from an address in a string; in Node, from a path', async () => {
    for (const load of [loadEngine, browser.loadEngine]) {
      const engine = await load({ backend: 'wasm', wasm: at('/right').href });
      assert.equal(engine.backend, 'wasm');
    }
    const relative = path.relative('', fileURLToPath(file));
    for (const wasm of [fileURLToPath(file), relative, file.href]) {
      assert.equal((await loadEngine({ backend: 'wasm', wasm })).backend, 'wasm');
    }
  });

  it('works from a file: URL in Node', async () => {
    assert.equal((await loadEngine({ backend: 'wasm', wasm: file })).backend, 'wasm');
  });

  it('says in a browser that only Node has addons', async () => {
    const error = await failure(browser.loadEngine({ backend: 'native' }));
    assert.match(error.message, /native: only Node loads native addons/);
    assert.ok(error instanceof browser.EngineLoadError);
    const engine = await browser.loadEngine({ wasm });
    assert.deepEqual(engine.unavailable, error.reasons);
    const forced = await browser.loadEngine({ backend: 'wasm', wasm });
    assert.deepEqual(forced.unavailable, []);
    await assert.rejects(engine.freezeFile('a.txt'), {
      name: 'FirnError',
      code: 'invalid_argument',
      message: /only Node/,
    });
  });
});
