/** What all patches make of every file of a set, one file after the other. */
import type { EngineClient } from '../client/engine-client.js';
import type { FileSummary } from '../worker/protocol.js';
import { filesOf, type PatchSet, type Project, variantOf } from './project.js';
import { messageOf, type Store } from './store.js';

/** News of thousands of files come together. */
const TOLD_MILLISECONDS = 100;

export class Summaries {
  readonly #store: Store;
  readonly #client: EngineClient;
  #work = new AbortController();

  constructor(store: Store, client: EngineClient) {
    this.#store = store;
    this.#client = client;
  }

  /** Begins anew, with the set that is shown now; if only one file of it is another, what is known of the others stays. */
  async begin(changed?: string): Promise<void> {
    const { project, set, summaries: known } = this.#store.state;
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    const summaries = new Map(changed === undefined ? [] : known);
    if (changed !== undefined) summaries.delete(changed);
    this.#store.change({ summaries: new Map(summaries) });
    let told = performance.now();
    for (const file of filesOf(set).filter((one) => !summaries.has(one))) {
      try {
        summaries.set(file, await this.#of(project, set, file, signal));
      } catch (error) {
        if (signal.aborted) return;
        summaries.set(file, messageOf(error));
      }
      if (performance.now() - told < TOLD_MILLISECONDS) continue;
      this.#store.change({ summaries: new Map(summaries) });
      told = performance.now();
    }
    this.#store.change({ summaries });
  }

  async #of(
    project: Project | undefined,
    set: PatchSet | undefined,
    file: string,
    signal: AbortSignal,
  ): Promise<FileSummary> {
    const stored = project?.files.get(file);
    if (stored === undefined) throw new Error('the baseline has no such file');
    const baseline = await stored.bytes(signal);
    const variant = await variantOf(set, file, signal);
    const bytes = [baseline, ...variant.sources.map((source) => source.bytes)];
    const transfer = bytes.map(({ buffer }) => buffer);
    return this.#client.call(
      'summarize',
      { name: file, baseline, ...variant },
      { signal },
      transfer,
    );
  }
}
