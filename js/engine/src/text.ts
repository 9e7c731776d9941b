import type { OwnedBytes } from './binding.js';
import { FirnError } from './error.js';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Refuses a string that UTF-8 cannot spell: encoders would put U+FFFD for a lone surrogate, and
 * the text frozen would not be the text given. `what` names the string in the message.
 */
export function requireWellFormed(text: string, what: string): void {
  if (text.isWellFormed()) return;
  const offset = text.search(/\p{Surrogate}/u);
  const unit = text.charCodeAt(offset).toString(16).toUpperCase();
  throw new FirnError({
    code: 'malformed_text',
    message: `${what} has a lone surrogate, U+${unit}, at UTF-16 offset ${offset} of ${text.length}; no UTF-8 spells it`,
  });
}

/** The text, a byte order mark included, or `malformed_text`: nothing is replaced in silence. */
export function decodeStrict(bytes: OwnedBytes, what: string): string {
  try {
    return strict.decode(bytes);
  } catch (cause) {
    throw undecodable(bytes, what, cause);
  }
}

/** For display: what is not UTF-8 becomes U+FFFD. `limit_exceeded` when it is longer than any string. */
export function decodeForDisplay(bytes: OwnedBytes, what: () => string): string {
  try {
    return lenient.decode(bytes);
  } catch (cause) {
    throw tooLong(bytes, what(), cause);
  }
}

function undecodable(bytes: OwnedBytes, what: string, cause: unknown): FirnError {
  const offset = validPrefix(bytes);
  const where = `byte offset ${offset} of ${bytes.length}`;
  if (offset < bytes.length) {
    const message = `${what} is not UTF-8 at ${where}; its bytes are there all the same`;
    return new FirnError({ code: 'malformed_text', message });
  }
  return tooLong(bytes, what, cause);
}

function tooLong(bytes: OwnedBytes, what: string, cause: unknown): FirnError {
  const message = `${what} has ${bytes.length} bytes, more than a string can hold here: ${String(cause)}`;
  return new FirnError({ code: 'limit_exceeded', message });
}

/** Well below what any string holds. */
const PIECE_BYTES = 1 << 24;

/** How many leading bytes are whole, valid characters. Only errors ask. */
function validPrefix(bytes: OwnedBytes): number {
  let begin = 0;
  while (begin < bytes.length) {
    const piece = bytes.subarray(begin, begin + PIECE_BYTES);
    const valid = validPrefixOf(piece);
    begin += valid;
    // A piece may end within a character, with which the next begins.
    if (valid === 0 || piece.length - valid > 3) break;
  }
  return begin;
}

/** The same of a piece that a string can hold. Bisection. */
function validPrefixOf(bytes: OwnedBytes): number {
  const decodes = (end: number) => {
    try {
      // A stream may end within a character; what is wrong before the end is refused.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  if (decodes(bytes.length)) return bytes.length - openBytes(bytes, bytes.length);
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return good - openBytes(bytes, good);
}

/** Bytes before `end` that begin a character without ending it. */
function openBytes(bytes: OwnedBytes, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return size > back ? back : 0;
  }
  return 0;
}
