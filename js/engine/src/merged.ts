import type { Fallible, OwnedBytes, PartsHandle } from './binding.js';
import { parseFrozen } from './frozen.js';
import { freeAfter, maker, requireMaker, strayed, unwrap } from './owned.js';
import type { LineRange } from './report.js';
import { decodeStrict } from './text.js';

/** Lines that both sides changed, each in its own way. An empty range is before its line. */
export interface Conflict {
  readonly base: LineRange;
  readonly ours: LineRange;
  readonly theirs: LineRange;
  /** In the merged text, markers included. */
  readonly merged: LineRange;
}

/** Three texts merged into one, by `engine.merge()`. Plain data: nothing to dispose. */
export class Merged {
  /** Ascending; empty when the merge is clean, or one side was favoured. */
  readonly conflicts: readonly Conflict[];
  readonly #bytes: OwnedBytes;

  /** @internal */
  constructor(token: typeof maker, bytes: OwnedBytes, conflicts: readonly Conflict[]) {
    requireMaker(token, 'Merged');
    this.#bytes = bytes;
    this.conflicts = conflicts;
    Object.freeze(this);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Merged {
    if (typeof self === 'object' && self !== null && #bytes in self) return self;
    throw strayed('Merged', self);
  }

  /** A copy of the merged bytes. O(n). */
  bytes(): Uint8Array<ArrayBuffer> {
    return Merged.#of(this).#bytes.slice();
  }

  /** The merged text. Throws `malformed_text` when it is not UTF-8 (take `bytes()` then). O(n). */
  text(): string {
    return decodeStrict(Merged.#of(this).#bytes, 'the merged text');
  }
}

export function mergedOf(result: Fallible<PartsHandle>): Merged {
  return freeAfter(unwrap(result), (parts) => {
    const { conflicts } = parseFrozen<Pick<Merged, 'conflicts'>>(parts.json(), 'the conflicts');
    return new Merged(maker, unwrap(parts.bytes()), conflicts);
  });
}
