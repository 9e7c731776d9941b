import process from 'node:process';
import { Failure } from '../failure.js';

/** Signals wait until the tree is in order; then they do what they came for. */
export class HeldSignals {
  caught: NodeJS.Signals | undefined;
  readonly #abort = new AbortController();
  readonly #signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
  readonly #hold = (signal: NodeJS.Signals): void => {
    this.caught = signal;
    this.#abort.abort();
  };

  constructor() {
    for (const signal of this.#signals) process.on(signal, this.#hold);
    // A file past the allowed size is an error like a full disk, not a reason to be killed.
    process.on('SIGXFSZ', ignore);
  }

  /** Aborted when one comes. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  release(): void {
    for (const signal of this.#signals) process.off(signal, this.#hold);
    process.off('SIGXFSZ', ignore);
  }

  /** Ends the process as the signal asked; what comes after it is not heard any more. */
  end(): Failure {
    this.release();
    if (this.caught) process.kill(process.pid, this.caught);
    return new Failure('io', 'ended by a signal; nothing is written');
  }
}

function ignore(): void {}
