import { useRef } from 'preact/hooks';
import { FilePickers } from './file-pickers.js';
import { Icon, Mark } from './icons.js';
import type { Stored } from './project.js';

interface Props {
  readonly problem: string | undefined;
  readonly onFiles: (files: Promise<Stored[]>) => void;
  readonly onAddress: (address: string) => void;
  /** When there is something to go back to. */
  readonly onCancel: (() => void) | undefined;
}

/** What to do when nothing is open yet, or when something else is wanted. */
export function Start({ problem, onFiles, onAddress, onCancel }: Props) {
  const address = useRef<HTMLInputElement>(null);
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
          <FilePickers onFiles={onFiles} />
          {onCancel && (
            <button type="button" onClick={onCancel}>
              Back
            </button>
          )}
        </div>
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
        <p class="quiet">Nothing leaves this page: files are read and patched in it.</p>
      </div>
    </main>
  );
}
