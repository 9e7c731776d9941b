/** UTF-16 units of a name that a message quotes. */
const MAX_QUOTED = 200;

/** `value` as a message shows it: short, and nothing in it acts on a terminal. */
export function quoted(value: string): string {
  const shown = value.length <= MAX_QUOTED ? value : `${value.slice(0, MAX_QUOTED)}…`;
  const escaped = (character: string) =>
    `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`;
  return JSON.stringify(shown).replace(/[\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}
