/** The package that brings the addon to one platform: made from the build, as there is no other source for it. */

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { platformPackageFor } from '../../js/engine/dist/platform-package.js';
import { needsOf } from './needs.mjs';
import { NOTICES_NAME, writeAddonNotices } from './notices.mjs';

/**
 * Writes the package of the platform that this runs on into `folder`.
 * @param {string} folder @param {string} addon @param {Record<string, any>} engine the manifest of @firn/engine
 */
export function writePlatformPackage(folder, addon, engine) {
  const platform = platformPackageFor(process.platform, process.arch);
  if (platform === undefined) {
    throw new Error(`no package brings the addon to ${process.platform}-${process.arch}`);
  }
  const { name, os, cpu, libc } = platform;
  const glibc = libc === 'glibc' ? needsOf(addon).glibc : undefined;
  mkdirSync(folder, { recursive: true });
  copyFileSync(addon, `${folder}/firn.node`);
  copyFileSync('LICENSE', `${folder}/LICENSE`);
  writeAddonNotices(folder);
  writeFileSync(`${folder}/README.md`, readme(name, glibc));
  const manifest = {
    name,
    version: engine.version,
    description: `The native addon of ${engine.name} for ${name.slice('@firn/native-'.length)}`,
    license: engine.license,
    type: 'commonjs',
    main: './firn.node',
    files: ['firn.node', NOTICES_NAME],
    engines: engine.engines,
    os: [os],
    cpu: [cpu],
    ...(libc === undefined ? {} : { libc: [libc] }),
    // Nobody enforces it; the loader goes on to WebAssembly where the C library is older.
    ...(glibc === undefined ? {} : { config: { glibc: `>=${glibc}` } }),
    // Yarn: an addon cannot be loaded out of an archive.
    preferUnplugged: true,
  };
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @param {string} name @param {string | undefined} glibc */
function readme(name, glibc) {
  const needs = glibc === undefined ? '' : ` It needs glibc ${glibc} or newer.`;
  return `# ${name}

The native addon of [@firn/engine](https://www.npmjs.com/package/@firn/engine), which installs it by itself and loads it.${needs}
`;
}
