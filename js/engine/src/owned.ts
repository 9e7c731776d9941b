/// <reference lib="esnext.disposable" preserve="true" />
import { describe } from './arguments.js';
import type { EngineBinding, ErrorJson, Fallible, Handle } from './binding.js';
import { errorFromJson, FirnError, invalidArgument } from './error.js';

/**
 * What the classes' `[Symbol.dispose]` is called: engines without the symbol (Safari) get a private
 * one, and no global is touched.
 */
export const disposeSymbol: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol('Symbol.dispose') as typeof Symbol.dispose);

/** Frees what was forgotten. What it holds on to never points back at the object it watches. */
const forgotten = new FinalizationRegistry<Owned<Handle>>((owned) => owned.dispose());

/** A C++ handle that one JavaScript object owns: freed once, refused afterwards. */
export class Owned<H extends Handle> {
  /** Names the owner in errors. */
  readonly what: string;
  /** Whose handle it is: handles of one engine mean nothing to another. */
  readonly binding: EngineBinding;
  #handle: H | undefined;

  constructor(owner: object, handle: H, what: string, binding: EngineBinding) {
    this.#handle = handle;
    this.what = what;
    this.binding = binding;
    forgotten.register(owner, this, this);
  }

  /** The handle, or `disposed`. */
  get live(): H {
    if (this.#handle === undefined) {
      throw new FirnError({ code: 'disposed', message: `this ${this.what} was disposed` });
    }
    return this.#handle;
  }

  /** Frees the handle; the second time does nothing. */
  dispose(): void {
    const handle = this.#handle;
    if (handle === undefined) return;
    this.#handle = undefined;
    forgotten.unregister(this);
    handle.delete();
  }
}

/** What constructors ask for: JavaScript lets anyone call them, but only the engine has a handle. */
export const maker: unique symbol = Symbol('maker');

export function requireMaker(token: unknown, kind: string): void {
  if (token !== maker) throw invalidArgument(`only the engine makes a ${kind}`);
}

/** For a method whose `this` is not what it was taken from. */
export function strayed(kind: string, self: unknown): FirnError {
  return invalidArgument(
    `a method of ${kind} was called on ${describe(self)}, not on the ${kind} it belongs to`,
  );
}

/** Frees a handle that no object owns once `use` is done with it, whether it throws or not. */
export function freeAfter<H extends Handle, T>(handle: H, use: (handle: H) => T): T {
  try {
    return use(handle);
  } finally {
    handle.delete();
  }
}

/** What `keep` was given is disposed if not all can be made. */
export function allOrNone<T>(make: (keep: <D extends { dispose(): void }>(made: D) => D) => T): T {
  const kept: { dispose(): void }[] = [];
  try {
    return make((made) => {
      kept.push(made);
      return made;
    });
  } catch (cause) {
    for (const made of kept) made.dispose();
    throw cause;
  }
}

/** A part that the verb always gives, or its error thrown. */
export function given<H extends Handle>(part: Fallible<H> | null): H {
  if (part === null) throw new Error('the binding gave no such part');
  return unwrap(part);
}

/** The value of a fallible call, or its error thrown. */
export function unwrap<T extends object>(result: Fallible<T>): T {
  if (typeof result === 'string') throw errorFromJson(result satisfies ErrorJson);
  return result;
}
