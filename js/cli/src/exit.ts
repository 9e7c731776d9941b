/** What the shell is told. Part of the contract: README.md lists them. */
export const Exit = {
  /** Done, all of it. */
  fine: 0,
  /** The batch, or a part of it, was refused. */
  refused: 1,
  /** The command was not understood, or a file could not be read or written. */
  trouble: 2,
  /** Nobody reads the output any more: what a shell reports for a program that SIGPIPE ended. */
  brokenPipe: 141,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];
