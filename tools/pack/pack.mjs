#!/usr/bin/env node
// pack.mjs <folder>: what npm would publish, as tarballs in the folder: every public workspace, and the package that brings
// the addon to this platform. Prints a line for each. Wants everything built.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { platformPackages } from '../../js/engine/dist/platform-package.js';
import { manifestOf, publicFolders } from '../npm/workspaces.mjs';
import { NOTICES_NAME, writeEngineNotices } from './notices.mjs';
import { writePlatformPackage } from './platform-package.mjs';

const ENGINE = 'js/engine';

/** @param {string[]} args @param {string} folder */
const npmPack = (args, folder) =>
  JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }),
  )[0];

/**
 * The engine as it is published: it names the packages of the platforms. The repository's manifest does not, since npm would
 * look for them in the registry at every install of a checkout, which builds its own addon. It tells what is compiled in.
 * @param {string} folder
 */
function stageEngine(folder) {
  for (const { path: file } of npmPack(['--dry-run'], ENGINE).files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    cpSync(path.join(ENGINE, file), path.join(folder, file));
  }
  const manifest = JSON.parse(readFileSync(`${ENGINE}/package.json`, 'utf8'));
  manifest.optionalDependencies = Object.fromEntries(
    platformPackages.map(({ name }) => [name, manifest.version]),
  );
  manifest.files.push(NOTICES_NAME);
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeEngineNotices(folder);
}

const [given = 'build/packages'] = process.argv.slice(2);
const folder = path.resolve(given);
process.chdir(path.join(import.meta.dirname, '../..'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const stage = mkdtempSync(path.join(os.tmpdir(), 'firn-pack-'));
try {
  const [engine, addon] = ['engine', 'addon'].map((name) => path.join(stage, name));
  stageEngine(engine);
  writePlatformPackage(addon, `${ENGINE}/dist/firn.node`, manifestOf(ENGINE));
  const others = publicFolders().filter((workspace) => workspace !== ENGINE);
  for (const source of [engine, addon, ...others]) {
    const { filename, size, entryCount } = npmPack(['--pack-destination', folder], source);
    console.log(`${filename}  ${(size / 1000).toFixed(0)} KB, ${entryCount} files`);
  }
} finally {
  rmSync(stage, { recursive: true });
}
