/** The options of the commands that compare two texts or trees. */
import { type Command, Option } from 'commander';
import type { BaseOptions } from '../options.js';
import { wholeNumber } from './call.js';

export interface ComparingOptions extends BaseOptions {
  readonly unified?: number;
  readonly algorithm: 'histogram' | 'myers' | 'minimal';
  readonly text?: true;
}

export function addComparing(command: Command): Command {
  return command
    .addOption(
      new Option('-U, --unified <N>', 'unchanged lines around each change (default: 3)').argParser(
        wholeNumber,
      ),
    )
    .addOption(
      new Option('--algorithm <ALGORITHM>', 'how the texts are compared')
        .choices(['histogram', 'myers', 'minimal'])
        .default('histogram'),
    )
    .option('-a, --text', 'compare files that look binary as text');
}
