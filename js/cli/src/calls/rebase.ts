/** How `firn rebase` is called. */
import type { Command } from 'commander';
import type { BaseOptions, CommonOptions } from '../options.js';
import { addBase, addDiffReading, addPolicy, batchOnly, type Run, refuseOthers } from './call.js';
import { addSetNames, folder } from './set-options.js';

export interface RebaseOptions extends Omit<CommonOptions, 'patches'> {
  readonly from: string;
  readonly to: string;
  readonly output?: string;
}

/** Of patch sets. */
export interface RebaseSetsOptions extends BaseOptions {
  readonly onto: string;
  readonly root?: string;
  readonly patches?: string;
  readonly set?: readonly string[];
  readonly write?: true;
}

export function declareRebase(program: Command, run: Run): void {
  const command = program
    .command('rebase')
    .summary('carry a batch, or patch sets, over to another version of the text')
    .description(
      'With BATCH: carries it, made for OLD, over to NEW, says what became of each patch, and writes the batch for NEW.\n' +
        'Without: carries the patches of sets, made for the baseline, over to another one (--onto).\n' +
        'Patches are clean, moved, upstream (the new text has the change already) or in conflict.',
    )
    .argument('[BATCH]', 'the batch, or a diff; - is standard input')
    .option('--from <OLD>', 'the file that BATCH was made for')
    .option('--to <NEW>', 'the file as it is now')
    .option('-o, --output <OUT>', 'write to OUT instead; - is standard output');
  addDiffReading(addPolicy(addSetsPart(command)));
  addBase(command)
    .addHelpText('after', NOTES)
    .action((batch: string | undefined, options: RebaseOptions & RebaseSetsOptions) => {
      if (batch === undefined && command.getOptionValueSource('onto') === 'cli') {
        const others = ['from', 'to', 'output', ...batchOnly];
        refuseOthers(command, others, 'goes with a BATCH, not with --onto');
        return run({
          command: 'rebase',
          options,
          asked: {},
          answer: async () => (await import('../commands/rebase-sets.js')).rebaseSets(options),
        });
      }
      if (batch === undefined) {
        return command.error('error: what? A BATCH, or patch sets --onto another baseline');
      }
      refuseOthers(command, ['onto', ...setsPart], 'goes with patch sets, not with a BATCH');
      const missing = { '--from <OLD>': options.from, '--to <NEW>': options.to };
      for (const [option, value] of Object.entries(missing)) {
        if (value === undefined) command.error(`error: required option '${option}' not specified`);
      }
      return run({
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
      });
    });
}

const setsPart = ['root', 'patches', 'set', 'write'];

function addSetsPart(command: Command): Command {
  return addSetNames(command)
    .option('--onto <NEW>', 'of sets: the new baseline, a folder or PACKAGE@VERSION')
    .option('--root <DIR>', 'of sets: the baseline that they were made for (default: .)')
    .option('--patches <DIR>', 'the folder of the sets (default: patches)', folder)
    .option('--write', 'of sets: change them; without it nothing is written');
}

const NOTES = `
The batch for NEW goes to standard output, unless an option says otherwise. With a conflict nothing is
written and the exit code is 1; under --policy best-effort the other patches are written all the same.

Of sets --write changes what is clean or moved, and takes out what is upstream. A patch in conflict stays as it
is, and PATCH.conflicts beside it has the three sides of each conflict; the exit code is 1.

Examples:
  firn rebase batch.json --from shop-1.0/cart.js --to shop-1.1/cart.js -o batch-1.1.json
  firn rebase --root shop-1.0 --onto shop-1.1 --set alpenglow --write`;
