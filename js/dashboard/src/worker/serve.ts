/** Answers calls one after the other. What is taken back before its turn is never begun. */
import type { Argument, Call, Failure, FromWorker, Result, ToWorker, Verb } from './protocol.js';

export interface Task {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  progress(done: number): void;
  /** Lets other calls be answered, then goes on; throws when this one was taken back meanwhile. */
  pause(): Promise<void>;
}

export type Handlers = {
  readonly [V in Verb]: (argument: Argument<V>, task: Task) => Result<V> | Promise<Result<V>>;
};

/** The worker's side of its port. */
export interface Port {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  addEventListener(type: 'message', listen: (event: MessageEvent<ToWorker>) => void): void;
}

export function serve(port: Port, handlers: Handlers): void {
  const waiting = new Map<number, Call>();
  const running = new Map<number, AbortController>();
  const turn = turns(() => {
    const next = waiting.values().next();
    if (next.done) return;
    waiting.delete(next.value.id);
    if (waiting.size > 0) turn();
    void run(next.value);
  });

  async function run(call: Call): Promise<void> {
    const { id } = call;
    const stop = new AbortController();
    running.set(id, stop);
    const task: Task = {
      signal: stop.signal,
      progress: (done) => port.postMessage({ id, progress: done }, []),
      pause: async () => {
        await nextTurn();
        stop.signal.throwIfAborted();
      },
    };
    try {
      const result = await answer(handlers, call, task);
      port.postMessage({ id, result }, transferable(result));
    } catch (error) {
      if (!stop.signal.aborted) port.postMessage({ id, failure: failureOf(error) }, []);
    } finally {
      running.delete(id);
    }
  }

  port.addEventListener('message', ({ data }) => {
    if ('cancel' in data) {
      waiting.delete(data.cancel);
      running.get(data.cancel)?.abort();
      return;
    }
    waiting.set(data.id, data);
    turn();
  });
}

/** The page's side is typed (client/engine-client.ts): what it calls has the argument of that verb. */
function answer<V extends Verb>(handlers: Handlers, call: Call, task: Task) {
  return handlers[call.verb as V](call.argument as Argument<V>, task);
}

/** Runs `act` after all messages that are here already. */
function turns(act: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = act;
  return () => port2.postMessage(null);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'failed', message: String(error) };
  const { code, violations } = error as Error & Partial<Failure>;
  return {
    code: code ?? 'failed',
    message: error.message,
    ...(violations && violations.length > 0 && { violations }),
  };
}

/** Bytes and numbers of an answer, which nobody needs here any more. */
function transferable(result: unknown): Transferable[] {
  if (ArrayBuffer.isView(result)) return [result.buffer as ArrayBuffer];
  if (typeof result !== 'object' || result === null) return [];
  return Object.values(result)
    .filter((value) => ArrayBuffer.isView(value))
    .map(({ buffer }) => buffer as ArrayBuffer);
}
