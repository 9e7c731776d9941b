// @ts-check
/**
 * The declarations, compiled as those do who use the package: by both compilers, without
 * skipLibCheck, with as few libraries as can be.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('../../types/', import.meta.url));

/** @type {Record<string, [file: string, options: string]>} */
const programs = {
  'a bundler, no platform': [
    'app.ts',
    '--module esnext --moduleResolution bundler --lib es2022 --typeRoots none',
  ],
  'Node, no platform': ['app.ts', '--module nodenext --lib es2022 --typeRoots none'],
  'a page in a bundler': [
    'web.ts',
    '--module esnext --moduleResolution bundler --lib es2022,dom --typeRoots none',
  ],
  Node: ['node.ts', '--module nodenext --lib es2022 --types node'],
  'Node, bundled': [
    'node.ts',
    '--module esnext --moduleResolution bundler --lib es2022 --types node',
  ],
  'the configuration of a bundler': [
    'bundlers.ts',
    '--module nodenext --lib es2023,dom --types node',
  ],
};

for (const compiler of ['typescript', 'typescript-5']) {
  const root = path.dirname(require.resolve(`${compiler}/package.json`));
  describe(`the declarations, for ${compiler}`, () => {
    for (const [name, [file, options]] of Object.entries(programs)) {
      it(`compile for ${name}`, () => {
        const args = [...options.split(' '), '--target', 'es2022', '--strict', '--noEmit'];
        const tsc = [path.join(root, 'bin/tsc'), ...args, '--ignoreConfig', file];
        if (compiler === 'typescript-5') tsc.splice(tsc.indexOf('--ignoreConfig'), 1);
        try {
          execFileSync(process.execPath, tsc, { cwd: folder, encoding: 'utf8' });
        } catch (error) {
          throw new Error(/** @type {{ stdout: string }} */ (error).stdout);
        }
      });
    }
  });
}
