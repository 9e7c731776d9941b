#!/usr/bin/env node
// pack.mjs <folder>: what npm would publish, as tarballs in the folder: every public workspace, and the package that brings
// the addon to this platform. Prints a line for each. Wants everything built.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { platformPackages } from '../../js/engine/dist/platform-package.js';
import { bundled } from '../bundle/packages.mjs';
import { manifestOf, publicFolders } from '../npm/workspaces.mjs';
import {
  NOTICES_NAME,
  writeBundleNotices,
  writeEngineNotices,
  writePageNotices,
} from './notices.mjs';
import { writePlatformPackage } from './platform-package.mjs';

const ENGINE = 'js/engine';
const DASHBOARD = 'js/dashboard';

/** @param {string[]} args @param {string} folder */
const npmPack = (args, folder) =>
  JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }),
  )[0];

/**
 * A package as it is published: it tells what is compiled in. The engine names the packages of the platforms, too. The repository's
 * manifest does not, since npm would look for them in the registry at every install of a checkout, which builds its own addon.
 * @param {string} source @param {string} folder
 */
function stage(source, folder) {
  for (const { path: file } of npmPack(['--dry-run'], source).files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    cpSync(path.join(source, file), path.join(folder, file));
  }
  const manifest = manifestOf(source);
  if (source === ENGINE) {
    manifest.optionalDependencies = Object.fromEntries(
      platformPackages.map(({ name }) => [name, manifest.version]),
    );
    writeEngineNotices(folder);
  } else if (source === DASHBOARD) {
    const names = JSON.parse(readFileSync(`${DASHBOARD}/dist/compiled-in.json`, 'utf8'));
    // What @firn/sets is bundled with is in the page as a part of it.
    writePageNotices(folder, [...names, ...bundled['js/sets'].compiledIn]);
  } else {
    writeBundleNotices(folder, bundled[source].compiledIn);
  }
  manifest.files.push(NOTICES_NAME);
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @param {string} source */
const hasNotices = (source) =>
  [ENGINE, DASHBOARD].includes(source) || (bundled[source]?.compiledIn.length ?? 0) > 0;

const [given = 'build/packages'] = process.argv.slice(2);
const folder = path.resolve(given);
process.chdir(path.join(import.meta.dirname, '../..'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const staged = mkdtempSync(path.join(os.tmpdir(), 'firn-pack-'));
try {
  const addon = path.join(staged, 'addon');
  writePlatformPackage(addon, `${ENGINE}/dist/firn.node`, manifestOf(ENGINE));
  const sources = publicFolders().map((source) => {
    if (!hasNotices(source)) return source;
    const copy = path.join(staged, path.basename(source));
    stage(source, copy);
    return copy;
  });
  for (const source of [...sources, addon]) {
    const { filename, size, entryCount } = npmPack(['--pack-destination', folder], source);
    console.log(`${filename}  ${(size / 1000).toFixed(0)} KB, ${entryCount} files`);
  }
} finally {
  rmSync(staged, { recursive: true });
}
