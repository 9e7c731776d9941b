/** How `firn create` is called. */
import { type Command, Option } from 'commander';
import { addBase, type Run } from './call.js';
import { addComparing, type ComparingOptions } from './comparing.js';

export interface CreateOptions extends ComparingOptions {
  readonly output?: string;
  readonly format?: 'batch' | 'diff';
  readonly id?: string;
  readonly file?: string;
}

export function declareCreate(program: Command, run: Run): void {
  const command = program
    .command('create')
    .summary('make a batch or a diff from an edited file or tree')
    .description(
      'Writes what turns BASELINE into EDITED: of two files a batch, of two trees a diff.',
    )
    .argument('<BASELINE>', 'the frozen file, or folder')
    .argument('<EDITED>', 'the same after editing')
    .option('-o, --output <OUT>', 'write to OUT instead of standard output')
    .addOption(
      new Option(
        '--format <FORMAT>',
        'what to make (default: batch of a file, diff of a tree)',
      ).choices(['batch', 'diff']),
    )
    .option('--id <ID>', 'of the batch')
    .option('--file <NAME>', 'the file that the batch, or the diff, names');
  addBase(addComparing(command))
    .addHelpText('after', NOTES)
    .action((baseline: string, edited: string, options: CreateOptions) =>
      run({
        command: 'create',
        options,
        asked: { from: baseline, to: edited },
        answer: async () =>
          (await import('../commands/create.js')).create(baseline, edited, options),
      }),
    );
}

const NOTES = `
A batch is bound to BASELINE: firn apply refuses it on any other text, and firn rebase carries it over.

Examples:
  firn create shop/cart.js cart.js -o batch.json
  firn create shop edited-shop -o change.diff`;
