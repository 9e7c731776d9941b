import { describe } from './arguments.js';
import type {
  BatchHandle,
  DiffHandle,
  EngineBinding,
  Handle,
  PatchedHandle,
  SnapshotHandle,
} from './binding.js';
import { invalidArgument } from './error.js';
import type { Owned } from './owned.js';

/**
 * One class of handles, for methods that take one as an argument: so that no class needs to import
 * another one to know it.
 */
class Kind<H extends Handle> {
  /** What `value` owns; only its class can see. Each class sets its own. */
  ownedBy: (value: object) => Owned<H> | undefined = () => undefined;
  readonly #name: string;
  readonly #maker: string;

  constructor(name: string, maker: string) {
    this.#name = name;
    this.#maker = maker;
  }

  /** The handle of `value`, which the engine of `binding` made; or `invalid_argument`, `disposed`. */
  handleOf(value: unknown, binding: EngineBinding, what: string): H {
    const owned = typeof value === 'object' && value !== null ? this.ownedBy(value) : undefined;
    if (owned === undefined) {
      throw invalidArgument(
        `${what}: needs a ${this.#name}, as ${this.#maker} makes; got ${describe(value)}`,
      );
    }
    if (owned.binding !== binding) {
      throw invalidArgument(`${what}: the ${owned.what} belongs to another engine`);
    }
    return owned.live;
  }
}

export const snapshotKind = new Kind<SnapshotHandle>('Snapshot', 'engine.freeze()');
export const batchKind = new Kind<BatchHandle>('Batch', 'engine.batch()');
export const patchedKind = new Kind<PatchedHandle>('Patched', 'snapshot.apply()');
export const diffKind = new Kind<DiffHandle>('Diff', 'engine.parseDiff()');
