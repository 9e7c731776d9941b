/** How far something is that takes long, on standard error: a bar on a terminal, lines in a log. */
import process from 'node:process';
import { isatty } from 'node:tty';
import type { SingleBar } from 'cli-progress';

/** What is done sooner needs no telling; and how often a log is told. */
const FIRST_WORD_MS = 2_000;
const LOG_EVERY_MS = 10_000;

export class Progress {
  readonly #what: string;
  readonly #bar: SingleBar | undefined;
  #next = Date.now() + FIRST_WORD_MS;
  #isShown = false;

  private constructor(what: string, bar: SingleBar | undefined) {
    this.#what = what;
    this.#bar = bar;
  }

  /** `what` is done, in plural: "files". */
  static async begin(what: string): Promise<Progress> {
    if (!isatty(2)) return new Progress(what, undefined);
    // CommonJS: its named exports are not seen from here.
    const { default: cliProgress } = await import('cli-progress');
    const format = `firn: {bar} {value} of {total} ${what}`;
    const options = { format, stream: process.stderr, clearOnComplete: true, hideCursor: true };
    return new Progress(what, new cliProgress.SingleBar(options, cliProgress.Presets.rect));
  }

  update(done: number, total: number): void {
    if (total === 0) return;
    if (this.#bar) {
      if (this.#isShown) this.#bar.update(done);
      else this.#bar.start(total, done);
      this.#isShown = true;
    } else if (Date.now() >= this.#next) {
      this.#next = Date.now() + LOG_EVERY_MS;
      process.stderr.write(`firn: ${done} of ${total} ${this.#what}\n`);
    }
  }

  end(): void {
    if (this.#isShown) this.#bar?.stop();
  }
}
