/**
 * The command line. Each command is declared in calls/, and its own code in commands/ is loaded when
 * it runs, so adding one costs the others nothing.
 */
import { Command } from 'commander';
import { declareAdd } from './calls/add.js';
import { declareApply } from './calls/apply.js';
import { declareBuild } from './calls/build.js';
import type { Run } from './calls/call.js';
import { declareCreate } from './calls/create.js';
import { declareDiff } from './calls/diff.js';
import { declareEdit } from './calls/edit.js';
import { declareCheck, declareExplain } from './calls/judge.js';
import { declareMerge } from './calls/merge.js';
import { declareRebase } from './calls/rebase.js';
import { declareResolve } from './calls/resolve.js';
import { declareInit, declareList, declareRemove, declareStatus } from './calls/sets.js';

/** What commander would print itself. */
export interface Printer {
  out(text: string): void;
  err(text: string): void;
}

export function buildProgram(run: Run, printer: Printer): Command {
  const program = new Command('firn')
    .description('Applies batches of patches and diffs to frozen text.')
    .usage('<command> [arguments] [options]')
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
  declareApply(program, run);
  declareCheck(program, run);
  declareExplain(program, run);
  declareDiff(program, run);
  declareCreate(program, run);
  declareMerge(program, run);
  declareRebase(program, run);
  declareResolve(program, run);
  declareInit(program, run);
  declareAdd(program, run);
  declareEdit(program, run);
  declareRemove(program, run);
  declareStatus(program, run);
  declareList(program, run);
  declareBuild(program, run);
  return program;
}

const EXIT_CODES = `
Exit codes: 0 done, 1 refused (or, under best-effort, a part left out), 2 wrong call or a file in trouble.
Of diff: 1 the two differ. Of merge: 1 there are conflicts. Of status: 1 not all patches fit.`;
