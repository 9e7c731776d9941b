/** A folder of the user's disk, where the browser lets a page write (File System Access). */

/** The part of the API that TypeScript's library leaves out. */
declare global {
  interface Window {
    showDirectoryPicker?: (options: {
      readonly id: string;
      readonly mode: 'readwrite';
    }) => Promise<FileSystemDirectoryHandle>;
  }
}

export function canWriteFolders(): boolean {
  return window.showDirectoryPicker !== undefined;
}

/** Undefined when the user thinks better of it. */
export async function pickFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await window.showDirectoryPicker?.({ id: 'firn', mode: 'readwrite' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/**
 * Each file is replaced as a whole when it is closed, in the order given; then `gone` are removed. What of
 * them is not there is as it should be.
 */
export async function writeFiles(
  folder: FileSystemDirectoryHandle,
  files: ReadonlyMap<string, Uint8Array>,
  gone: readonly string[],
): Promise<void> {
  for (const [path, bytes] of files) {
    const { at, name } = await placeIn(folder, path, { create: true });
    const file = await at.getFileHandle(name, { create: true });
    const writable = await file.createWritable();
    await writable.write(new Uint8Array(bytes));
    await writable.close();
  }
  for (const path of gone) {
    try {
      const { at, name } = await placeIn(folder, path);
      await at.removeEntry(name);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    }
  }
}

async function placeIn(
  folder: FileSystemDirectoryHandle,
  path: string,
  options?: FileSystemGetDirectoryOptions,
) {
  const names = path.split('/');
  const name = names.pop() ?? path;
  let at = folder;
  for (const below of names) at = await at.getDirectoryHandle(below, options);
  return { at, name };
}
