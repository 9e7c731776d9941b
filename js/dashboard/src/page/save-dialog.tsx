import { visible } from '../code/visible-text.js';
import { Dialog, type SessionDialogProps } from './dialogs.js';
import { canWriteFolders } from './folder-access.js';

/** Where edits go: each as a batch or a diff, or all of them into their sets. */
export function SaveDialog({ session, state, onClose }: SessionDialogProps) {
  const { saving } = session;
  const { changes } = saving;
  const sets = [...state.unsaved];
  return (
    <Dialog title="Save" onClose={onClose}>
      {sets.length === 0 ? (
        <p>There is nothing to save: no set differs from what was opened or saved.</p>
      ) : (
        <>
          <ul class="changes">
            {changes.map((change) => (
              <li key={`${change.set}/${change.id}`}>
                <span>
                  <b>{visible(change.id)}</b>{' '}
                  <span class="quiet">
                    {visible(change.set)} · {visible(change.stored.file)}
                  </span>
                </span>
                <span class="buttons">
                  <button
                    type="button"
                    aria-label={`${visible(change.id)} as a batch`}
                    onClick={() => void saving.saveBatch(change)}
                  >
                    Batch
                  </button>
                  <button
                    type="button"
                    aria-label={`${visible(change.id)} as a diff`}
                    onClick={() => void saving.saveDiff(change)}
                  >
                    Diff
                  </button>
                </span>
              </li>
            ))}
          </ul>
          <div class="buttons">
            <button
              type="button"
              class="button primary"
              onClick={() => void saving.downloadSets().then(onClose)}
            >
              Download {sets.length === 1 ? `the set ${visible(sets[0] ?? '')}` : 'the sets'}
            </button>
            {canWriteFolders() &&
              sets.map((id) => (
                <button
                  type="button"
                  key={id}
                  onClick={() => void saving.writeSet(id).then(onClose)}
                >
                  Write into the folder of {visible(id)}
                </button>
              ))}
          </div>
          <p class="quiet">
            A set is its firn.json with fresh fingerprints and its patches, as firn build and firn
            check take it.
          </p>
        </>
      )}
    </Dialog>
  );
}
