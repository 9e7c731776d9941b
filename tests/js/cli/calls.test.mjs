// @ts-check
/** Every way to call the command: exit code, and the one line that says what is wrong. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';

import { bin, firn, folderFor, json, run } from './run-firn.mjs';

const folder = folderFor(
  { after },
  {
    'a.txt': 'one\ntwo\n',
    'delete-1.json': json([{ op: 'delete', line: 1 }]),
    'delete-9.json': json([{ op: 'delete', line: 9 }]),
    'none.json': '{"patches":[]}',
    'broken.json': '{"patches":[',
  },
);
symlinkSync('nowhere', path.join(folder, 'dangling'));
mkdirSync(path.join(folder, 'folder'));
chmodSync(folder, 0o755);

const hint = (command = '') => `firn: try "firn${command && ` ${command}`} --help"\n`;

/** @type {readonly [args: string, code: number, out: string | RegExp, err: string | RegExp][]} */
const calls = [
  // done
  ['apply a.txt -p delete-1.json', 0, 'two\n', ''],
  ['apply a.txt -p none.json', 0, 'one\ntwo\n', ''],
  ['apply -p delete-1.json -- a.txt', 0, 'two\n', ''],
  ['apply a.txt --patches=delete-1.json --backend=wasm', 0, 'two\n', ''],
  ['apply a.txt -p delete-1.json --backend native', 0, 'two\n', ''],
  ['check a.txt -p delete-1.json', 0, "'a.txt': 1 patch fits: 1 delete; lines +0 -1\n", ''],
  ['check a.txt -p none.json', 0, "'a.txt': the batch is lawful and holds no patches\n", ''],
  [
    'explain a.txt -p delete-1.json',
    0,
    /\n\nThe batch is lawful: firn apply would apply it\.\n$/,
    '',
  ],
  ['--help', 0, /^Usage: firn <command>[\s\S]*\n {2}explain /, ''],
  ['help', 0, /^Usage: firn <command>/, ''],
  ['help check', 0, /^Usage: firn check/, ''],
  ['apply --help', 0, /--in-place[\s\S]*\nExamples:\n/, ''],
  [
    '--version',
    0,
    /^firn \d+\.\d+\.\d+ \(engine \d+\.\d+\.\d+, (native|wasm; no native: .*)\)\n$/,
    '',
  ],

  // refused
  ['apply a.txt -p delete-9.json', 1, '', /^error\[line_out_of_range\]: .*\n --> a\.txt:9\n/],
  ['check a.txt -p delete-9.json', 1, '', /\nfirn: the batch would be refused: 1 violation\n$/],
  ['explain a.txt -p delete-9.json', 1, /firn apply would refuse it\.\n$/, ''],
  [
    'apply a.txt -p broken.json',
    1,
    '',
    /^error\[malformed_json\]: .*\n --> broken\.json:1:13\n[\s\S]*\nfirn: the batch is refused, nothing is written\n$/,
  ],

  // wrong calls
  ['', 2, '', /^Usage: firn/],
  ['aply a.txt', 2, '', `firn: unknown command 'aply' (did you mean apply?)\n${hint()}`],
  ['frobnicate', 2, '', `firn: unknown command 'frobnicate'\n${hint()}`],
  [
    'apply a.txt',
    2,
    '',
    `firn: required option '-p, --patches <BATCH>' not specified\n${hint('apply')}`,
  ],
  ['check a.txt', 2, '', `firn: which batch? -p BATCH names it\n${hint('check')}`],
  [
    'check',
    2,
    '',
    `firn: there is no patch set in 'patches': firn init makes one\n${hint('check')}`,
  ],
  ['apply a.txt b.txt -p none.json', 2, '', /^firn: too many arguments for 'apply'/],
  [
    'apply a.txt -p none.json --polcy atomic',
    2,
    '',
    `firn: unknown option '--polcy' (did you mean --policy?)\n${hint('apply')}`,
  ],
  ['check a.txt -p none.json --diff', 2, '', `firn: unknown option '--diff'\n${hint('check')}`],
  [
    'apply a.txt -p none.json --policy strict',
    2,
    '',
    /^firn: .* Allowed choices are fail-fast, atomic, best-effort\n/,
  ],
  [
    'apply a.txt -p none.json --revision 1.5',
    2,
    '',
    /^firn: .* It is not a whole number from 0 to 9007199254740991\n/,
  ],
  ['apply a.txt -p none.json --revision 9007199254740992', 2, '', /^firn: .* not a whole number/],
  [
    'apply a.txt -p none.json -p delete-1.json',
    2,
    '',
    /^firn: .*One batch a call: to apply another to the result, call firn again\n/,
  ],
  ['apply - -p -', 2, '', `firn: FILE and BATCH cannot both be standard input\n${hint('apply')}`],
  [
    'apply a.txt -p none.json --context 1',
    2,
    '',
    `firn: --context goes with --diff\n${hint('apply')}`,
  ],
  [
    'apply a.txt -p none.json -i -o b.txt',
    2,
    '',
    `firn: --in-place and -o exclude each other\n${hint('apply')}`,
  ],
  [
    'apply a.txt -p none.json -i --diff',
    2,
    '',
    `firn: --in-place writes the text; for the diff use -o\n${hint('apply')}`,
  ],
  [
    'apply - -p none.json -i',
    2,
    '',
    `firn: standard input cannot be changed in place\n${hint('apply')}`,
  ],
  [
    'apply a.txt -p none.json -o none.json',
    2,
    '',
    `firn: the output would replace the batch\n${hint('apply')}`,
  ],

  ['apply a.txt -p none.json -v', 2, '', `firn: --verbose goes with -d\n${hint('apply')}`],
  [
    'diff --stat --name-only a.txt none.json',
    2,
    '',
    `firn: --stat and --name-only exclude each other\n${hint('diff')}`,
  ],
  ['create a.txt none.json -U 9', 2, '', `firn: --unified is of a diff\n${hint('create')}`],
  ['create a.txt none.json --id=', 2, '', 'firn: id is empty; leave it out or name it\n'],
  ['create . folder --file x', 2, '', /^firn: --file is of one file; /],
  [
    'rebase none.json --from - --to -',
    2,
    '',
    `firn: only one of BATCH, OLD and NEW can be standard input\n${hint('rebase')}`,
  ],
  [
    'rebase - --from a.txt --to -',
    2,
    '',
    `firn: only one of BATCH, OLD and NEW can be standard input\n${hint('rebase')}`,
  ],

  // files in trouble
  ['apply missing -p none.json', 2, '', "firn: cannot read 'missing': no such file\n"],
  ['apply a.txt -p missing', 2, '', "firn: cannot read 'missing': no such file\n"],
  ['apply missing -p none.json -i', 2, '', "firn: cannot read 'missing': no such file\n"],
  ['apply folder -p none.json', 2, '', "firn: cannot read 'folder': it is a directory\n"],
  [
    'apply a.txt/b -p none.json',
    2,
    '',
    "firn: cannot read 'a.txt/b': a part of its path is not a directory\n",
  ],
  [
    `apply ${'x'.repeat(300)} -p none.json`,
    2,
    '',
    /^firn: cannot read 'x+': the name is too long\n$/,
  ],
  [
    'apply a.txt -p none.json -o missing/b.txt',
    2,
    '',
    "firn: cannot write 'missing/b.txt': no such directory\n",
  ],
  ['apply a.txt -p none.json -o folder', 2, '', "firn: cannot write 'folder': it is a directory\n"],
  [
    'apply a.txt -p none.json -o dangling',
    2,
    '',
    "firn: cannot write 'dangling': it is a symbolic link to nowhere\n",
  ],
  [
    'apply a.txt -p none.json -o /dev/full',
    2,
    '',
    "firn: cannot write '/dev/full': no space left on the device\n",
  ],
  ['apply folder -p none.json -i', 2, '', "firn: cannot write 'folder': it is a directory\n"],
  [
    'apply dangling -p none.json -i',
    2,
    '',
    "firn: cannot write 'dangling': it is a symbolic link to nowhere\n",
  ],
  [
    'apply /dev/null -p none.json -i',
    2,
    '',
    "firn: cannot write '/dev/null': only a regular file can be replaced\n",
  ],
];

/** @param {string} found @param {string | RegExp} expected @param {string} what */
function assertText(found, expected, what) {
  if (typeof expected === 'string') assert.equal(found, expected, what);
  else assert.match(found, expected, what);
}

describe('a call', () => {
  for (const [args, code, out, err] of calls) {
    it(`firn ${args.slice(0, 80)}`, () => {
      const ran = firn(args === '' ? [] : args.split(' '), { cwd: folder });
      assertText(ran.err, err, 'standard error');
      assertText(ran.out, out, 'standard output');
      assert.equal(ran.code, code);
    });
  }

  it('names files safely', () => {
    const ran = firn(['apply', 'a\u001b[31m\nb\u202e', '-p', 'none.json'], { cwd: folder });
    assert.equal(ran.err, "firn: cannot read 'a\\u{1b}[31m\\nb\\u{202e}': no such file\n");
  });

  it('is told when a file may not be read', () => {
    chmodSync(path.join(folder, 'folder'), 0o700);
    // Root may read everything, so the command runs as someone else then.
    const uid = process.getuid?.() === 0 ? { uid: 65534 } : {};
    if (!uid.uid) chmodSync(path.join(folder, 'folder'), 0);
    const ran = firn(['apply', 'folder/x', '-p', 'none.json'], { cwd: folder, ...uid });
    chmodSync(path.join(folder, 'folder'), 0o700);
    assert.equal(ran.err, "firn: cannot read 'folder/x': permission denied\n");
    assert.equal(ran.code, 2);
  });

  it('says why there is no engine; a damaged addon is an error, and the other backend is for the asking', () => {
    const broken = 'process.dlopen=()=>{throw%20new%20Error(`broken`)}';
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${broken}` };
    const call = ['apply', 'a.txt', '-p', 'delete-1.json'];
    for (const backend of ['native', 'auto']) {
      const ran = firn([...call, '--backend', backend], { cwd: folder, env });
      const message = /^firn: no engine could be loaded: native: .* did not load on .*broken\n$/;
      assert.match(ran.err, message, backend);
      assert.deepEqual([ran.code, ran.out], [2, '']);
    }
    assert.equal(firn([...call, '--backend', 'wasm'], { cwd: folder, env }).out, 'two\n');
  });

  it('ends without a word when nobody reads on', () => {
    // A pipe opens for writing only while someone reads: 8 is that reader, and gone before firn begins.
    const script = `
      mkfifo reader
      exec 8<>reader 9>reader 8>&-
      "$@" >&9; echo $?`;
    const call = [bin, 'apply', 'a.txt', '-p', 'none.json'];
    const ran = run('bash', ['-c', script, 'bash', ...call], { cwd: folder });
    assert.equal(ran.out, '141\n', ran.err);
    assert.equal(ran.err, '');
  });
});
