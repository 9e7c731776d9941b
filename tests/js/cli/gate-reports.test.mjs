// @ts-check
/** The reports of `firn check`, read by what reads them: every name and message may come from anyone. */
import assert from 'node:assert/strict';
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { Ajv } from 'ajv';
import fc from 'fast-check';

import { bin, firn } from './run-firn.mjs';
import { shopFor } from './shops.mjs';

const dist = path.join(path.dirname(realpathSync(bin)), '../dist');
const load = (/** @type {string} */ name) => import(pathToFileURL(path.join(dist, name)).href);
const [{ sarifOf }, { junitOf }, { annotationsOf, summaryOf }] = await Promise.all(
  ['sarif', 'junit', 'github'].map((name) => load(`reports/${name}.js`)),
);

/** @typedef {{ rule: string, level: 'error' | 'note', message: string, patches: string[], set: string, place: { path: string, line?: number, column?: number }, related: object[] }} Finding */

// By another name than require(), so that its declarations are not looked at: they do not compile.
const requireHere = createRequire(import.meta.url);
const { SaxesParser } = requireHere('saxes');
const jestSarif = path.dirname(requireHere.resolve('@microsoft/jest-sarif'));
// Draft 4 of JSON Schema: of what it uses, only these two are other words today.
const {
  $schema: _dialect,
  id: _id,
  ...sarifSchema
} = JSON.parse(readFileSync(path.join(jestSarif, 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
/** @type {(log: unknown) => boolean} */
const isSarif = new Ajv({
  strict: false,
  validateFormats: false,
  // A pattern of it is none in Unicode mode.
  unicodeRegExp: false,
}).compile(sarifSchema);

/** What makes trouble in one of the formats, and anything else. */
const nasty = fc.oneof(
  fc.constantFrom('</failure>', ']]>', '"', "'", '&amp;', '::error::x', '%0A', '| a |', '<b>', '`'),
  fc.constantFrom(
    '\n::warning::x',
    '\r\n',
    '\0',
    '\u001b[31m',
    '\ufffe',
    '\ud800',
    '\u202e',
    '[x](y)',
  ),
  fc.string({ unit: 'binary' }),
  fc.string(),
);
const text = fc.array(nasty, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const place = fc.record(
  { path: text, line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }) },
  { requiredKeys: ['path'] },
);
const findings = fc.array(
  fc.record({
    rule: fc.constantFrom('syntax', 'set_collision', 'upgrade_upstream'),
    level: fc.constantFrom('error', 'note'),
    message: text,
    patches: fc.constantFrom(['shop/one'], ['shop/one', 'shop/two'], []),
    set: fc.constant('shop'),
    place,
    related: fc.array(fc.record({ message: text, place }), { maxLength: 2 }),
  }),
  { maxLength: 5 },
);
const report = fc
  .record({ findings, file: text, against: fc.option(text, { nil: undefined }) })
  .map(({ findings: found, file, against }) => ({
    root: file,
    sets: ['shop'],
    conditions: {},
    against,
    patches: ['one', 'two'].map((id) => ({
      ...{ set: 'shop', id, label: `shop/${id}`, file, path: `patches/shop/${file}` },
      ...{ state: 'fits', ...(against === undefined ? {} : { upgrade: 'moved' }) },
    })),
    findings: found,
  }));

/** @param {(report: any) => void} check */
const always = (check) => fc.assert(fc.property(report, check), { numRuns: 300 });

/** The elements of XML that is well-formed. @param {string} xml */
function elementsOf(xml) {
  /** @type {{ name: string, attributes: any, text: string }[]} */
  const elements = [];
  /** @type {typeof elements} */
  const open = [];
  const parser = new SaxesParser();
  parser.on('error', (/** @type {Error} */ error) => {
    throw error;
  });
  parser.on('opentag', (/** @type {{ name: string, attributes: any }} */ tag) => {
    const element = { name: tag.name, attributes: tag.attributes, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (/** @type {string} */ part) => {
    for (const element of open) element.text += part;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return elements;
}

/** What XML 1.0 can hold of a text. @param {string} words */
const inXml = (words) =>
  words
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

describe('SARIF', () => {
  it('keeps to the schema, and holds every finding as it is', () => {
    always((given) => {
      const log = JSON.parse(sarifOf(given, '1.2.3'));
      assert.ok(isSarif(log));
      const [{ tool, results }] = log.runs;
      assert.equal(results.length, given.findings.length);
      for (const [index, result] of results.entries()) {
        const { rule, level, message, place: at, related } = given.findings[index];
        assert.deepEqual(
          [result.ruleId, result.level, result.message.text],
          [rule, level, message],
        );
        assert.equal(tool.driver.rules[result.ruleIndex].id, rule);
        const { artifactLocation, region } = result.locations[0].physicalLocation;
        assert.match(artifactLocation.uri, /^[\x21-\x7e]*$/);
        assert.equal(decodeURIComponent(artifactLocation.uri), at.path.toWellFormed());
        assert.deepEqual([region?.startLine, region?.startColumn], [at.line, at.line && at.column]);
        assert.equal(result.relatedLocations?.length ?? 0, related.length);
      }
    });
  });
});

describe('JUnit', () => {
  it('is well-formed, has a case for each patch, and counts right', () => {
    always((given) => {
      const elements = elementsOf(junitOf(given));
      const named = (/** @type {string} */ name) => elements.filter((one) => one.name === name);
      const errors = given.findings.filter((/** @type {Finding} */ { level }) => level === 'error');
      const loose = errors.filter((/** @type {Finding} */ { patches }) => patches.length === 0);
      const cases = named('testcase');
      assert.equal(cases.length, 2 + (loose.length > 0 ? 1 : 0));
      assert.equal(cases[0]?.attributes.file, `patches/shop/${inXml(given.patches[0].file)}`);
      const about = errors.flatMap((/** @type {Finding} */ { patches }) => patches).length;
      assert.equal(named('failure').length, about + loose.length);
      const messages = new Set(named('failure').map(({ attributes }) => attributes.message));
      assert.deepEqual(
        messages,
        new Set(errors.map((/** @type {Finding} */ { message }) => inXml(message))),
      );
      for (const suite of [...named('testsuites'), ...named('testsuite')]) {
        assert.equal(suite.attributes.tests, String(cases.length));
      }
    });
  });
});

describe('GitHub', () => {
  it('gets one command a finding, which says just what the finding says', () => {
    always((given) => {
      const lines = annotationsOf(given).split('\n').slice(0, -1);
      assert.equal(lines.length, given.findings.length);
      for (const [index, line] of lines.entries()) {
        const { level, message, place: at } = given.findings[index];
        // As the runner reads it: the properties end at the next "::", their values at a comma.
        const [, command, properties = '', data = ''] =
          /^::(error|notice) ([^\r\n]*?)::([^\r\n]*)$/.exec(line) ?? [];
        assert.equal(command, level === 'error' ? 'error' : 'notice');
        /** @type {any} */
        const values = Object.fromEntries(
          properties.split(',').map((pair) => {
            const [name = '', ...value] = pair.split('=');
            return [name, value.join('=').replaceAll('%2C', ',').replaceAll('%3A', ':')];
          }),
        );
        const decoded = (/** @type {string} */ words) =>
          words.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
        assert.equal(decoded(data), message);
        assert.equal(decoded(values.file ?? ''), at.path);
        assert.equal(values.line, at.line === undefined ? undefined : String(at.line));
      }
    });
  });

  it('gets a page whose tables hold, whatever is in them', () => {
    always((given) => {
      const page = summaryOf(given);
      const rows = page.split('\n').filter((/** @type {string} */ line) => line.startsWith('|'));
      const head = given.findings.length > 0 ? 2 : 0;
      assert.equal(rows.length, given.findings.length + head + 2 + 2);
      const columns = given.against === undefined ? 3 : 4;
      for (const [index, row] of rows.entries()) {
        const cells = row.split('|').length - 2;
        assert.equal(cells, index < given.findings.length + head ? 4 : columns, row);
      }
      const tags = page.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) assert.match(tag, /^<\/?(code|details|summary)>$/);
    });
  });

  it('gets no page that is too long for it', () => {
    const patch = {
      set: 's',
      id: 'p',
      label: 's/p',
      file: 'ü'.repeat(200),
      path: 'p',
      state: 'fits',
    };
    const patches = Array.from({ length: 3000 }, () => patch);
    const page = summaryOf({ root: '.', sets: ['s'], conditions: {}, patches, findings: [] });
    assert.ok(Buffer.byteLength(page) < 1 << 20);
    assert.match(page, /too long for this page\.\n$/);
  });
});

describe('firn check writes its reports', () => {
  const baseline = { 'a.css': 'a {\n  top: 0;\n}\n' };
  const sets = {
    alpen: {
      open: { file: 'a.css', patches: [/** @type {const} */ ({ op: 'delete', line: 3 })] },
      fine: {
        file: 'a.css',
        patches: [/** @type {const} */ ({ op: 'insert', line: 1, text: '' })],
      },
    },
  };

  it('all in one call, and beside the words', (test) => {
    const cwd = shopFor(test, baseline, sets);
    const files = ['--sarif', 'firn.sarif', '--junit', 'firn.xml'];
    const { code, out, err } = firn(['check', '--root', 'shop', '--syntax', ...files], { cwd });
    assert.deepEqual([code, out], [1, '2 patches in 1 set: 1 fit and 1 do not\n']);
    assert.match(err, /^error\[syntax\]: alpen\/open breaks the syntax/);
    const read = (/** @type {string} */ name) => readFileSync(path.join(cwd, name), 'utf8');
    const log = JSON.parse(read('firn.sarif'));
    assert.ok(isSarif(log));
    const [{ physicalLocation }] = log.runs[0].results[0].locations;
    assert.equal(physicalLocation.artifactLocation.uri, 'patches/alpen/open.json');
    assert.equal(physicalLocation.region.startLine, 4);
    const failures = elementsOf(read('firn.xml')).filter(({ name }) => name === 'failure');
    assert.deepEqual(
      failures.map(({ attributes, text: where }) => [attributes.type, where]),
      [['syntax', 'patches/alpen/open.json:4\nshop/a.css:1']],
    );
  });

  it('go to places of their own', (test) => {
    const cwd = shopFor(test, baseline, sets);
    const call = ['check', '--root', 'shop', '--syntax'];
    for (const files of [
      ['--sarif', '-', '--junit', '-'],
      ['--sarif', '-', '--junit', '/dev/stdout'],
      ['--sarif', 'x', '--junit', './x'],
    ]) {
      const { code, out, err } = firn([...call, ...files], { cwd });
      assert.deepEqual([code, out], [2, ''], files.join(' '));
      assert.match(err, /--sarif and --junit both want the same place/);
    }
    for (const report of ['--sarif', '--junit']) {
      const { out } = firn([...call, '--json', report, '-'], { cwd });
      assert.equal(JSON.parse(out).error.message, `--json and ${report} both want standard output`);
    }
    const { out, err } = firn([...call, '--sarif', '-', '--github'], { cwd });
    assert.ok(isSarif(JSON.parse(out)));
    assert.match(err, /^::error file=patches/);
  });

  it('annotates and sums up where GitHub runs it, and only there', (test) => {
    const cwd = shopFor(test, baseline, sets, { 'summary.md': 'before\n' });
    const call = ['check', '--root', 'shop', '--syntax'];
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: path.join(cwd, 'summary.md') };
    const summary = () => readFileSync(path.join(cwd, 'summary.md'), 'utf8');
    const quiet = firn([...call, '--no-github'], { cwd, env }).out;
    assert.equal(quiet, '2 patches in 1 set: 1 fit and 1 do not\n');
    assert.equal(summary(), 'before\n');
    const { out } = firn(call, { cwd, env });
    assert.match(
      out,
      /^::error file=patches\/alpen\/open\.json,line=4,col=5,title=firn%3A syntax::alpen\/open breaks/,
    );
    assert.match(summary(), /^before\n## Patch sets\n/);
    const asked = firn([...call, '--github'], { cwd, env: { GITHUB_ACTIONS: '' } });
    assert.equal(asked.out, out);
  });
});
