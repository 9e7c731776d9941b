import { useRef } from 'preact/hooks';
import { FilePickers } from './file-pickers.js';
import { Icon, Mark } from './icons.js';
import type { Session } from './session.js';
import type { State } from './store.js';

interface Props {
  readonly session: Session;
  readonly state: State;
}

/** What to do when nothing is open yet, or when something else is wanted. */
export function Start({ session: { opening }, state: { problem, phase } }: Props) {
  return (
    <main class="start">
      <div class="start-card">
        <Mark />
        <h2>See what the patches make of it</h2>
        <p>
          Drop a folder here: a <code>baseline/</code> and <code>patches/SET/*.json</code> or{' '}
          <code>*.patch</code>. Or one file and the batch for it. With a{' '}
          <code>firn-manifest.json</code> the page proves that you see what ships.
        </p>
        {problem !== undefined && (
          <p class="problem" role="alert">
            <Icon name="warn" /> {problem}
          </p>
        )}
        <div class="buttons">
          <FilePickers onFiles={(files) => void opening.files(files)} />
          {phase === 'ready' && (
            <button type="button" onClick={() => opening.cancel()}>
              Back
            </button>
          )}
        </div>
        <AddressForm onAddress={(address) => void opening.address(address)} />
        <p class="quiet">Nothing leaves this page: files are read and patched in it.</p>
      </div>
    </main>
  );
}

function AddressForm({ onAddress }: { readonly onAddress: (address: string) => void }) {
  const address = useRef<HTMLInputElement>(null);
  return (
    <form
      class="go"
      onSubmit={(event) => {
        event.preventDefault();
        onAddress(address.current?.value ?? '');
      }}
    >
      <label>
        Or the address of a project on this server
        <input ref={address} type="text" required placeholder="firn.project.json" />
      </label>
      <button type="submit">Open</button>
    </form>
  );
}
