/** Whose work is compiled into what we ship, and under which licence: most of them ask that this be told. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

export const NOTICES_NAME = 'THIRD-PARTY-NOTICES';

/** @typedef {{ name: string, licence: string }} Part `licence` is the file that its own makers, or Debian, ship. */

/** In the engine, whatever it is compiled to. @type {readonly Part[]} */
const CORE = [
  { name: 'simdjson', licence: 'node_modules/@nozbe/simdjson/LICENSE' },
  { name: 'Highway', licence: '/usr/share/doc/libhwy-dev/copyright' },
  { name: 'xxHash', licence: '/usr/share/doc/libxxhash-dev/copyright' },
];

/** In the addon besides. libstdc++ asks nothing of who is compiled with it. @type {readonly Part[]} */
const ADDON = [{ name: 'node-addon-api', licence: 'node_modules/node-addon-api/LICENSE.md' }];

/** @param {string} folder @param {readonly Part[]} parts */
function writeNotices(folder, parts) {
  const notices = parts.map(({ name, licence }) => {
    const line = '-'.repeat(name.length);
    return `${name}\n${line}\n\n${readFileSync(licence, 'utf8').trim()}\n`;
  });
  writeFileSync(`${folder}/${NOTICES_NAME}`, notices.join('\n\n'));
}

/** For a package that is bundled with packages of others. @param {string} folder @param {readonly string[]} names */
export const writeBundleNotices = (folder, names) => writeNotices(folder, names.map(partOf));

/** For a page: what it is bundled with, and the WebAssembly module in it. @param {string} folder @param {readonly string[]} names */
export const writePageNotices = (folder, names) =>
  writeNotices(folder, [...CORE, ...names.map(partOf)]);

/** @param {string} name @returns {Part} */
const partOf = (name) => ({ name, licence: licenceOf(`node_modules/${name}`) });

/** @param {string} folder */
function licenceOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence`);
  return `${folder}/${file}`;
}

/** For the package that holds the WebAssembly module. @param {string} folder */
export const writeEngineNotices = (folder) => writeNotices(folder, CORE);

/** For a package that holds an addon. @param {string} folder */
export const writeAddonNotices = (folder) => writeNotices(folder, [...CORE, ...ADDON]);
