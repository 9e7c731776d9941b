/** The options that all commands about patch sets have. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BaseOptions } from '../options.js';
import { addBase, wholeNumber } from './call.js';

/** Where the baseline and the sets are. */
export interface SetsOptions extends BaseOptions {
  readonly root: string;
  /** The folder that has the sets in it. */
  readonly patches: string;
}

/** Some sets, or all of them. */
export interface ManySetsOptions extends SetsOptions {
  readonly set?: readonly string[];
}

/** The one set that is changed. */
export interface OneSetOptions extends SetsOptions {
  readonly set?: string;
}

/** What is written of a new patch. */
export interface EntryOptions {
  readonly id?: string;
  readonly order?: number;
  readonly when?: Readonly<Record<string, string>>;
  readonly author?: string;
  readonly reason?: string;
}

export function addSets(command: Command): Command {
  return addBase(
    command
      .option('--root <DIR>', 'the baseline, to which the names of files are relative', '.')
      .option('--patches <DIR>', 'the folder of the patch sets', folder, 'patches'),
  );
}

/** Without the slash at its end that shells complete it with: names are put behind it. */
export function folder(name: string): string {
  return name.replace(/(?<=[^/])\/+$/, '');
}

export function addManySets(command: Command): Command {
  return addSets(addSetNames(command));
}

export function addSetNames(command: Command): Command {
  const set = new Option('--set <NAME>', 'this set; several times: these (default: all)');
  return command.addOption(set.argParser(collected));
}

/** What is true of the build that is meant. */
export function addConditions(command: Command): Command {
  return command.addOption(whenOption('what the build has: environment, variant; several'));
}

export function addOneSet(command: Command): Command {
  const set = new Option('--set <NAME>', 'the set (default: the only one there is)');
  return addSets(command.addOption(set.argParser(once)));
}

export function addEntry(command: Command): Command {
  return command
    .option('--id <ID>', 'of the patch (default: after its file)')
    .addOption(
      new Option('--order <N>', 'among the patches of its file (default: behind them)').argParser(
        wholeNumber,
      ),
    )
    .addOption(whenOption('apply it only where the build has this; several: all of them'))
    .option('--author <NAME>', 'who made it')
    .option('--reason <TEXT>', 'why it is there');
}

function whenOption(words: string): Option {
  return new Option('--when <KEY=VALUE>', words).argParser(condition);
}

function collected(value: string, before: readonly string[] | undefined): readonly string[] {
  if (before?.includes(value)) throw new InvalidArgumentError('It is named twice.');
  return [...(before ?? []), value];
}

function once(value: string, before: string | undefined): string {
  if (before === undefined) return value;
  throw new InvalidArgumentError('A patch is in one set.');
}

function condition(
  text: string,
  before: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It has the form key=value.');
  const key = text.slice(0, at);
  const value = text.slice(at + 1);
  if (before !== undefined && Object.hasOwn(before, key) && before[key] !== value) {
    throw new InvalidArgumentError(`"${key}" has another value already.`);
  }
  // Not by assignment, which for the name __proto__ changes what the object is.
  return Object.fromEntries([...Object.entries(before ?? {}), [key, value]]);
}
