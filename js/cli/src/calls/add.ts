/** How `firn add` is called. */
import type { Command } from 'commander';
import type { DiffReading } from '../options.js';
import { addDiffReading, type Run, wholeNumber } from './call.js';
import { addEntry, addOneSet, type EntryOptions, type OneSetOptions } from './set-options.js';

export interface AddOptions extends OneSetOptions, EntryOptions, DiffReading {
  readonly file?: string;
  readonly edited?: string;
  readonly after?: string;
  readonly strip: number;
}

export function declareAdd(program: Command, run: Run): void {
  const command = program
    .command('add')
    .summary('record a change in a patch set')
    .description(
      'Records changes as patches of a set, with the text that each was made for and what it makes of it: batches, diffs (one patch a file), or an edited copy of a file or of the whole baseline.',
    )
    .argument('[CHANGE...]', 'batches and diffs; - is standard input')
    .option('--edited <PATH>', 'in place of CHANGE: an edited copy of --file, or of all of --root')
    .option('--file <FILE>', 'the file that is changed, below --root, when the change does not say')
    .option('--after <ID>', 'the change means the text that this patch makes, not the baseline');
  addOneSet(
    addDiffReading(
      addEntry(command).option(
        '--strip <N>',
        'of a diff: leading folders of its names that are not there',
        wholeNumber,
        1,
      ),
    ),
  )
    .addHelpText('after', NOTES)
    .action((changes: readonly string[], options: AddOptions) =>
      run({
        command: 'add',
        options,
        asked: {},
        answer: async () => (await import('../commands/add.js')).add(changes, options),
      }),
    );
}

const NOTES = `
A batch or diff that lies in the set's folder already is recorded where it lies. All changes are recorded, or none.

Examples:
  firn add cart.json --root shop --set alpenglow
  firn add change.diff --root shop --set alpenglow --reason "Prices with VAT"
  firn add --edited edited-shop --root shop --set alpenglow`;
