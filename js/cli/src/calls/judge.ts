/** How `firn check` and `firn explain` are called: a file and its batch, and nothing written. */
import { type Command, Option } from 'commander';
import type { CommonOptions } from '../options.js';
import {
  addBase,
  addDiffReading,
  addPolicy,
  batchOnly,
  oneBatch,
  type Run,
  refuseOthers,
} from './call.js';
import { addConditions, addSetNames, folder, type ManySetsOptions } from './set-options.js';

/** `firn check` of patch sets. */
export interface GateOptions extends Omit<ManySetsOptions, 'patches' | 'root'> {
  readonly root?: string;
  readonly patches?: string;
  readonly when?: Readonly<Record<string, string>>;
  readonly syntax?: true;
  readonly against?: string;
  readonly sarif?: string;
  readonly junit?: string;
  /** Undefined: where GitHub runs it. */
  readonly github?: boolean;
}

export function declareCheck(program: Command, run: Run): void {
  const command = program
    .command('check')
    .summary('tell whether a batch, or the patches of all sets, would be applied')
    .description(
      'With FILE: finds everything that is wrong with the batch for FILE.\n' +
        'Without: tries the patches of all sets on the baseline, and says what else would not fit. Nothing is patched.',
    )
    .argument('[FILE]', 'the frozen file; - is standard input')
    .addOption(
      new Option(
        '-p, --patches <PATH>',
        'with FILE: the batch, a JSON file, or a diff; without: the folder of the patch sets (default: patches)',
      ).argParser(oneBatch),
    );
  addDiffReading(addPolicy(addGate(command)));
  addBase(command)
    .addHelpText('after', GATE_NOTES)
    .action((file: string | undefined, options: CommonOptions & GateOptions) => {
      if (file === undefined) refuseOthers(command, batchOnly, 'goes with a FILE and its batch');
      else refuseOthers(command, setsOnly, 'goes with patch sets, not with a FILE');
      if (file === undefined) {
        return run({
          command: 'check',
          options,
          asked: {},
          answer: async () =>
            (await import('../commands/check-sets.js')).checkAllSets(setsOf(options)),
        });
      }
      if (options.patches === undefined) command.error('which batch? -p BATCH names it');
      return run({
        command: 'check',
        options,
        asked: askedOf(file, options),
        answer: async () => (await import('../commands/check.js')).check(file, options),
      });
    });
}

/** Of sets `-p` names their folder. */
function setsOf(options: GateOptions): GateOptions {
  const { patches } = options;
  return patches === undefined ? options : { ...options, patches: folder(patches) };
}

/** Where sets are, what else is checked of them, and what reports are written. */
function addGate(command: Command): Command {
  return addConditions(addSetNames(command))
    .option('--root <DIR>', 'the baseline (default: .)')
    .option('--syntax', 'parse the patched files too, and blame who broke them')
    .option(
      '--against <NEW>',
      'what would become of the patches on this baseline: a folder, or PACKAGE@VERSION',
    )
    .option('--sarif <OUT>', 'write the findings as SARIF 2.1.0, for code scanning')
    .option('--junit <OUT>', 'write a JUnit report, a case for each patch')
    .option(
      '--github',
      'print annotations for GitHub, and write the summary of the job (default there)',
    )
    .option('--no-github', 'do not, also there');
}

const setsOnly = ['root', 'set', 'when', 'syntax', 'against', 'sarif', 'junit', 'github'];

const GATE_NOTES = `
Without --set every set is tried by itself, as if it were the only one; with several, they are tried together.
The exit code is 1 when a patch does not fit, breaks the syntax, or would conflict with --against.

Examples:
  firn check src/Cart.jsx -p cart.json
  firn check --root shop --set alpenglow --when env=production --syntax
  firn check --root node_modules/lib --against lib@2 --sarif firn.sarif --junit firn.xml`;

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
