/** Names in commands that people copy into their shell. */
import { plain } from './safe.js';

/** One word for the shell, and nothing in it that acts on the screen. */
export function shellWord(text: string): string {
  // It would be taken for an option.
  if (text.startsWith('-')) return shellWord(`./${text}`);
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (plain(text) === text) return `'${text.replaceAll("'", "'\\''")}'`;
  const bytes = [...Buffer.from(text)].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[\w@%+=:,./ -]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `$'${bytes.join('')}'`;
}
