import { visible } from '../code/visible-text.js';
import { Dialog, type SessionDialogProps } from './dialogs.js';
import { canWriteFolders } from './folder-access.js';
import type { ChangedPatch, Saving } from './saving.js';

/** Where edits go: each as a batch or a diff, or all of them into their sets. */
export function SaveDialog({ session: { saving }, state, onClose }: SessionDialogProps) {
  const sets = [...state.unsaved];
  return (
    <Dialog title="Save" onClose={onClose}>
      {sets.length === 0 ? (
        <p>There is nothing to save: no set differs from what was opened or saved.</p>
      ) : (
        <>
          <ul class="changes">
            {saving.changes.map((change) => (
              <Change key={`${change.set}/${change.id}`} saving={saving} change={change} />
            ))}
          </ul>
          <Destinations saving={saving} sets={sets} onSaved={onClose} />
          <p class="quiet">
            A set is its firn.json with fresh fingerprints and its patches, as firn build and firn
            check take it.
          </p>
        </>
      )}
    </Dialog>
  );
}

interface ChangeProps {
  readonly saving: Saving;
  readonly change: ChangedPatch;
}

/** One patch, by itself. */
function Change({ saving, change }: ChangeProps) {
  const id = visible(change.id);
  return (
    <li>
      <span>
        <b>{id}</b>{' '}
        <span class="quiet">
          {visible(change.set)} · {visible(change.stored.file)}
        </span>
      </span>
      <span class="buttons">
        <button
          type="button"
          aria-label={`${id} as a batch`}
          onClick={() => void saving.saveBatch(change)}
        >
          Batch
        </button>
        <button
          type="button"
          aria-label={`${id} as a diff`}
          onClick={() => void saving.saveDiff(change)}
        >
          Diff
        </button>
      </span>
    </li>
  );
}

interface DestinationsProps {
  readonly saving: Saving;
  readonly sets: readonly string[];
  readonly onSaved: () => void;
}

/** For whole sets. */
function Destinations({ saving, sets, onSaved }: DestinationsProps) {
  return (
    <div class="buttons">
      <button
        type="button"
        class="button primary"
        onClick={() => void saving.downloadSets().then(onSaved)}
      >
        Download {sets.length === 1 ? `the set ${visible(sets[0] ?? '')}` : 'the sets'}
      </button>
      {canWriteFolders() &&
        sets.map((id) => (
          <button type="button" key={id} onClick={() => void saving.writeSet(id).then(onSaved)}>
            Write into the folder of {visible(id)}
          </button>
        ))}
    </div>
  );
}
