/** How `firn init`, `remove`, `status` and `list` are called. */
import type { Command } from 'commander';
import type { Run } from './call.js';
import {
  addConditions,
  addManySets,
  addOneSet,
  addSets,
  type ManySetsOptions,
  type OneSetOptions,
  type SetsOptions,
} from './set-options.js';

export interface StatusOptions extends ManySetsOptions {
  readonly when?: Readonly<Record<string, string>>;
}

export function declareInit(program: Command, run: Run): void {
  const command = program
    .command('init')
    .summary('begin a patch set')
    .description('Makes the folder of a patch set with an empty manifest, firn.json.')
    .argument('<SET>', 'its name: letters, digits, ".", "_", "-"');
  addSets(command).action((set: string, options: SetsOptions) =>
    run({
      command: 'init',
      options,
      asked: {},
      answer: async () => (await import('../commands/init.js')).init(set, options),
    }),
  );
}

export function declareRemove(program: Command, run: Run): void {
  const command = program
    .command('remove')
    .summary('take a patch out of its set')
    .description(
      'Takes a patch and its file out of its set. Patches that follow it are carried to the text that it was made for; if one of them cannot be, nothing is changed.',
    )
    .argument('<ID>', 'the patch: its id, or SET/ID');
  addOneSet(command).action((id: string, options: OneSetOptions) =>
    run({
      command: 'remove',
      options,
      asked: {},
      answer: async () => (await import('../commands/remove.js')).remove(id, options),
    }),
  );
}

export function declareStatus(program: Command, run: Run): void {
  const command = program
    .command('status')
    .summary('tell of each patch of a set whether it fits')
    .description(
      'Tries every patch on the baseline: it fits, is stale, refused, collides with another, is unused, or off (its conditions are not met). Nothing is written.',
    );
  addManySets(addConditions(command))
    .addHelpText('after', STATUS_NOTES)
    .action((options: StatusOptions) =>
      run({
        command: 'status',
        options,
        asked: {},
        answer: async () => (await import('../commands/status.js')).status(options),
      }),
    );
}

export function declareList(program: Command, run: Run): void {
  const command = program
    .command('list')
    .summary('list the patches of a set')
    .description('Lists patch sets and their patches, as their manifests have them.');
  addManySets(command).action((options: ManySetsOptions) =>
    run({
      command: 'list',
      options,
      asked: {},
      answer: async () => (await import('../commands/list.js')).list(options),
    }),
  );
}

const STATUS_NOTES = `
Without --set every set is tried by itself, as if it were the only one; with several, they are tried together.
The exit code is 1 when a patch does not fit.

Example:
  firn status --root shop --set alpenglow --when env=production`;
