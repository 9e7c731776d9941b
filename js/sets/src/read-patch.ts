/** A patch of a set as the engine takes it: a batch over the text that it stands on. */
import type { Batch, Engine, FileHeaders, FirnError, Patched, Snapshot } from '@firn/engine';
import { FirnSetError, isFirnError } from './error.js';
import type { Handles } from './handles.js';
import { fieldsOfPatch, type SetPatch } from './patch-set.js';
import { quoted } from './quoted.js';

/**
 * Reads the patch for `text`. Throws `set_wrong_file` when it names another file than its entry,
 * `set_patch_refused` when it is malformed, or a diff that does not lie exactly where it says. The
 * batch is the caller's to dispose. O(patch).
 */
export function readPatch(engine: Engine, text: Snapshot, patch: SetPatch): Batch {
  return refusing(patch, () =>
    patch.patch.endsWith('.json') ? readBatch(engine, patch) : placeDiff(engine, text, patch),
  );
}

/**
 * The patch on its text, proved: it makes what was recorded of it. Throws as `readPatch`, and
 * `set_patch_refused`, `set_result_mismatch`. Both are kept in `handles`. O(n).
 */
export function provePatch(
  engine: Engine,
  text: Snapshot,
  patch: SetPatch,
  handles: Handles,
): { readonly batch: Batch; readonly alone: Patched } {
  const batch = handles.keep(readPatch(engine, text, patch));
  const alone = handles.keep(refusing(patch, () => text.apply(batch, { policy: 'atomic' })));
  if (alone.fingerprint === patch.result) return { batch, alone };
  throw new FirnSetError({
    code: 'set_result_mismatch',
    message: `patch ${patch.label} of ${quoted(patch.file)} makes ${alone.fingerprint} of its base, not ${patch.result}, as was recorded: the patch is not what it was`,
    ...fieldsOfPatch(patch),
    expected: patch.result,
    found: alone.fingerprint,
  });
}

/** What the engine refuses, told of the patch it is about. */
export function refusing<T>(patch: SetPatch, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (isFirnError(error)) throw refused(patch, error);
    throw error;
  }
}

export function refused(patch: SetPatch, error: FirnError): FirnSetError {
  const message = `patch ${patch.label} of ${quoted(patch.file)} is refused: ${error.message}`;
  const { name: _name, violations, ...own } = error;
  const reasons = violations.length > 0 ? violations : [{ ...own, message: error.message }];
  return new FirnSetError({
    code: 'set_patch_refused',
    message,
    ...fieldsOfPatch(patch),
    ...(error.position === undefined ? {} : { position: error.position }),
    violations: reasons,
  });
}

function readBatch(engine: Engine, patch: SetPatch): Batch {
  const batch = engine.batch(patch.bytes);
  const { file } = batch;
  if (file === undefined || file === patch.file) return batch;
  batch.dispose();
  throw wrongFile(patch, `it is for ${quoted(file)}`);
}

function placeDiff(engine: Engine, text: Snapshot, patch: SetPatch): Batch {
  const diff = engine.parseDiff(patch.bytes);
  try {
    const [file] = diff.files;
    if (file === undefined || diff.files.length > 1) {
      throw wrongFile(patch, `it is a diff of ${diff.files.length} files`);
    }
    requireSameFile(patch, file);
    return file.place(text, { placement: 'exact', policy: 'atomic' }).batch;
  } finally {
    diff.dispose();
  }
}

/** Sets change files that are there; trees are for `firn apply -d`. */
function requireSameFile(patch: SetPatch, headers: FileHeaders): void {
  const { kind, oldName, newName, oldMode, newMode } = headers;
  if (kind !== 'modify') throw wrongFile(patch, `it is to ${kind} a file`);
  // git's index line names the mode that a file has and keeps.
  if (oldMode !== newMode) throw wrongFile(patch, 'it changes the mode of the file');
  for (const name of [oldName, newName]) {
    if (name === undefined || withoutPrefix(name) === patch.file || name === patch.file) continue;
    throw wrongFile(patch, `it is for ${quoted(name)}`);
  }
}

/** "src/x.js" of "a/src/x.js". */
function withoutPrefix(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

function wrongFile(patch: SetPatch, why: string): FirnSetError {
  const message = `patch ${patch.label} should change ${quoted(patch.file)}, but ${why}`;
  return new FirnSetError({ code: 'set_wrong_file', message, ...fieldsOfPatch(patch) });
}
