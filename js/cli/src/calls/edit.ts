/** How `firn edit` is called. */
import type { Command } from 'commander';
import type { Run } from './call.js';
import { addEntry, addOneSet, type EntryOptions, type OneSetOptions } from './set-options.js';

export interface EditOptions extends OneSetOptions, EntryOptions {
  readonly amend?: string;
}

export function declareEdit(program: Command, run: Run): void {
  const command = program
    .command('edit')
    .summary('edit a patched file, and record the change')
    .description(
      'Opens a copy of FILE, with the patches of the set applied, in $VISUAL or $EDITOR, and records what was changed: as a patch of its own, independent of the others if it can be, else after one of them.',
    )
    .argument('<FILE>', 'the file, below --root')
    .option('--amend <ID>', 'put the change into this patch instead');
  addOneSet(addEntry(command))
    .addHelpText('after', NOTES)
    .action((file: string, options: EditOptions) =>
      run({
        command: 'edit',
        options,
        asked: { file },
        answer: async () => (await import('../commands/edit.js')).edit(file, options),
      }),
    );
}

const NOTES = `
With --when, the patches that these conditions leave out are not applied to the copy. A change that no single
patch can say is refused, and the edited copy is kept.`;
