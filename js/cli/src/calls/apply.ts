/**
 * How `firn apply` is called: with a file and its patches, or with a tree and diffs. Flags that git
 * apply or patch have for the same thing are theirs, but for -i, which is --in-place here. A tree is
 * asked for by -d or -pN: git apply's plain form, a diff alone, would be a FILE.
 */
import { type Command, Option } from 'commander';
import { usage } from '../failure.js';
import type { CommonOptions, NameGlob, OutputOptions, TreeOptions } from '../options.js';
import { addBase, addDiffReading, addPolicy, type Run, wholeNumber } from './call.js';
import { askedOf, patchesOption } from './judge.js';

/** As commander hands them over: of a file or of a tree. */
type Options = Omit<CommonOptions, 'patches'> &
  OutputOptions &
  Partial<TreeOptions> & {
    readonly patches?: string;
    readonly contextToMatch?: number;
    readonly dryRun?: true;
    readonly ignoreSpaceChange?: true;
    readonly unidiffZero?: true;
    readonly continue?: true;
    readonly abort?: true;
    readonly include?: readonly NameGlob[];
    readonly exclude?: readonly NameGlob[];
  };

export function declareApply(program: Command, run: Run): void {
  const command = program
    .command('apply')
    .summary('apply a batch or a diff to a file, or diffs to a tree')
    .usage('FILE -p BATCH [options]\n       firn apply -d DIR [-pN] [DIFF...] [options]')
    .description(
      'Applies the batch, or a diff of one file, to FILE. The result goes to standard output, unless an option says otherwise.\n' +
        'With -d or -pN applies DIFFs (or standard input) to the files below DIR: all of them, or none.',
    )
    .argument('[FILES...]', 'the frozen file, or for a tree the diffs; - is standard input')
    .addOption(patchesOption());
  addResult(command)
    .option('-d, --directory <DIR>', 'a tree: where the names in the diff begin')
    .addOption(
      new Option(
        '--strip <N>',
        'a tree: folders to leave out of the names; also -pN (default: 1)',
      ).argParser(wholeNumber),
    )
    .option('--check', 'write nothing, tell whether it would work')
    .option('--reject', 'apply what fits, and write the rest to FILE.rej (best-effort)');
  addGlobs(command)
    .option('--fsync', 'a tree: flush every file to the disk, for when the power may fail')
    .option('--continue', 'a tree: finish an apply that was cut short')
    .option('--abort', 'a tree: take back an apply that was cut short')
    .option('-v, --verbose', 'a tree: say what becomes of every file');
  addNamesOfGit(addDiffReading(command));
  addBase(addPolicy(command))
    .addHelpText('after', NOTES)
    .action((files: string[], given: Options) => {
      const options = optionsOf(given);
      return isForTree(options) ? runOnTree(files, options, run) : runOnFile(files, options, run);
    });
}

/** Where the result on one file goes, and as what. */
function addResult(command: Command): Command {
  return command
    .option('-o, --output <OUT>', 'write to OUT instead; - is standard output')
    .option('-i, --in-place', 'replace FILE, as one step')
    .option('--diff', 'give the unified diff instead of the text')
    .addOption(
      new Option(
        '--context <N>',
        'unchanged lines around each change of the diff (default: 3)',
      ).argParser(wholeNumber),
    );
}

/** Which files of a tree; of both options together, in the order of the call. */
function addGlobs(command: Command): Command {
  const globs: NameGlob[] = [];
  return command
    .addOption(
      new Option(
        '--include <GLOB>',
        'a tree: only files whose names match; again for more',
      ).argParser((glob) => globs.push({ includes: true, glob }) && globs),
    )
    .addOption(
      new Option('--exclude <GLOB>', 'a tree: not these; of several the first decides').argParser(
        (glob) => globs.push({ includes: false, glob }) && globs,
      ),
    );
}

/** What git apply and patch also take, some of it under another name. */
function addNamesOfGit(command: Command): Command {
  return (
    command
      .addOption(
        new Option('-C, --context-to-match <N>', 'as of git apply: a fuzz of 3 less N').argParser(
          wholeNumber,
        ),
      )
      .addOption(new Option('--dry-run').hideHelp())
      .addOption(new Option('--ignore-space-change').hideHelp())
      // Hunks without context are always taken at their lines.
      .addOption(new Option('--unidiff-zero').hideHelp())
  );
}

/** Every name in its one spelling, and the policy that is in force. */
function optionsOf(given: Options): Options {
  const { contextToMatch, dryRun, ignoreSpaceChange, unidiffZero: _always, ...others } = given;
  const { include, exclude, ...rest } = others;
  const globs = include ?? exclude;
  return {
    ...(globs === undefined ? {} : { globs }),
    ...(contextToMatch === undefined ? {} : { fuzz: Math.max(3 - contextToMatch, 0) }),
    ...rest,
    ...(dryRun ? { check: true as const } : {}),
    ...(ignoreSpaceChange ? { ignoreWhitespace: true as const } : {}),
    ...(rest.reject ? { policy: 'best-effort' as const } : {}),
  };
}

function isForTree({ directory, strip, continue: finish, abort }: Options): boolean {
  return directory !== undefined || strip !== undefined || Boolean(finish ?? abort);
}

function runOnFile(files: readonly string[], options: Options, run: Run): Promise<void> {
  const [file] = files;
  const { patches } = options;
  if (file === undefined) {
    throw usage("missing required argument 'FILE'; for diffs of the files in this folder: -p1");
  }
  if (patches === undefined) {
    const tree = /\.(?:diff|patch)$/i.test(file) ? `; -p1 applies ${file} to this folder` : '';
    throw usage(`required option '-p, --patches <BATCH>' not specified${tree}`);
  }
  if (files.length > 1) {
    throw usage(`too many arguments for 'apply'. Expected 1 argument but got ${files.length}`);
  }
  if (options.fsync) throw usage('--fsync goes with -d');
  if (options.verbose) throw usage('--verbose goes with -d');
  if (options.globs) throw usage('--include and --exclude go with -d');
  const call = { ...options, patches };
  return run({
    command: 'apply',
    options,
    asked: askedOf(file, call),
    answer: async () => (await import('../commands/apply.js')).apply(file, call),
  });
}

function runOnTree(files: readonly string[], options: Options, run: Run): Promise<void> {
  const { directory = '.', strip = 1, patches, policy, continue: finish, abort } = options;
  requireTreeOptions(options);
  if (finish && abort) throw usage('--continue and --abort exclude each other');
  const diffs = patches === undefined ? files : [...files, patches];
  const asked = { policy, tree: { directory, strip, diffs } };
  if (finish || abort) {
    if (diffs.length > 0) throw usage('--continue and --abort take no diff');
    const deed = finish ? 'finish' : 'undo';
    return run({
      command: 'apply',
      options,
      asked: { tree: { directory } },
      answer: async () => (await import('../commands/recover.js')).recover(directory, deed),
    });
  }
  const paths = diffs.length === 0 ? ['-'] : diffs;
  const call: TreeOptions = { ...options, directory, strip };
  return run({
    command: 'apply',
    options,
    asked: { ...asked, tree: { ...asked.tree, diffs: paths } },
    answer: async () => (await import('../commands/apply-tree.js')).applyTree(paths, call),
  });
}

/** What says how one file is written, or numbered, says nothing of a tree. */
function requireTreeOptions(options: Options): void {
  const { output, inPlace, diff, context, revision, ties, format } = options;
  const wrong = [
    ...(output === undefined ? [] : ['-o']),
    ...(inPlace ? ['--in-place'] : []),
    ...(diff ? ['--diff'] : []),
    ...(context === undefined ? [] : ['--context']),
    ...(revision === undefined ? [] : ['--revision']),
    ...(ties === 'keep-order' ? ['--ties'] : []),
    ...(format === 'batch' ? ['--format batch'] : []),
  ];
  if (wrong[0] !== undefined) throw usage(`${wrong[0]} is for one file, not for a tree`);
}

/** `-p1` and `-p 1` are what patch and git apply take for a strip count; a batch named so is `./1`. */
export function withStripCount(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const rest = args.slice(options.length);
  const out: string[] = [];
  for (let at = 0; at < options.length; at += 1) {
    const [, count] = /^-p(\d+)$/.exec(options[at] ?? '') ?? [];
    const next = options[at] === '-p' ? /^\d+$/.exec(options[at + 1] ?? '')?.[0] : undefined;
    if (next !== undefined) at += 1;
    const strip = count ?? next;
    out.push(strip === undefined ? (options[at] ?? '') : `--strip=${strip}`);
  }
  return [...out, ...rest];
}

const NOTES = `
Policies: fail-fast stops at the first violation, atomic reports all of them; neither applies anything
then. best-effort applies what is lawful, reports the rest, and exits with 1 when it left something out.

A tree is changed as a whole: every new file is written beside the old one first, then all are put in
place. Cut short in the middle, it is finished by --continue or taken back by --abort.

Examples:
  firn apply cart.js -p batch.json > patched.js
  firn apply cart.js -p batch.json --in-place
  firn apply cart.js -p batch.json --diff | git apply
  make-batch | firn apply cart.js -p - -o patched.js --json
  firn apply cart.js -p change.diff --placement search -i
  git diff main | firn apply -d ../shop -p1
  firn apply -d shop -p1 --reverse --check change.diff`;
