/** How `firn build` is called. */
import type { Command } from 'commander';
import type { Run } from './call.js';
import { addConditions, addManySets, type ManySetsOptions } from './set-options.js';

export interface BuildOptions extends ManySetsOptions {
  readonly out: string;
  readonly when?: Readonly<Record<string, string>>;
  readonly link?: true;
  readonly syntax?: true;
}

export function declareBuild(program: Command, run: Run): void {
  const command = program
    .command('build')
    .summary('make a patched tree of a baseline and patch sets')
    .description(
      'Copies the baseline to OUT with all patches of the sets applied and proved, and writes firn-manifest.json there. The whole tree appears at once, or nothing.',
    )
    .requiredOption(
      '-o, --out <OUT>',
      'the folder to make, outside of the baseline; it must not be there, or be empty',
    )
    .option('--syntax', 'parse the patched files, and build nothing when a patch has broken one')
    .option('--link', 'hard links to unpatched files: who writes into OUT changes the baseline');
  addManySets(addConditions(command))
    .addHelpText('after', NOTES)
    .action((options: BuildOptions) =>
      run({
        command: 'build',
        options,
        asked: {},
        answer: async () => (await import('../commands/build.js')).build(options),
      }),
    );
}

const NOTES = `
Files share their blocks with the baseline where the file system has reflinks; elsewhere they are copied.
Permissions and symbolic links are kept; .git is left out.

Example:
  firn build --root shop --set alpenglow --when env=production --out dist/alpenglow`;
