import type { Argument, Result, Verb } from '../worker/protocol.js';
import type { CallOptions, EngineClient } from './engine-client.js';

/** A file that is open in the worker, or will be: whoever has this asks about that file. */
export class WorkerDocument {
  readonly #client: EngineClient;
  readonly #document: number;

  constructor(client: EngineClient) {
    this.#client = client;
    this.#document = client.newDocument();
  }

  call<V extends Verb>(
    verb: V,
    argument: Omit<Argument<V>, 'document'>,
    options?: CallOptions,
    transfer?: Transferable[],
  ): Promise<Result<V>> {
    // What remains of an argument without its document is the argument again with it.
    const whole = { ...argument, document: this.#document } as Argument<V>;
    return this.#client.call(verb, whole, options, transfer);
  }
}
