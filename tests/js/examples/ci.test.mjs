// @ts-check
/** The workflows: read by GitHub's own parser, and their commands run in a scratch clone. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';
import { parse } from 'yaml';

import { serveRegistry } from '../cli/registry.mjs';
import { setFiles } from '../cli/shops.mjs';
import { install, pack, repository } from '../packages/install.mjs';

/** @typedef {{ name?: string, run?: string, uses?: string, env?: Record<string, string>, 'continue-on-error'?: boolean }} Step */

const scratch = mkdtempSync(path.join(os.tmpdir(), 'firn-ci-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const workflows = ['examples/ci', '.github/workflows'].flatMap((folder) =>
  readdirSync(path.join(repository, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`),
);
/** @param {string} file */
const read = (file) => readFileSync(path.join(repository, file), 'utf8');

/** The steps of the only job that run something. @param {string} file @returns {{ env: Record<string, string>, steps: Step[] }} */
function commandsOf(file) {
  const { env = {}, jobs } = parse(read(file));
  const [job] = Object.values(jobs);
  return { env, steps: job.steps.filter((/** @type {Step} */ { run }) => run !== undefined) };
}

/** What GitHub says is wrong with a workflow. @param {string} name @param {string} content @returns {Promise<string[]>} */
async function faultsIn(name, content) {
  // Its parser imports JSON as only bundlers do.
  const bundle = path.join(scratch, 'parser.mjs');
  if (!existsSync(bundle)) {
    const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
    await build({
      stdin: {
        contents: `export * from '@actions/workflow-parser'`,
        resolveDir: import.meta.dirname,
      },
      ...{ bundle: true, platform: 'node', format: 'esm', outfile: bundle, banner: { js: banner } },
    });
  }
  const parser = await import(pathToFileURL(bundle).href);
  const { context, value } = parser.parseWorkflow(
    { name, content },
    new parser.NoOperationTraceWriter(),
  );
  if (value) await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map((/** @type {Error} */ { message }) => message);
}

describe('the workflows', () => {
  for (const file of workflows) {
    it(`are ones that GitHub takes: ${file}`, async () => {
      assert.deepEqual(await faultsIn(file, read(file)), []);
    });
  }

  it('would be refused otherwise', async () => {
    const content = read('examples/ci/patches.yml');
    for (const [from, to] of /** @type {const} */ ([
      ['    steps:', '    stepz:'],
      ['success()', 'succes()'],
      ['runs-on: ubuntu-latest', ''],
    ])) {
      assert.notDeepEqual(await faultsIn('changed.yml', content.replace(from, to)), [], to);
    }
  });

  it('run benchmarks that there are', () => {
    const { steps } = commandsOf('examples/ci/benchmarks.yml');
    const [, target] = /^make (.+)$/.exec(steps.at(-1)?.run ?? '') ?? [];
    const args = ['--dry-run', '--no-print-directory', target ?? ''];
    const plan = execFileSync('make', args, { cwd: repository, encoding: 'utf8' });
    assert.match(plan, /node bench\/gate\.mjs/);
  });
});

const css = 'a {\n  top: 0;\n  left: 0;\n}\n';
const next = { 'a.css': `/* 2 */\n${css.replace('left: 0', 'left: 2')}` };
/** @param {number} line @param {string} text */
const replace = (line, text) => /** @type {const} */ ({ op: 'replace', line, text });
const sets = {
  alpen: {
    top: { file: 'a.css', patches: [replace(2, '  top: 1;')] },
    left: { file: 'a.css', patches: [replace(3, '  left: 1;')] },
  },
};

describe('the commands of the workflows', async () => {
  const project = await makeProject();

  /** Runs the steps as GitHub does. @param {string} file @param {Record<string, string>} [more] */
  async function run(file, more = {}) {
    const { env, steps } = commandsOf(file);
    /** @type {{ name: string, code: number, out: string }[]} */
    const done = [];
    for (const step of steps) {
      const given = { ...project.env, ...env, ...step.env, ...more };
      const { code, out } = await bash(step.run ?? '', project.folder, given);
      done.push({ name: step.name ?? step.run ?? '', code, out });
      if (code !== 0 && !step['continue-on-error']) break;
    }
    return done;
  }

  it('of the gate pass when every patch fits, and say so to GitHub', async () => {
    const done = await run('examples/ci/patches.yml');
    assert.deepEqual(
      done.map(({ code }) => code),
      [0, 0],
      done.at(-1)?.out,
    );
    assert.match(readFileSync(project.summary, 'utf8'), /^## Patch sets: all fit$/m);
    for (const report of ['firn.sarif', 'firn.xml']) {
      assert.ok(existsSync(path.join(project.folder, report)));
      rmSync(path.join(project.folder, report));
    }
  });

  it('of the gate fail when one breaks the syntax, beside the line', async () => {
    const broken = setFiles(
      { 'a.css': css },
      {
        broken: { end: { file: 'a.css', patches: [{ op: 'delete', line: 4 }] } },
      },
    );
    for (const [name, text] of Object.entries(broken)) project.write(name, text);
    const { code, out } = (await run('examples/ci/patches.yml')).at(-1) ?? { code: 0, out: '' };
    rmSync(path.join(project.folder, 'patches/broken'), { recursive: true });
    assert.equal(code, 1);
    assert.match(out, /^::error file=patches\/broken\/end\.json,line=4,/m);
    for (const report of ['firn.sarif', 'firn.xml']) rmSync(path.join(project.folder, report));
  });

  it('of the upgrade move what can be moved, and propose it with what is in conflict', async () => {
    const done = await run('examples/ci/upgrade.yml', { GH_TOKEN: 'token' });
    assert.deepEqual(
      done.map(({ code }) => code),
      [0, 1, 0, 0],
      done.at(-1)?.out,
    );
    assert.match(readFileSync(project.summary, 'utf8'), /alpen\/top<\/code> .* moved/);
    const git = (/** @type {string[]} */ ...args) =>
      execFileSync('git', args, { cwd: project.origin, encoding: 'utf8' });
    const changed = git('diff', '--name-only', 'main', 'upgrade-baseline').trim().split('\n');
    assert.deepEqual(changed, [
      'package-lock.json',
      'package.json',
      'patches/alpen/firn.json',
      'patches/alpen/left.json.conflicts',
      'patches/alpen/top.json',
    ]);
    const { dependencies } = JSON.parse(git('show', 'upgrade-baseline:package.json'));
    assert.equal(dependencies['@shop/base'], '2.0.0');
    assert.match(readFileSync(project.proposed, 'utf8'), /^pr create --title Move the patch sets/);
    assert.match(
      readFileSync(path.join(project.folder, 'status.txt'), 'utf8'),
      /left .*1 conflict in/,
    );
  });
});

/** @param {string} script @param {string} cwd @param {Record<string, string | undefined>} env */
function bash(script, cwd, env) {
  /** @type {Promise<{ code: number, out: string }>} */
  const ended = new Promise((done) => {
    // Not synchronously: the registry is of this process.
    execFile('bash', ['-eo', 'pipefail', '-c', script], { cwd, env }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out: `${out}${err}` });
    });
  });
  return ended;
}

/** A project with the packages as they ship, a baseline out of a registry, and an origin to push to. */
async function makeProject() {
  const registry = await serveRegistry({ after }, '@shop/base', {
    '1.0.0': { 'a.css': css },
    '2.0.0': next,
  });
  const wanted = /firn-(engine|cli|sets|syntax|native-.*)-\d/;
  const tarballs = pack().filter((tarball) => wanted.test(path.basename(tarball)));
  const folder = install('ci', tarballs, ['css-tree', 'mdn-data', 'source-map-js']);
  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries(setFiles({ 'a.css': css }, sets))) write(name, text);
  write('.gitignore', 'node_modules/\nstatus.txt\n');

  // Who would talk to GitHub writes down what it is told.
  const tools = path.join(scratch, 'tools');
  const proposed = path.join(scratch, 'proposed');
  mkdirSync(tools);
  writeFileSync(path.join(tools, 'gh'), `#!/bin/sh\necho "$@" >> '${proposed}'\n`, { mode: 0o755 });
  const summary = path.join(scratch, 'summary.md');
  const { PATH } = process.env;
  const env = {
    PATH: `${tools}:${PATH}`,
    HOME: scratch,
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: summary,
    npm_config_registry: registry.address,
    npm_config_cache: path.join(scratch, 'cache'),
    npm_config_update_notifier: 'false',
    npm_config_audit: 'false',
    npm_config_install_links: 'true',
  };
  const origin = path.join(scratch, 'origin.git');
  const script = `
    npm install --save-exact --ignore-scripts @shop/base@1.0.0
    git init --quiet --initial-branch main .
    git add .
    git -c user.name=a -c user.email=a@b commit --quiet --message start
    git clone --quiet --bare . '${origin}'
    git remote add origin '${origin}'`;
  const { code, out } = await bash(script, folder, env);
  assert.equal(code, 0, out);
  return { folder, origin, summary, proposed, env, write };
}
