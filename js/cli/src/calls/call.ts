/** What the declarations of all commands share: how they are run, and the options that several have. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Answer, Facts } from '../commands/answer.js';
import type { BaseOptions, CommandName } from '../options.js';

/** A call whose arguments are sound. */
export interface Call {
  readonly command: CommandName;
  readonly options: BaseOptions;
  /** What the call itself says, for `--json`. */
  readonly asked: Facts;
  /** Loads the command's own code and runs it. */
  readonly answer: () => Promise<Answer>;
}

export type Run = (call: Call) => Promise<void>;

/** Any command has these; they come last in its help. */
export function addBase(command: Command): Command {
  return command
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

/** How a batch is judged. */
export function addPolicy(command: Command): Command {
  return command
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
    .addOption(new Option('--revision <N>', 'the revision that FILE is at').argParser(wholeNumber));
}

/** How a diff is read and placed: the names that git apply and patch have for it. */
export function addDiffReading(command: Command): Command {
  return command
    .addOption(
      new Option('--format <FORMAT>', 'what the patches are (default: they tell)').choices([
        'batch',
        'diff',
      ]),
    )
    .addOption(
      new Option(
        '--placement <HOW>',
        'of a diff: at its lines, where it fits, or with less context (default: exact)',
      ).choices(['exact', 'search', 'fuzzy']),
    )
    .addOption(
      new Option(
        '-F, --fuzz <N>',
        'lines of context that need not match; asks for fuzzy',
      ).argParser(wholeNumber),
    )
    .option('-R, --reverse', 'take the diff back')
    .option('--recount', 'count the lines of hunks instead of believing their headers')
    .option('--ignore-whitespace', 'of context: how many blanks there are, and line ends')
    .option('--ignore-line-ends', 'CR LF or LF: new lines get those of the file');
}

/** Two batches are not two batches one after the other: the second would count lines of another text. */
export function oneBatch(path: string, before: string | undefined): string {
  if (before === undefined) return path;
  throw new InvalidArgumentError(
    'One batch a call: to apply another to the result, call firn again.',
  );
}

export const wholeNumber = wholeNumberFrom(0, Number.MAX_SAFE_INTEGER);

/** Reads a number from `least` to `most`. */
export function wholeNumberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is not a whole number from ${least} to ${most}.`);
  };
}

/** Options about how a batch is read and judged, which sets record. */
export const batchOnly: readonly string[] = [
  ...['policy', 'ties', 'revision', 'format', 'placement', 'fuzz', 'reverse', 'recount'],
  ...['ignoreWhitespace', 'ignoreLineEnds'],
];

/** Of a command that is called in two ways: options of the other way must not be given. */
export function refuseOthers(command: Command, others: readonly string[], rule: string): void {
  const given = others.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given === undefined) return;
  const option = command.options.find((known) => known.attributeName() === given);
  command.error(`error: ${option?.long ?? given} ${rule}`);
}
