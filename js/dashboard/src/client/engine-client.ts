/** The page's side of the worker. One client serves every view of a page. */
import type {
  Argument,
  EngineFacts,
  EngineSource,
  Failure,
  FromWorker,
  Result,
  ToWorker,
  Verb,
} from '../worker/protocol.js';

export interface CallOptions {
  /** Takes the call back: it rejects with the signal's reason, and work on it stops. */
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, now and then. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** What the worker said no with. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

interface Pending {
  resolve(result: unknown): void;
  reject(reason: unknown): void;
  readonly onProgress: CallOptions['onProgress'];
}

export class EngineClient {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextCall = 1;
  #nextDocument = 1;

  constructor() {
    this.#worker = new Worker(new URL('../worker/engine-worker.ts', import.meta.url), {
      type: 'module',
      name: 'firn',
    });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      this.#receive(data);
    });
    this.#worker.addEventListener('error', (event) => {
      const message = event.message || 'it did not load';
      this.#fail(new EngineFailure({ code: 'failed', message: `the engine stopped: ${message}` }));
    });
  }

  /** Loads the engine. Without it the first other call does. */
  start(source: EngineSource = {}): Promise<EngineFacts> {
    return this.call('start', source);
  }

  /** A number for one open file. */
  newDocument(): number {
    this.#nextDocument += 1;
    return this.#nextDocument;
  }

  call<V extends Verb>(
    verb: V,
    argument: Argument<V>,
    { signal, onProgress }: CallOptions = {},
    transfer: Transferable[] = [],
  ): Promise<Result<V>> {
    const id = this.#nextCall;
    this.#nextCall += 1;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const cancel = () => {
        this.#pending.delete(id);
        this.#post({ cancel: id });
        reject(signal?.reason);
      };
      const done = () => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, {
        // The worker's handlers have the same types: what answers this verb is its result.
        resolve: (result) => {
          done();
          resolve(result as Result<V>);
        },
        reject: (reason) => {
          done();
          reject(reason);
        },
        onProgress,
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.#post({ id, verb, argument }, transfer);
    });
  }

  /** Ends the worker; calls that wait are rejected. */
  close(): void {
    this.#worker.terminate();
    this.#fail(new EngineFailure({ code: 'disposed', message: 'the engine was closed' }));
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if ('progress' in message) {
      pending.onProgress?.(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if ('failure' in message) pending.reject(new EngineFailure(message.failure));
    else pending.resolve(message.result);
  }

  #fail(reason: EngineFailure): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(reason);
  }
}
