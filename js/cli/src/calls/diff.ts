/** How `firn diff` is called. */
import type { Command } from 'commander';
import { addBase, type Run } from './call.js';
import { addComparing, type ComparingOptions } from './comparing.js';

export interface DiffCallOptions extends ComparingOptions {
  readonly stat?: true;
  readonly nameOnly?: true;
  readonly output?: string;
}

export function declareDiff(program: Command, run: Run): void {
  const command = program
    .command('diff')
    .summary('show how two files or trees differ')
    .description(
      'Prints a diff in the form of git that turns A into B. With - one of them is standard input.\n' +
        'On a terminal it is for eyes: in colour, the words that changed marked. Exits with 1 when they differ.',
    )
    .argument('<A>', 'a file or a folder')
    .argument('<B>', 'another of the same kind')
    .option('-o, --output <OUT>', 'write to OUT instead; - is standard output');
  addBase(
    addComparing(command)
      .option('--stat', 'a line a file, with how much of it changed')
      .option('--name-only', 'only the names of the files that differ'),
  )
    .addHelpText('after', NOTES)
    .action((a: string, b: string, options: DiffCallOptions) =>
      run({
        command: 'diff',
        options,
        asked: { from: a, to: b },
        answer: async () => (await import('../commands/diff.js')).diff(a, b, options),
      }),
    );
}

const NOTES = `
Exit codes: 0 the same, 1 different, 2 trouble; as of diff and git diff --no-index.

Examples:
  firn diff cart.js edited.js
  firn diff shop edited-shop > change.diff
  firn diff --stat shop edited-shop`;
