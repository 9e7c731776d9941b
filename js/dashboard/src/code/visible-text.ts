/** Text as it is, and nothing else: what would be invisible, or would turn text around, is shown by name. */

const INVISIBLE = String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]`;

/** A zero-width joiner is fine between emoji, where it makes one of them, and nowhere else. */
const STRAY_JOINER = String.raw`(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d`;

const HIDDEN = new RegExp(`${INVISIBLE}|${STRAY_JOINER}`, 'u');
const HIDDEN_OR_SPACE = new RegExp(`${INVISIBLE}|${STRAY_JOINER}| +|\\t`, 'gu');
const HIDDEN_ALL = new RegExp(HIDDEN, 'gu');

/** ␀ for NUL and its like, U+202E for the others. */
export function nameOfCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** For names and messages, which are shown as one string. */
export function visible(text: string): string {
  return text.replace(HIDDEN_ALL, nameOfCharacter);
}

/** Nodes that show `text`. Linear in the text. */
export function nodesOf(text: string, showSpaces: boolean): (string | HTMLElement)[] {
  if (!showSpaces && !HIDDEN.test(text)) return [text];
  const nodes: (string | HTMLElement)[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(showSpaces ? HIDDEN_OR_SPACE : HIDDEN_ALL)) {
    if (index > at) nodes.push(text.slice(at, index));
    nodes.push(marked(found));
    at = index + found.length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

function marked(found: string): HTMLElement {
  const node = document.createElement('span');
  if (found.startsWith(' ')) {
    node.className = 'space';
    node.textContent = '·'.repeat(found.length);
  } else if (found === '\t') {
    node.className = 'space';
    node.textContent = '→\t';
  } else {
    node.className = 'control';
    node.textContent = nameOfCharacter(found);
    node.title = 'An invisible or direction-changing character';
  }
  return node;
}
