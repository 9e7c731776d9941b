/** How `firn check` and `firn explain` are called: a file and its batch, and nothing written. */
import { type Command, Option } from 'commander';
import type { CommonOptions } from '../options.js';
import { addBase, addDiffReading, addPolicy, oneBatch, type Run } from './call.js';

export function declareCheck(program: Command, run: Run): void {
  const command = program
    .command('check')
    .summary('tell whether a batch would be applied')
    .description('Finds everything that is wrong with the batch for FILE. Nothing is written.');
  addArguments(command).action((file: string, options: CommonOptions) =>
    run({
      command: 'check',
      options,
      asked: askedOf(file, options),
      answer: async () => (await import('../commands/check.js')).check(file, options),
    }),
  );
}

export function declareExplain(program: Command, run: Run): void {
  const command = program
    .command('explain')
    .summary('tell in words what a batch does')
    .description('Says what the batch means for FILE, a sentence a patch. Nothing is written.');
  addArguments(command).action((file: string, options: CommonOptions) =>
    run({
      command: 'explain',
      options,
      asked: askedOf(file, options),
      answer: async () => (await import('../commands/explain.js')).explain(file, options),
    }),
  );
}

function addArguments(command: Command): Command {
  command
    .argument('<FILE>', 'the frozen file; - is standard input')
    .addOption(patchesOption().makeOptionMandatory());
  return addBase(addDiffReading(addPolicy(command)));
}

export function patchesOption(): Option {
  return new Option(
    '-p, --patches <BATCH>',
    'the batch, a JSON file, or a diff; - is standard input',
  ).argParser(oneBatch);
}

/** What a call about a file and a batch says. */
export function askedOf(file: string, { patches, policy, ties }: CommonOptions) {
  return { file, batch: { path: patches }, policy, ties };
}
