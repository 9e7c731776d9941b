/**
 * The grammars that colour code. Enough to read by, and no more: a viewport is coloured from a few lines
 * above it, so nothing here may need a whole file.
 */
import type { TokenKind } from '../worker/style.js';

export type Language = 'code' | 'css' | 'hash' | 'html' | 'json' | 'plain' | 'script';

/** A pattern without capturing groups, what it is, and the state that comes after it. */
export interface Rule {
  readonly pattern: string;
  readonly kind: TokenKind;
  readonly next?: string;
}

/** The rules of each state, the first that matches first. Every text begins in `start`. */
export type Grammar = {
  readonly start: readonly Rule[];
  readonly [state: string]: readonly Rule[];
};

const DOUBLE_QUOTED = String.raw`"(?:[^"\\]|\\.)*"?`;
const SINGLE_QUOTED = String.raw`'(?:[^'\\]|\\.)*'?`;
const NUMBER = String.raw`(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.[\d_]+)?(?:[eE][+-]?\d+)?)\w*`;
const SPACE: Rule = { pattern: String.raw`\s+`, kind: 'plain' };
const WORD: Rule = { pattern: String.raw`[\p{L}_$][\p{L}\p{N}_$]*`, kind: 'plain' };
const PUNCTUATION: Rule = {
  pattern: String.raw`[{}()[\].,;:<>=+\-*/%&|^!?~@#]`,
  kind: 'punctuation',
};

const words = (list: string) => String.raw`\b(?:${list.trim().split(/\s+/).join('|')})\b`;

/** A comment or a string that may go on for lines. */
const until = (end: string, kind: TokenKind): readonly Rule[] => [
  { pattern: end, kind, next: 'start' },
  { pattern: `(?:(?!${end})[^])+`, kind },
];

const BLOCK_COMMENT: Rule = { pattern: String.raw`/\*`, kind: 'comment', next: 'comment' };
const LINE_COMMENT: Rule = { pattern: '//.*', kind: 'comment' };

const SCRIPT_KEYWORDS = words(`
  abstract as async await break case catch class const continue debugger declare default delete do else enum export extends
  finally for from function get if implements import in infer instanceof interface is keyof let namespace new of override
  private protected public readonly return satisfies set static super switch this throw try type typeof using var void while
  with yield`);

const script: Grammar = {
  start: [
    SPACE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    { pattern: DOUBLE_QUOTED, kind: 'string' },
    { pattern: SINGLE_QUOTED, kind: 'string' },
    { pattern: '`', kind: 'string', next: 'template' },
    { pattern: NUMBER, kind: 'number' },
    { pattern: String.raw`</?[A-Za-z][\w.-]*|/>`, kind: 'tag' },
    { pattern: String.raw`\.[\p{L}_$][\p{L}\p{N}_$]*(?=\s*\()`, kind: 'name' },
    { pattern: String.raw`\.[\p{L}_$][\p{L}\p{N}_$]*`, kind: 'property' },
    { pattern: String.raw`[\p{L}_$][\w$-]*(?=\s*:(?!:))`, kind: 'property' },
    { pattern: String.raw`[a-zA-Z][\w-]*(?==["{'])`, kind: 'attribute' },
    { pattern: words('true false null undefined NaN Infinity'), kind: 'constant' },
    { pattern: SCRIPT_KEYWORDS, kind: 'keyword' },
    { pattern: String.raw`[\p{L}_$][\p{L}\p{N}_$]*(?=\s*\()`, kind: 'name' },
    { pattern: String.raw`\b[A-Z][\w$]*`, kind: 'constant' },
    WORD,
    PUNCTUATION,
  ],
  comment: until(String.raw`\*/`, 'comment'),
  template: until('`', 'string'),
};

const CODE_KEYWORDS = words(`
  alignas alignof and as auto bool break case catch char class concept const constexpr consteval constinit continue default
  defer delete do double dyn else enum explicit export extern final float fn for func go goto if impl import in inline int
  interface let long loop match mod move mut namespace new noexcept operator override package private protected pub public
  range ref register requires return select self short signed sizeof static struct super switch template this throw trait
  try type typedef typename union unsafe unsigned use using var virtual void volatile where while`);

const code: Grammar = {
  start: [
    SPACE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    { pattern: String.raw`#\s*[a-z]+`, kind: 'keyword' },
    { pattern: DOUBLE_QUOTED, kind: 'string' },
    { pattern: SINGLE_QUOTED, kind: 'string' },
    { pattern: NUMBER, kind: 'number' },
    { pattern: words('true false null nullptr nil None Some'), kind: 'constant' },
    { pattern: CODE_KEYWORDS, kind: 'keyword' },
    { pattern: String.raw`[\p{L}_][\p{L}\p{N}_]*(?=\s*\()`, kind: 'name' },
    { pattern: String.raw`\b[A-Z][\w$]*`, kind: 'constant' },
    WORD,
    PUNCTUATION,
  ],
  comment: until(String.raw`\*/`, 'comment'),
};

/** Languages whose comments begin with #: shells, Python, YAML, TOML. */
const hash: Grammar = {
  start: [
    SPACE,
    { pattern: '#.*', kind: 'comment' },
    { pattern: DOUBLE_QUOTED, kind: 'string' },
    { pattern: SINGLE_QUOTED, kind: 'string' },
    { pattern: NUMBER, kind: 'number' },
    { pattern: words('true false null None True False yes no'), kind: 'constant' },
    {
      pattern: words(`
        and as async await case class def del do done elif else esac except fi finally for from function global if import in is
        lambda nonlocal not or pass raise return then try while with yield`),
      kind: 'keyword',
    },
    { pattern: String.raw`[\w.-]+(?=\s*[:=])`, kind: 'property' },
    { pattern: String.raw`\$\{?\w+\}?`, kind: 'constant' },
    WORD,
    PUNCTUATION,
  ],
};

const css: Grammar = {
  start: [
    SPACE,
    BLOCK_COMMENT,
    { pattern: DOUBLE_QUOTED, kind: 'string' },
    { pattern: SINGLE_QUOTED, kind: 'string' },
    { pattern: String.raw`@[\w-]+|!important`, kind: 'keyword' },
    { pattern: String.raw`#[\da-fA-F]{3,8}\b(?!\s*[{,])`, kind: 'number' },
    { pattern: String.raw`[.#][a-zA-Z][\w-]*`, kind: 'tag' },
    { pattern: String.raw`-?(?:\d*\.)?\d+(?:[a-z]+|%)?`, kind: 'number' },
    { pattern: String.raw`--[\w-]+`, kind: 'property' },
    { pattern: String.raw`[a-z-]+(?=\s*:\s)`, kind: 'property' },
    { pattern: '::?[a-z-]+', kind: 'attribute' },
    { pattern: String.raw`[a-zA-Z-]+(?=\()`, kind: 'name' },
    { pattern: String.raw`[\p{L}_-][\p{L}\p{N}_-]*`, kind: 'plain' },
    PUNCTUATION,
  ],
  comment: until(String.raw`\*/`, 'comment'),
};

const html: Grammar = {
  start: [
    { pattern: '<!--', kind: 'comment', next: 'comment' },
    { pattern: String.raw`</?[a-zA-Z][\w:-]*|<![a-zA-Z]+`, kind: 'tag', next: 'tag' },
    { pattern: String.raw`&#?\w+;`, kind: 'constant' },
    { pattern: '[^<&]+', kind: 'plain' },
  ],
  tag: [
    SPACE,
    { pattern: '/?>', kind: 'tag', next: 'start' },
    { pattern: `"[^"]*"?|'[^']*'?`, kind: 'string' },
    { pattern: String.raw`[^\s"'>/=]+`, kind: 'attribute' },
    { pattern: '[=/]', kind: 'punctuation' },
  ],
  comment: until('-->', 'comment'),
};

const json: Grammar = {
  start: [
    SPACE,
    { pattern: String.raw`"(?:[^"\\]|\\.)*"(?=\s*:)`, kind: 'property' },
    { pattern: DOUBLE_QUOTED, kind: 'string' },
    { pattern: String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`, kind: 'number' },
    { pattern: words('true false null'), kind: 'constant' },
    WORD,
    PUNCTUATION,
  ],
};

export const GRAMMARS: Readonly<Record<Language, Grammar>> = {
  code,
  css,
  hash,
  html,
  json,
  plain: { start: [] },
  script,
};

const ENDINGS: readonly (readonly [Language, RegExp])[] = [
  ['script', /\.[cm]?[jt]sx?$/i],
  ['css', /\.(css|scss|less)$/i],
  ['html', /\.(html?|xml|svg|vue|svelte)$/i],
  ['json', /\.(json[c5]?|webmanifest|map)$/i],
  ['hash', /(\.(sh|bash|py|ya?ml|toml|ini|conf|rb|pl)|(^|\/)(Makefile|Dockerfile))$/i],
  ['code', /\.(c|cc|cpp|cxx|h|hh|hpp|cs|go|java|kt|php|rs|swift|scala|zig)$/i],
];

/** By the ending of a name. */
export function languageOf(name: string): Language {
  return ENDINGS.find(([, ending]) => ending.test(name))?.[0] ?? 'plain';
}
