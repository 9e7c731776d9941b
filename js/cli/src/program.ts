/**
 * The command line: commands, options, help. A command's own code is loaded when it runs, so adding
 * one costs the others nothing: declare it here, and write it in commands/.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Answer } from './commands/answer.js';
import type { ApplyOptions } from './commands/output.js';
import type { CommandName, CommonOptions } from './options.js';

/** Runs a command once its arguments are known to be sound. */
export type Run = (
  command: CommandName,
  file: string,
  options: CommonOptions,
  load: () => Promise<Answer>,
) => Promise<void>;

/** What commander would print itself. */
export interface Printer {
  out(text: string): void;
  err(text: string): void;
}

export function buildProgram(run: Run, printer: Printer): Command {
  const program = new Command('firn')
    .description('Applies batches of patches to frozen text.')
    .usage('<command> FILE -p BATCH [options]')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => printer.out(text),
      writeErr: (text) => printer.err(text),
      // The one who catches the error says it, in the words that all failures have.
      outputError: () => {},
    })
    .helpCommand('help [command]', 'tell about a command')
    .helpOption('-h, --help', 'tell about the command')
    .version('', '-V, --version', 'print the versions, and which backend runs here')
    .addHelpText('after', EXIT_CODES);

  const applyCommand = program
    .command('apply')
    .summary('apply a batch to a file')
    .description(
      'Applies the batch to FILE. The result goes to standard output, unless an option says otherwise.',
    );
  addCommon(applyCommand)
    .option('-o, --output <OUT>', 'write to OUT instead; - is standard output')
    .option('-i, --in-place', 'replace FILE, as one step')
    .option('-d, --diff', 'give the unified diff instead of the text')
    .addOption(
      new Option(
        '--context <N>',
        'unchanged lines around each change of the diff (default: 3)',
      ).argParser(wholeNumber),
    )
    .addHelpText('after', APPLY_NOTES)
    .action(async (file: string, options: ApplyOptions) => {
      const load = async () => (await import('./commands/apply.js')).apply(file, options);
      await run('apply', file, options, load);
    });

  const checkCommand = program
    .command('check')
    .summary('tell whether a batch would be applied')
    .description('Finds everything that is wrong with the batch for FILE. Nothing is written.');
  addCommon(checkCommand).action(async (file: string, options: CommonOptions) => {
    const load = async () => (await import('./commands/check.js')).check(file, options);
    await run('check', file, options, load);
  });

  const explainCommand = program
    .command('explain')
    .summary('tell in words what a batch does')
    .description('Says what the batch means for FILE, a sentence a patch. Nothing is written.');
  addCommon(explainCommand).action(async (file: string, options: CommonOptions) => {
    const load = async () => (await import('./commands/explain.js')).explain(file, options);
    await run('explain', file, options, load);
  });

  return program;
}

/** What every command that takes a file and a batch has. */
function addCommon(command: Command): Command {
  return command
    .argument('<FILE>', 'the frozen file; - is standard input')
    .addOption(
      new Option('-p, --patches <BATCH>', 'the batch, a JSON file; - is standard input')
        .makeOptionMandatory()
        .argParser(oneBatch),
    )
    .addOption(
      new Option('--policy <POLICY>', 'what to do when a patch breaks a law')
        .choices(['fail-fast', 'atomic', 'best-effort'])
        .default('fail-fast'),
    )
    .addOption(
      new Option('--ties <TIES>', 'several patches at one line')
        .choices(['reject', 'keep-order'])
        .default('reject'),
    )
    .addOption(new Option('--revision <N>', 'the revision that FILE is at').argParser(wholeNumber))
    .option('--json', 'print a report as JSON (schema firn.cli/1) on standard output')
    .addOption(
      new Option('--backend <BACKEND>', 'where the engine runs')
        .choices(['auto', 'native', 'wasm'])
        .default('auto'),
    )
    .addOption(
      new Option('--color <WHEN>', 'colours').choices(['auto', 'always', 'never']).default('auto'),
    );
}

/** Two batches are not two batches one after the other: the second would count lines of another text. */
function oneBatch(path: string, before: string | undefined): string {
  if (before === undefined) return path;
  throw new InvalidArgumentError(
    'One batch a call: to apply another to the result, call firn again.',
  );
}

function wholeNumber(text: string): number {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError(`It is not a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
}

const EXIT_CODES = `
Exit codes: 0 done, 1 refused (or, under best-effort, a part left out), 2 wrong call or a file in trouble.`;

const APPLY_NOTES = `
Policies: fail-fast stops at the first violation, atomic reports all of them; neither applies anything
then. best-effort applies what is lawful, reports the rest, and exits with 1 when it left something out.

Examples:
  firn apply cart.js -p batch.json > patched.js
  firn apply cart.js -p batch.json --in-place
  firn apply cart.js -p batch.json --diff | git apply
  make-batch | firn apply cart.js -p - -o patched.js --json`;
