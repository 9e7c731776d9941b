// @ts-check
/** firn apply FILE -p a diff: told from a batch, placed, refused with a reason. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { acting, firn, folderFor, run } from './run-firn.mjs';

const before = 'one\ntwo\nthree\nfour\nfive\n';
const after = 'one\ntwo\ndrei\nfour\nfive\n';
const diff = `--- a/a.txt
+++ b/a.txt
@@ -1,5 +1,5 @@
 one
 two
-three
+drei
 four
 five
`;

/** @param {import('node:test').TestContext} test @param {Record<string, string>} [more] */
const folderWith = (test, more = {}) =>
  folderFor(test, { 'a.txt': before, 'c.diff': diff, ...more });

describe('firn apply FILE -p DIFF', () => {
  it('applies what git diff and diff -u write', (test) => {
    const cwd = folderWith(test, { 'b.txt': after });
    for (const [program, args] of /** @type {const} */ ([
      ['git', ['diff', '--no-index', 'a.txt', 'b.txt']],
      ['diff', ['-u', 'a.txt', 'b.txt']],
      ['diff', ['-U0', 'a.txt', 'b.txt']],
    ])) {
      const input = run(program, args, { cwd }).out;
      const ran = firn(['apply', 'a.txt', '-p', '-'], { cwd, input });
      assert.deepEqual([ran.code, ran.out, ran.err], [0, after, ''], program);
    }
  });

  it('tells a diff from a batch by what it holds, whatever its name', (test) => {
    const cwd = folderWith(test, { 'c.json': diff, 'b.diff': '[{"op":"delete","line":1}]' });
    assert.equal(firn(['apply', 'a.txt', '-p', 'c.json'], { cwd }).out, after);
    assert.equal(firn(['apply', 'a.txt', '-p', 'b.diff'], { cwd }).out, before.slice(4));
    const forced = firn(['apply', 'a.txt', '-p', 'c.json', '--format', 'batch'], { cwd });
    assert.match(forced.err, /^error\[malformed_json\]/);
    assert.equal(forced.code, 1);
  });

  it('takes a diff back', (test) => {
    const cwd = folderWith(test, { 'b.txt': after });
    assert.equal(firn(['apply', 'b.txt', '-p', 'c.diff', '-R'], { cwd }).out, before);
    const twice = firn(['apply', 'b.txt', '-p', 'c.diff'], { cwd });
    assert.match(twice.err, /is applied already.*\n[\s\S]*= help: .*--reverse/);
    assert.deepEqual([twice.code, twice.out], [1, '']);
  });

  it('looks no further than it is told', (test) => {
    const moved = `zero\nzero\n${before}`;
    const cwd = folderWith(test, { 'm.txt': moved, 'f.txt': moved.replace('five', 'fünf') });
    const call = (/** @type {string[]} */ ...args) =>
      firn(['apply', ...args, '-p', 'c.diff'], { cwd });
    const exact = call('m.txt');
    assert.match(exact.err, /^error\[hunk_failed\][\s\S]*--> c\.diff:3\n[\s\S]*--placement search/);
    assert.deepEqual([exact.code, exact.out], [1, '']);
    const found = call('m.txt', '--placement', 'search');
    assert.deepEqual([found.code, found.out], [0, `zero\nzero\n${after}`]);
    assert.equal(found.err, 'firn: hunk 1 is placed at line 3, 2 lines further down\n');
    assert.equal(call('f.txt', '--placement', 'search').code, 1);
    for (const fuzzy of [['--placement', 'fuzzy'], ['--fuzz', '1'], ['-F1'], ['-C2']]) {
      const ran = call('f.txt', ...fuzzy);
      assert.deepEqual([ran.code, /with fuzz 1\n$/.test(ran.err)], [0, true], String(fuzzy));
    }
    assert.equal(call('f.txt', '-C3').code, 1, 'all context has to match');
  });

  it('ignores blanks where it is told to', (test) => {
    const cwd = folderWith(test, { 'w.txt': before.replace('two', 'two  ') });
    const strict = firn(['apply', 'w.txt', '-p', 'c.diff'], { cwd });
    assert.match(strict.err, /= help: but for white space it fits: --ignore-whitespace\n/);
    assert.equal(strict.code, 1);
    const ran = firn(['apply', 'w.txt', '-p', 'c.diff', '--ignore-whitespace'], { cwd });
    assert.equal(ran.out, after.replace('two', 'two  '));
    assert.match(ran.err, /but for white space/);
  });

  it('gives new lines the line ends of the file, where they are not compared', (test) => {
    const crlf = (/** @type {string} */ text) => text.replaceAll('\n', '\r\n');
    const cwd = folderWith(test, { 'w.txt': crlf(before), 'tree/a.txt': crlf(before) });
    for (const call of ['w.txt -p c.diff', 'w.txt -p c.diff --reject', '-d tree c.diff']) {
      const strict = firn(['apply', ...call.split(' ')], { cwd });
      assert.match(strict.err, /= help: but for line ends it fits: --ignore-line-ends\n/, call);
      assert.equal(strict.code, 1);
    }
    for (const option of ['--ignore-line-ends', '--ignore-whitespace']) {
      const ran = firn(['apply', 'w.txt', '-p', 'c.diff', option], { cwd });
      assert.deepEqual([ran.code, ran.out], [0, crlf(after)], option);
      assert.match(ran.err, /but for line ends/);
    }
  });

  it('uses no name of the diff, so that any will do', (test) => {
    const cwd = folderWith(test);
    for (const name of ['../a.txt', '/abs/a.txt', 'x/.git/a.txt']) {
      const input = diff.replaceAll(/[ab]\/a\.txt/g, name);
      const ran = firn(['apply', 'a.txt', '-p', '-'], { cwd, input });
      assert.deepEqual([ran.code, ran.out, ran.err], [0, after, ''], name);
      const tree = firn(['apply', '-p1', '-'], { cwd, input });
      assert.match(tree.err, /^error\[unsafe_path\]/);
      assert.deepEqual([tree.code, readFileSync(path.join(cwd, 'a.txt'), 'utf8')], [1, before]);
    }
  });

  it('is told from a batch though it begins like one', (test) => {
    const cwd = folderWith(test, { m: `[PATCH] a subject\n\n${diff}` });
    assert.equal(firn(['apply', 'a.txt', '-p', 'm'], { cwd }).out, after);
  });

  it('says what of the diff is not about the text', (test) => {
    const git = `diff --git a/a.txt b/b.txt
old mode 100644
new mode 100755
similarity index 80%
rename from a.txt
rename to b.txt
${diff.replace('b/a.txt', 'b/b.txt')}`;
    const cwd = folderWith(test, { 'g.diff': git });
    const ran = firn(['apply', 'a.txt', '-p', 'g.diff'], { cwd });
    assert.deepEqual([ran.code, ran.out], [0, after]);
    assert.match(ran.err, /also renames the file and sets its mode to 100755: not done/);
  });

  it('advises -p1 where git apply would do without', (test) => {
    const cwd = folderWith(test);
    const ran = firn(['apply', 'c.diff'], { cwd });
    assert.match(
      ran.err,
      /-p, --patches <BATCH>' not specified; -p1 applies c\.diff to this folder/,
    );
    assert.equal(firn(['apply', '-p1', 'c.diff'], { cwd }).code, 0);
    assert.equal(readFileSync(path.join(cwd, 'a.txt'), 'utf8'), after);
  });

  it('counts the lines of a hunk anew where it is told to', (test) => {
    const cwd = folderWith(test, { 'h.diff': diff.replace('-1,5 +1,5', '-1,9 +1,9') });
    const refused = firn(['apply', 'a.txt', '-p', 'h.diff'], { cwd });
    assert.match(refused.err, /^error\[malformed_diff\]/);
    assert.equal(firn(['apply', 'a.txt', '-p', 'h.diff', '--recount'], { cwd }).out, after);
  });

  it('says of a hunk that says another size than it has how its lines are counted anew', (test) => {
    const more = '@@ -9 +9 @@\n-nine\n+neun\n';
    const cwd = folderWith(test, { 'h.diff': diff.replace('-1,5 +1,5', '-1,9 +1,9') + more });
    const ran = firn(['apply', 'a.txt', '-p', 'h.diff'], { cwd });
    assert.match(
      ran.err,
      /the hunk ends after 5 old and 5 new lines, but its header says 9 and 9\n/,
    );
    assert.match(ran.err, /\n {3}= help: --recount counts the lines of hunks that were edited/);
    assert.deepEqual([ran.code, ran.out], [1, '']);
  });

  it('takes none of two places that a hunk fits as well', (test) => {
    const cwd = folderFor(test, {
      't.txt': 'x\na\nx\na\nx\n',
      'c.diff': '--- a/t.txt\n+++ b/t.txt\n@@ -3 +3 @@\n-a\n+A\n',
    });
    const ran = firn(['apply', 't.txt', '-p', 'c.diff', '--placement', 'search'], { cwd });
    assert.match(
      ran.err,
      /^error\[ambiguous_placement\]: .* fits at line 4 and as well at line 2\n/,
    );
    assert.match(
      ran.err,
      /\n {2}= help: a diff with more lines of context tells the places apart\n/,
    );
    assert.deepEqual([ran.code, ran.out], [1, '']);
  });

  it('writes what it cannot place beside the file, and applies the rest', (test) => {
    const two = `${diff}@@ -9,1 +9,1 @@\n-nine\n+neun\n`;
    const cwd = folderWith(test, { 'two.diff': two });
    assert.equal(firn(['apply', 'a.txt', '-p', 'two.diff', '-i'], { cwd }).code, 1);
    assert.equal(readFileSync(path.join(cwd, 'a.txt'), 'utf8'), before, 'nothing without --reject');
    const check = firn(['apply', 'a.txt', '-p', 'two.diff', '--reject', '--check'], { cwd });
    assert.deepEqual([check.code, existsSync(path.join(cwd, 'a.txt.rej'))], [1, false]);
    const ran = firn(['apply', 'a.txt', '-p', 'two.diff', '-i', '--reject'], { cwd });
    assert.equal(ran.code, 1);
    assert.match(ran.err, /\nfirn: 1 hunk left out, 1 applied\n$/);
    assert.equal(readFileSync(path.join(cwd, 'a.txt'), 'utf8'), after);
    const rejects = readFileSync(path.join(cwd, 'a.txt.rej'), 'utf8');
    assert.match(rejects, /^--- a\/a\.txt\n\+\+\+ b\/a\.txt\n@@ -9 \+9 @@\n-nine\n\+neun\n$/);
  });

  it('is for one file', (test) => {
    const cwd = folderWith(test, { 'two.diff': diff + diff.replaceAll('a.txt', 'b.txt') });
    const ran = firn(['apply', 'a.txt', '-p', 'two.diff'], { cwd });
    assert.match(ran.err, /^error\[malformed_diff\]: the diff is of 2 files/);
    assert.deepEqual([ran.code, ran.out], [1, '']);
  });

  for (const [what, text, reason] of /** @type {const} */ ([
    ['a diff that was cut off', diff.slice(0, -7), /ends too early/],
    ['a diff that ends in its headers', '--- a/a.txt\n', /malformed_diff/],
    ['a diff of nothing', 'diff --git a/a.txt b/a.txt\n', /malformed_diff/],
    ['an empty file', '', /malformed_diff.*no change/],
    ['a binary patch', 'diff --git a/x b/x\nGIT binary patch\nliteral 3\n', /binary_patch/],
    ['a diff for another file', diff.replace('-three', '-3'), /fits nowhere/],
    ['a name with controls', diff.replace('b/a.txt', '"b/\\033[2J\\n.txt"'), null],
  ])) {
    it(`gives ${what} its due`, (test) => {
      const cwd = folderWith(test, { 'x.diff': text });
      const ran = firn(['apply', 'a.txt', '-p', 'x.diff', '-i'], { cwd });
      assert.doesNotMatch(ran.err, acting);
      if (reason === null) return;
      assert.match(ran.err, reason);
      assert.equal(ran.code, 1);
      assert.equal(readFileSync(path.join(cwd, 'a.txt'), 'utf8'), before);
    });
  }

  it('checks and explains a diff', (test) => {
    const cwd = folderWith(test);
    const check = firn(['check', 'a.txt', '-p', 'c.diff'], { cwd });
    assert.deepEqual(
      [check.code, check.out],
      [0, "'a.txt': 1 patch fits: 1 replace; lines +1 -1\n"],
    );
    assert.match(firn(['explain', 'a.txt', '-p', 'c.diff'], { cwd }).out, /replaces line 3/);
  });

  it('has no use for the options of diffs with a batch', (test) => {
    const cwd = folderWith(test, { 'b.json': '[]' });
    for (const args of [['--reverse'], ['--fuzz', '1'], ['--placement', 'exact'], ['--reject']]) {
      const ran = firn(['apply', 'a.txt', '-p', 'b.json', ...args], { cwd });
      assert.match(ran.err, /^firn: --\w+ is for diffs/);
      assert.equal(ran.code, 2);
    }
  });
});
