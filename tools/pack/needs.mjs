/** What a shared library asks of the machine that loads it. */

import { execFileSync } from 'node:child_process';
import process from 'node:process';

/**
 * Its libraries, such as `libc.so.6`, and the oldest glibc that has all it wants of it, such as
 * `2.35`.
 * @param {string} file
 */
export function needsOf(file) {
  const options = /** @type {const} */ ({ encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  const told = execFileSync('readelf', ['--dynamic', '--version-info', '--wide', file], options);
  const minors = [...told.matchAll(/\bGLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
  const libraries = [...told.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name ?? '');
  if (minors.length === 0) throw new Error(`${file} asks for no glibc`);
  return { libraries, glibc: `2.${Math.max(...minors)}` };
}
