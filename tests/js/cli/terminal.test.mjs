// @ts-check
/** What the command does on a terminal, which `script` plays, and what it does not do anywhere else. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { acting, bin, firn, folderFor, json, run, works } from './run-firn.mjs';

const hostile = 'a\u001b[2Jb\u009b31mc\u202ed\r over\n';
const folder = folderFor(
  { after },
  {
    'a.txt': `one\ntwo\n${hostile}crlf\r\nfour\n`,
    'b.json': json([{ op: 'delete', line: 3 }]),
    'bad.json': json([{ op: 'delete', line: 3, expect: '' }]),
  },
);
const diff = ['apply', 'a.txt', '-p', 'b.json', '--diff'];
const check = ['check', 'a.txt', '-p', 'bad.json'];

// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours begin with one
const colour = /\u001b\[\d+(?:;\d+)*m/g;
const isColoured = (/** @type {string} */ text) => text.search(colour) !== -1;

describe('without a terminal', () => {
  it('there is no colour, unless it is asked for', () => {
    assert.ok(!isColoured(firn(check, { cwd: folder }).err));
    assert.ok(isColoured(firn([...check, '--color', 'always'], { cwd: folder }).err));
    assert.ok(isColoured(firn(check, { cwd: folder, env: { FORCE_COLOR: '1' } }).err));
    assert.ok(
      !isColoured(firn(check, { cwd: folder, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).err),
    );
    assert.ok(
      !isColoured(
        firn([...check, '--color=never'], { cwd: folder, env: { FORCE_COLOR: '1' } }).err,
      ),
    );
  });

  it('a diff is bytes for programs', () => {
    assert.ok(firn(diff, { cwd: folder }).out.includes(`\n-${hostile}`));
  });

  it('a coloured diff is for eyes', () => {
    const { out } = firn([...diff, '--color', 'always'], { cwd: folder });
    const shown = out.replaceAll(colour, '');
    assert.match(shown, /\n-a\\u\{1b\}\[2Jb\\u\{9b\}31mc\\u\{202e\}d\\r over\n/);
    assert.match(shown, /\n crlf\r\n/, 'a CR that ends a line does no harm');
    assert.doesNotMatch(shown.replaceAll('\r\n', '\n'), acting);
  });
});

const noScript = !works('script', ['-qec', 'true', '/dev/null']) && 'needs script (util-linux)';
describe('on a terminal', { skip: noScript }, () => {
  /** @param {readonly string[]} args @param {Record<string, string>} [env] */
  function onTerminal(args, env = {}, cwd = folder) {
    const command = [bin, ...args].map((word) => `'${word}'`).join(' ');
    // Its size is that of no window: 0 columns, which firn must survive.
    return run('script', ['-qec', command, '/dev/null'], { cwd, env, input: '' }).out;
  }

  it('there are colours', () => {
    assert.ok(isColoured(onTerminal(check)));
    assert.ok(isColoured(onTerminal(diff)));
  });

  it('there are none when they are not wanted', () => {
    assert.ok(!isColoured(onTerminal(check, { NO_COLOR: '1' })));
    assert.ok(!isColoured(onTerminal(check, { TERM: 'dumb' })));
    assert.ok(!isColoured(onTerminal([...check, '--color', 'never'])));
    assert.ok(isColoured(onTerminal(check, { NO_COLOR: '' })), 'an empty one says nothing');
  });

  it('a long build says how far it is, and leaves nothing of that behind', (test) => {
    const many = Array.from({ length: 300 }, (_, index) => [`shop/${index}`, `${index}\n`]);
    const cwd = folderFor(test, Object.fromEntries(many));
    assert.equal(firn(['init', 's'], { cwd }).code, 0);
    // The addon has done it before there is a word to say.
    const build = ['build', '--root', 'shop', '--out', 'out', '--backend', 'wasm'];
    const shown = onTerminal(build, {}, cwd);
    assert.match(shown, /firn: .* 0 of 300 files/);
    assert.match(shown, /firn: .* 256 of 300 files/);
    const [left = ''] = shown.split('\u001b[2K').slice(-1);
    assert.match(left, /^[0-9a-f]{32}\r\nfirn: built 'out': 300 files, 0 patched\r\n$/);
  });

  it('a file does nothing to it, in colour or not', () => {
    for (const args of [check, diff, ['explain', ...check.slice(1)]]) {
      for (const more of [[], ['--color', 'never']]) {
        const shown = onTerminal([...args, ...more]).replaceAll(colour, '');
        assert.match(shown, /\\u\{1b\}\[2Jb\\u\{9b\}31mc\\u\{202e\}d\\r over/);
        assert.doesNotMatch(shown.replaceAll(/\r+\n/g, '\n'), acting);
      }
    }
  });
});
