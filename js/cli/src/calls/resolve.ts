/** How `firn resolve` is called. */
import { type Command, Option } from 'commander';
import { usage } from '../failure.js';
import type { Run } from './call.js';
import { addOneSet, type OneSetOptions } from './set-options.js';

export interface ResolveOptions extends OneSetOptions {
  readonly take?: 'ours' | 'theirs';
  readonly edited?: string;
  readonly output?: string;
}

export function declareResolve(program: Command, run: Run): void {
  const command = program
    .command('resolve')
    .summary('decide the conflicts that a rebase has left')
    .description(
      'Opens the file of the new baseline in $VISUAL or $EDITOR, with the patch in it and its conflicts between markers as git has them, and records what it becomes: the patch for that baseline, and the patches that follow it.',
    )
    .argument('[ID]', 'the patch: its id, or SET/ID (default: the only one with conflicts)')
    .addOption(
      new Option(
        '--take <SIDE>',
        'no editor: in conflicts, what the patch makes (ours) or what the baseline has (theirs)',
      ).choices(['ours', 'theirs']),
    )
    .option('--edited <FILE>', 'no editor: the file as it is to be; - is standard input')
    .option('-o, --output <OUT>', 'write the file with its markers to OUT, and record nothing');
  addOneSet(command)
    .addHelpText('after', NOTES)
    .action((id: string | undefined, options: ResolveOptions) => {
      requireOneWay(options);
      return run({
        command: 'resolve',
        options,
        asked: {},
        answer: async () => (await import('../commands/resolve.js')).resolve(id, options),
      });
    });
}

function requireOneWay({ take, edited, output }: ResolveOptions): void {
  const ways = [take && '--take', edited && '--edited', output && '-o'].filter(Boolean);
  if (ways.length > 1) throw usage(`${ways[0]} and ${ways[1]} exclude each other`);
}

const NOTES = `
--root is the new baseline; the old one is not needed. A file with a marker left in it is refused, with the lines.
A file that is as the new baseline has it takes the patch out of its set.

Examples:
  firn rebase --root shop-1.0 --onto shop-1.1 --write
  firn resolve alpenglow/cart --root shop-1.1
  firn resolve alpenglow/cart --root shop-1.1 -o cart.jsx && edit cart.jsx
  firn resolve alpenglow/cart --root shop-1.1 --edited cart.jsx`;
