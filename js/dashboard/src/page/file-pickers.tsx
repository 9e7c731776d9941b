import { Icon } from './icons.js';
import type { Stored } from './project.js';
import { storedFile } from './project-files.js';

/** Opens a folder, or files, of the user's disk. */
export function FilePickers({ onFiles }: { readonly onFiles: (files: Promise<Stored[]>) => void }) {
  const take = (files: FileList | null) => {
    const stored = [...(files ?? [])].map((file) =>
      storedFile(file, file.webkitRelativePath || file.name),
    );
    if (stored.length > 0) onFiles(Promise.resolve(stored));
  };
  return (
    <>
      <label class="button primary">
        <Icon name="folder" /> Choose a folder
        <input
          class="for-screen-readers"
          type="file"
          multiple
          ref={(input) => input?.setAttribute('webkitdirectory', '')}
          onChange={({ currentTarget }) => take(currentTarget.files)}
        />
      </label>
      <label class="button">
        <Icon name="open" /> Choose files
        <input
          class="for-screen-readers"
          type="file"
          multiple
          onChange={({ currentTarget }) => take(currentTarget.files)}
        />
      </label>
    </>
  );
}
