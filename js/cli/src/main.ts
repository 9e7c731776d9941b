/** The command `firn`: understands the call, runs a command, prints its answer, sets the exit code. */
import process from 'node:process';
import type { FirnError } from '@firn/engine';
import { CommanderError } from 'commander';
import { withStripCount } from './calls/apply.js';
import type { Answer, Facts, ScreenOf } from './commands/answer.js';
import { Exit, type ExitCode } from './exit.js';
import { BrokenPipe, Failure, usage } from './failure.js';
import { writeErr, writeOut } from './io/write.js';
import type { CliResult } from './json/result.js';
import { type BaseOptions, type CommandName, commandNames } from './options.js';
import { buildProgram } from './program.js';
import { plain } from './render/safe.js';
import { packageVersion } from './version.js';

/** As far as the call was understood, for reports about what went wrong. */
interface Call {
  readonly json: boolean;
  command: CommandName | null;
  options?: BaseOptions;
  asked?: Facts;
}

async function main(args: readonly string[]): Promise<ExitCode> {
  const call: Call = { json: asksForJson(args), command: commandIn(args) };
  let exitCode: ExitCode = Exit.fine;
  const printed = { out: '', err: '' };
  const program = buildProgram(
    async ({ command, options, asked, answer }) => {
      Object.assign(call, { command, options, asked });
      const given = await answer();
      await say(given, call);
      exitCode = given.exitCode;
    },
    {
      out: (text) => {
        printed.out += text;
      },
      err: (text) => {
        printed.err += text;
      },
    },
  );
  try {
    const spelled = call.command === 'apply' ? withStripCount(args) : args;
    await program.parseAsync(spelled, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return afterParsing(error, call, printed);
    return fail(error, call);
  }
  return exitCode;
}

// Both are wanted before anything is parsed: they say how to tell that a call cannot be.

function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).includes('--json');
}

function commandIn(args: readonly string[]): CommandName | null {
  const first = args.find((argument) => !argument.startsWith('-'));
  return commandNames.find((name) => name === first) ?? null;
}

async function say({ exitCode, facts, words }: Answer, call: Call): Promise<void> {
  if (call.json) return printJson(call, exitCode, facts());
  if (!words) return;
  const { out = '', err = '' } = await words(await screens(call));
  await writeOut(out);
  await writeErr(err);
}

async function screens({ options }: Call): Promise<ScreenOf> {
  const { screenOf } = await import('./io/screen.js');
  return (fd) => screenOf(fd, options?.color ?? 'auto');
}

async function printJson(
  { command, asked }: Call,
  exitCode: ExitCode,
  facts: Facts,
): Promise<void> {
  const { resultJson } = await import('./json/result.js');
  const { violations = [], error, ...rest } = facts;
  const result: CliResult = {
    schema: 'firn.cli/1',
    command,
    ok: exitCode === Exit.fine,
    exitCode,
    version: packageVersion(),
    ...asked,
    ...rest,
    violations,
    error,
  };
  await writeOut(resultJson(result));
}

/** commander ends the parsing of help and version like that of a wrong call. */
async function afterParsing(
  error: CommanderError,
  call: Call,
  printed: { readonly out: string; readonly err: string },
): Promise<ExitCode> {
  switch (error.code) {
    case 'commander.version':
      return guarded(printVersion, call);
    case 'commander.helpDisplayed':
      return guarded(() => writeOut(printed.out), call);
    case 'commander.help':
      // "firn" alone, which is no call, or "firn help".
      if (printed.out !== '') return guarded(() => writeOut(printed.out), call);
      if (call.json) return fail(usage('which command?'), call);
      await writeErr(printed.err);
      return Exit.trouble;
    default:
      return fail(usage(wordsOf(error)), call);
  }
}

async function guarded(
  deed: () => Promise<void>,
  call: Call,
  exitCode: ExitCode = Exit.fine,
): Promise<ExitCode> {
  try {
    await deed();
    return exitCode;
  } catch (error) {
    return fail(error, call);
  }
}

/** "error: unknown option '--polcy'\n(Did you mean --policy?)" in one line and without its herald. */
function wordsOf({ message }: CommanderError): string {
  return message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replace(/\n\((Did you mean .*)\?\)$/s, (_, guess: string) => ` (d${guess.slice(1)}?)`);
}

async function printVersion(): Promise<void> {
  const { loadBackend } = await import('./commands/session.js');
  const { backend, version, unavailable } = await loadBackend('auto');
  const without = unavailable.map((other) => `; no ${other.backend}: ${plain(other.reason)}`);
  await writeOut(`firn ${packageVersion()} (engine ${version}, ${backend}${without.join('')})\n`);
}

/** Says why there is no answer. Files are as they were. */
async function fail(thrown: unknown, call: Call): Promise<ExitCode> {
  if (thrown instanceof BrokenPipe) return Exit.brokenPipe;
  const { code, message, details } = failureOf(thrown);
  if (call.json) {
    const { path, errno } = details;
    const facts = { error: { code, message, path, errno } };
    // Should even that not be possible, words have to do.
    const print = () => printJson(call, Exit.trouble, facts);
    return guarded(print, { ...call, json: false }, Exit.trouble);
  }
  await writeErr(`firn: ${plain(message)}\n`);
  const help = call.command === null ? 'firn --help' : `firn ${call.command} --help`;
  if (code === 'usage') await writeErr(`firn: try "${help}"\n`);
  for (const line of details.trace?.split('\n') ?? []) await writeErr(`${plain(line)}\n`);
  return Exit.trouble;
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (isFirnError(thrown)) return new Failure(thrown.code, thrown.message);
  const trace = thrown instanceof Error ? thrown.stack : undefined;
  const message = `a bug in Firn, please report it: ${String(thrown)}`;
  return new Failure('internal', message, trace === undefined ? {} : { trace });
}

/** By its name: most calls come this far without the engine. */
function isFirnError(thrown: unknown): thrown is FirnError {
  return thrown instanceof Error && thrown.name === 'FirnError';
}

process.exitCode = await main(process.argv.slice(2));
