/** Every key that does something, for the page that listens and for the sheet that tells. */

export type Command =
  | 'baseline'
  | 'close'
  | 'copy'
  | 'edit'
  | 'fold'
  | 'help'
  | 'line'
  | 'next-change'
  | 'next-file'
  | 'open'
  | 'patched'
  | 'previous-change'
  | 'previous-file'
  | 'redo'
  | 'save'
  | 'search'
  | 'spaces'
  | 'split'
  | 'theme'
  | 'undo'
  | 'unified';

interface Key {
  readonly key: string;
  readonly command: Command;
  readonly label: string;
}

export const KEYS: readonly Key[] = [
  { key: 'n', command: 'next-change', label: 'Next change' },
  { key: 'p', command: 'previous-change', label: 'Previous change' },
  { key: '/', command: 'search', label: 'Search in the whole file' },
  { key: 'g', command: 'line', label: 'Go to line' },
  { key: '1', command: 'patched', label: 'The patched file' },
  { key: '2', command: 'unified', label: 'Unified view' },
  { key: '3', command: 'split', label: 'Side by side' },
  { key: 'f', command: 'fold', label: 'Fold unchanged lines, or show them' },
  { key: 'w', command: 'spaces', label: 'Show spaces and tabs' },
  { key: 'c', command: 'copy', label: 'Copy as diff' },
  { key: 'e', command: 'edit', label: 'Edit the patched text' },
  { key: 'u', command: 'undo', label: 'Take the last edit back' },
  { key: 'r', command: 'redo', label: 'Do the edit again' },
  { key: 's', command: 'save', label: 'Save the edits' },
  { key: 'b', command: 'baseline', label: 'Carry the patches to a new baseline' },
  { key: ']', command: 'next-file', label: 'Next file' },
  { key: '[', command: 'previous-file', label: 'Previous file' },
  { key: 'o', command: 'open', label: 'Open files' },
  { key: 't', command: 'theme', label: 'Change the colours' },
  { key: '?', command: 'help', label: 'This sheet' },
  { key: 'Escape', command: 'close', label: 'Close the search' },
];

/** What acts where no file is shown, too. */
export const ANYWHERE: ReadonlySet<Command> = new Set([
  'baseline',
  'close',
  'help',
  'open',
  'theme',
]);

/** Keys that act where the focus is. */
export const LOCAL_KEYS: readonly { readonly keys: readonly string[]; readonly label: string }[] = [
  { keys: ['↑', '↓', 'PgUp', 'PgDn', 'Home', 'End'], label: 'Move through the code' },
  { keys: ['Shift+←', 'Shift+→'], label: 'Move through lines that are too long' },
  { keys: ['Enter'], label: 'Open a fold' },
  { keys: ['Space'], label: 'Turn the patch on or off' },
  { keys: ['Alt+↑', 'Alt+↓'], label: 'Move the patch in the order' },
  { keys: ['Ctrl+Enter'], label: 'In the editor: record the edit as a patch' },
];

export function keyOf(command: Command): Key {
  const found = KEYS.find((key) => key.command === command);
  if (found === undefined) throw new Error(`no key gives ${command}`);
  return found;
}

/** Undefined for a key that means nothing here, or belongs to what has the focus. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return undefined;
  const { target } = event;
  // A dialog and an editor have keys of their own, Escape among them.
  if (!(target instanceof HTMLElement) || target.closest('dialog, .text-editor')) return undefined;
  const isWriting = target.matches('input, select, textarea');
  if (isWriting && event.key !== 'Escape') return undefined;
  return KEYS.find(({ key }) => key === event.key)?.command;
}
