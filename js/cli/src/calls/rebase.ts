/** How `firn rebase` is called. */
import type { Command } from 'commander';
import type { CommonOptions } from '../options.js';
import { addBase, addDiffReading, addPolicy, type Run } from './call.js';

export interface RebaseOptions extends Omit<CommonOptions, 'patches'> {
  readonly from: string;
  readonly to: string;
  readonly output?: string;
}

export function declareRebase(program: Command, run: Run): void {
  const command = program
    .command('rebase')
    .summary('carry a batch over to another version of its file')
    .description(
      'Carries BATCH, made for OLD, over to NEW, says what became of each patch, and writes the batch for NEW.\n' +
        'Patches are clean, moved, upstream (NEW has the change already) or in conflict.',
    )
    .argument('<BATCH>', 'the batch, or a diff; - is standard input')
    .requiredOption('--from <OLD>', 'the file that it was made for')
    .requiredOption('--to <NEW>', 'the file as it is now')
    .option('-o, --output <OUT>', 'write to OUT instead; - is standard output');
  addBase(addDiffReading(addPolicy(command)))
    .addHelpText('after', NOTES)
    .action((batch: string, options: RebaseOptions) =>
      run({
        command: 'rebase',
        options,
        asked: {
          batch: { path: batch },
          from: options.from,
          to: options.to,
          policy: options.policy,
          ties: options.ties,
        },
        answer: async () => (await import('../commands/rebase.js')).rebase(batch, options),
      }),
    );
}

const NOTES = `
The batch for NEW goes to standard output, unless an option says otherwise. With a conflict nothing is
written and the exit code is 1; under --policy best-effort the other patches are written all the same.

Example:
  firn rebase batch.json --from shop-1.0/cart.js --to shop-1.1/cart.js -o batch-1.1.json`;
