/** How `firn merge` is called: by people, and by git as a merge driver. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { usage } from '../failure.js';
import type { BaseOptions } from '../options.js';
import { addBase, type Run, wholeNumberFrom } from './call.js';

/** What `engine.merge` takes. */
const MOST_MARKER_CHARACTERS = 1024;

export interface MergeCallOptions extends BaseOptions {
  readonly output?: string;
  readonly style: 'merge' | 'diff3' | 'zdiff3';
  readonly favor: 'nobody' | 'ours' | 'theirs' | 'both';
  /** In git's order: ours, base, theirs. */
  readonly label?: readonly string[];
  readonly markerSize?: number;
  /** What the file is called in messages; git hands over files with names of its own. */
  readonly path?: string;
  readonly quiet?: true;
  /** Lines are lines, even with NULs in them. */
  readonly text?: true;
}

/** As commander hands them over. */
interface Given extends Omit<MergeCallOptions, 'favor'> {
  readonly stdout?: true;
  readonly diff3?: true;
  readonly zdiff3?: true;
  readonly ours?: true;
  readonly theirs?: true;
  readonly union?: true;
}

export function declareMerge(program: Command, run: Run): void {
  const command = program
    .command('merge')
    .summary('merge two versions of a file')
    .description(
      'Merges what changed from BASE to OURS and from BASE to THEIRS. Where both changed the same lines,\n' +
        'both are in the result, between markers, and the exit code is 1.',
    )
    .argument('<BASE>', 'the file that both began with')
    .argument('<OURS>', 'one version of it')
    .argument('<THEIRS>', 'the other')
    .option('-o, --output <OUT>', 'write to OUT, which may be OURS, instead of standard output')
    .option('-p, --stdout', 'write to standard output, as without -o')
    .addOption(
      new Option('--style <STYLE>', 'how conflicts are written')
        .choices(['merge', 'diff3', 'zdiff3'])
        .default('merge'),
    )
    .option('--diff3', 'the same as --style diff3')
    .option('--zdiff3', 'the same as --style zdiff3')
    .option('--ours', 'in conflicts, take ours')
    .option('--theirs', 'in conflicts, take theirs')
    .option('--union', 'in conflicts, take both')
    .addOption(
      new Option(
        '-L, --label <NAME>',
        "behind the markers: up to three times, in git's order: ours, base, theirs",
      ).argParser(withLabel),
    )
    .addOption(
      new Option('--marker-size <N>', 'characters of a marker (default: 7)').argParser(
        wholeNumberFrom(1, MOST_MARKER_CHARACTERS),
      ),
    )
    .option('--path <NAME>', 'what messages call the file')
    .option('-q, --quiet', 'say nothing of conflicts')
    .option('-a, --text', 'merge files that look binary as text');
  addBase(command)
    .addHelpText('after', NOTES)
    .action((base: string, ours: string, theirs: string, given: Given) => {
      const options = optionsOf(given);
      return run({
        command: 'merge',
        options,
        asked: { from: base, ours, theirs },
        answer: async () =>
          (await import('../commands/merge.js')).merge(base, ours, theirs, options),
      });
    });
}

function optionsOf(given: Given): MergeCallOptions {
  const { stdout, diff3, zdiff3, ours, theirs, union, ...options } = given;
  const favored = [ours && 'ours', theirs && 'theirs', union && 'both'].filter(Boolean);
  if (favored.length > 1) throw usage('--ours, --theirs and --union exclude each other');
  if (diff3 && zdiff3) throw usage('--diff3 and --zdiff3 exclude each other');
  if (stdout && options.output !== undefined) {
    throw usage('-p and -o exclude each other');
  }
  const favor = ours ? 'ours' : theirs ? 'theirs' : union ? 'both' : 'nobody';
  const style = zdiff3 ? 'zdiff3' : diff3 ? 'diff3' : options.style;
  return { ...options, favor, style };
}

function withLabel(label: string, before: readonly string[] = []): readonly string[] {
  if (label.includes('\n'))
    throw new InvalidArgumentError('It stands behind a marker, on one line.');
  if (before.length < 3) return [...before, label];
  throw new InvalidArgumentError('There are three sides: ours, base and theirs.');
}

const NOTES = `
Exit codes: 0 clean, 1 there are conflicts, and the result is written with its markers, 2 trouble.
A file with a NUL near its beginning is binary and not merged: exit code 2, nothing written. As git's
merge driver that leaves ours in place, in conflict; --text merges it line by line.

As git's merge driver, for every repository of yours:
  git config --global merge.firn.name "Firn"
  git config --global merge.firn.driver "firn merge %O %A %B -o %A --marker-size %L --path %P"
and in .gitattributes of a repository, for the files it is for:
  *.js merge=firn

Examples:
  firn merge base.js ours.js theirs.js > merged.js
  firn merge base.js ours.js theirs.js --style zdiff3 -L mine -L before -L yours`;
