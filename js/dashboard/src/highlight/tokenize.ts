import { numberOfKind, type TokenKind } from '../worker/style.js';
import { GRAMMARS, type Grammar, type Language } from './languages.js';

interface State {
  /** One capturing group for each rule. */
  readonly pattern: RegExp;
  readonly rules: Grammar[string];
  /** Finds what may lead to another state. */
  readonly leaving: RegExp | undefined;
}

const compiled = new Map<Language, ReadonlyMap<string, State>>();

function statesOf(language: Language): ReadonlyMap<string, State> {
  let states = compiled.get(language);
  if (states === undefined) {
    states = new Map(
      Object.entries(GRAMMARS[language]).map(([name, rules]) => {
        const source = rules.map((rule) => `(${rule.pattern})`).join('|');
        const leaving = rules
          .filter(({ next }) => next !== undefined)
          .map(({ pattern }) => pattern);
        return [
          name,
          {
            pattern: new RegExp(source, 'yu'),
            rules,
            leaving: leaving.length > 0 ? new RegExp(leaving.join('|'), 'u') : undefined,
          },
        ];
      }),
    );
    compiled.set(language, states);
  }
  return states;
}

/**
 * Colours a text line by line, from its first line or from any other: what is open there is not known
 * then, so begin some lines above those that are wanted. Linear in the text.
 */
export class Tokenizer {
  readonly #states: ReadonlyMap<string, State>;
  #state = 'start';

  constructor(language: Language) {
    this.#states = statesOf(language);
  }

  /** Reads a line that nobody wants to see, for what it leaves open. */
  pass(text: string): void {
    if (this.#states.get(this.#state)?.leaving?.test(text)) this.line(text);
  }

  /** Pairs of a number of UTF-16 units and a kind's number, over the whole line. */
  line(text: string): number[] {
    const runs: number[] = [];
    let at = this.#states.get('start')?.rules.length === 0 ? text.length : 0;
    if (at > 0) append(runs, at, 'plain');
    while (at < text.length) {
      const state = this.#states.get(this.#state);
      const token = state && match(state, text, at);
      if (token === undefined) {
        const length = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
        append(runs, length, 'plain');
        at += length;
        continue;
      }
      append(runs, token.length, token.kind);
      at += token.length;
      this.#state = token.next ?? this.#state;
    }
    return runs;
  }
}

function match({ pattern, rules }: State, text: string, at: number) {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null || found[0] === '') return undefined;
  let group = 1;
  while (found[group] === undefined) group += 1;
  const rule = rules[group - 1];
  return rule && { length: found[0].length, kind: rule.kind, next: rule.next };
}

function append(runs: number[], length: number, kind: TokenKind): void {
  const number = numberOfKind(kind);
  if (runs.at(-1) === number) runs[runs.length - 2] = (runs[runs.length - 2] ?? 0) + length;
  else runs.push(length, number);
}
