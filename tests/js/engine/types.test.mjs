// @ts-check
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

describe('the types', () => {
  it('allow what the API allows and refuse what it refuses (see types.ts)', () => {
    const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc');
    const project = fileURLToPath(new URL('tsconfig.json', import.meta.url));
    try {
      execFileSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
    } catch (error) {
      throw new Error(/** @type {{ stdout: string }} */ (error).stdout);
    }
  });
});
