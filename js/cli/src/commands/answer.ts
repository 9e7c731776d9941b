/** What a command has to say, before it is said: as data for `--json`, in words for people. */
import type { ExitCode } from '../exit.js';
import type { Screen } from '../io/screen.js';
import type { CliResult } from '../json/result.js';

export interface Answer {
  readonly exitCode: ExitCode;
  /** Called only for `--json`: a list of a million changes takes its time. */
  readonly facts: () => Facts;
  /** Called only when the words are wanted: what they take to make is loaded then. None: silence. */
  readonly words?: (screenOf: ScreenOf) => Promise<Words>;
}

/** What the runner of commands does not know by itself. */
export type Facts = Omit<Partial<CliResult>, 'schema' | 'command' | 'ok' | 'exitCode' | 'version'>;

/** What standard output (1) and standard error (2) can show. */
export type ScreenOf = (fd: 1 | 2) => Screen;

export interface Words {
  /** Bytes are passed on as they are. */
  readonly out?: string | Uint8Array;
  readonly err?: string;
}
