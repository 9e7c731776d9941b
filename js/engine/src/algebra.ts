import { type BatchHandle, type EngineBinding, NOT_GIVEN, type PatchedHandle } from './binding.js';
import { snapshotKind } from './kind.js';
import { applyArguments } from './option-arguments.js';
import type { ApplyOptions } from './options.js';
import { freeAfter, unwrap } from './owned.js';

/** Applies a batch for as long as `use` takes. `what` names the method in errors. */
export function withApplied<T>(
  batch: BatchHandle,
  snapshot: unknown,
  binding: EngineBinding,
  options: ApplyOptions | undefined,
  what: string,
  use: (patched: PatchedHandle) => T,
): T {
  const base = snapshotKind.handleOf(snapshot, binding, what);
  return freeAfter(unwrap(base.apply(batch, ...applyArguments(options, what))), use);
}

/** `first` and then `second`, which is over its text, as one batch. */
export function composeApplied(
  first: PatchedHandle,
  second: BatchHandle,
  binding: EngineBinding,
  options: ApplyOptions | undefined,
  what: string,
): BatchHandle {
  const [policy, ties, revision] = applyArguments(options, what);
  const next = revision === NOT_GIVEN ? NOT_GIVEN : first.revision();
  return freeAfter(unwrap(binding.freezeBytes(unwrap(first.bytes()))), (between) =>
    freeAfter(unwrap(between.apply(second, policy, ties, next)), (patched) =>
      unwrap(first.compose(patched)),
    ),
  );
}
