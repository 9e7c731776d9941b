import type { Node } from 'jsonc-parser';
import type { FirnSetError } from './error.js';
import { sortedEntries } from './order.js';
import { quoted } from './quoted.js';
import type { JsonText } from './strict-json.js';

/** What a string must be. */
export interface StringRule {
  readonly pattern: { test(text: string): boolean };
  readonly words: string;
}

const FINGERPRINT: StringRule = {
  pattern: /^[0-9a-f]{32}$/,
  words: '32 hex digits in lower case',
};

/** An object of a JSON text, read key by key: what nobody has asked for at the end is an error. */
export class JsonObject {
  readonly #json: JsonText;
  readonly #node: Node;
  /** What messages call it, such as `patches[3]`; '' at the top. */
  readonly #name: string;
  readonly #left = new Map<string, { readonly key: Node; readonly value: Node }>();

  /** Throws `set_malformed` for what is no object, and for a key that is there twice. */
  constructor(json: JsonText, node: Node, name: string) {
    this.#json = json;
    this.#node = node;
    this.#name = name;
    if (node.type !== 'object') throw this.#wrong(node, this.#shown, 'must be an object');
    for (const { children } of node.children ?? []) {
      const [key, value] = children ?? [];
      if (!key || !value) throw json.fault(node.offset, 'a key has no value');
      const named = textOf(json, key);
      if (this.#left.has(named)) throw json.fault(key.offset, `${quoted(named)} is there twice`);
      this.#left.set(named, { key, value });
    }
  }

  /** Of what nobody has asked for yet. */
  get keys(): readonly string[] {
    return [...this.#left.keys()];
  }

  has(key: string): boolean {
    return this.#left.has(key);
  }

  string(key: string, rule?: StringRule): string {
    return this.#string(this.#take(key), this.#nameOf(key), rule);
  }

  optionalString(key: string): string | undefined {
    return this.has(key) ? this.string(key) : undefined;
  }

  /** 32 hex digits. */
  fingerprint(key: string): string {
    return this.string(key, FINGERPRINT);
  }

  /** The only value there may be. */
  constant<T extends string>(key: string, value: T): T {
    const node = this.#take(key);
    if (node.value === value) return value;
    throw this.#wrong(node, this.#nameOf(key), `must be ${quoted(value)}`);
  }

  /** A whole number from 0. */
  wholeNumber(key: string): number {
    const node = this.#take(key);
    const { value } = node;
    if (/^(?:0|[1-9]\d*)$/.test(this.#json.spelled(node)) && Number.isSafeInteger(value)) {
      return Number(value);
    }
    const rule = `must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;
    throw this.#wrong(node, this.#nameOf(key), rule);
  }

  list(key: string): readonly Node[] {
    const node = this.#take(key);
    if (node.type === 'array') return node.children ?? [];
    throw this.#wrong(node, this.#nameOf(key), 'must be an array');
  }

  strings(key: string): string[] {
    return this.list(key).map((node, index) =>
      this.#string(node, `${this.#nameOf(key)}[${index}]`),
    );
  }

  object(key: string): JsonObject {
    return new JsonObject(this.#json, this.#take(key), this.#nameOf(key));
  }

  /** All that is left, whatever its keys. */
  allStrings(): Record<string, string> {
    const entries = this.keys.map((key): [string, string] => [key, this.string(key)]);
    return Object.fromEntries(entries);
  }

  /** All that is left, which is the user's own: keys that begin with `x-`. Any other is an error. */
  extensions(): Record<`x-${string}`, unknown> {
    const own: Record<string, unknown> = {};
    for (const [key, { value }] of this.#left) {
      if (key.startsWith('x-')) own[key] = plainValue(this.#json, value);
    }
    for (const key of Object.keys(own)) this.#left.delete(key);
    this.end();
    return Object.fromEntries(sortedEntries(own));
  }

  /** Nothing may be left. */
  end(): void {
    const [first] = this.#left;
    if (!first) return;
    const [name, { key }] = first;
    const what = `${this.#nameOf(name)} is not known`;
    throw this.#json.fault(key.offset, what);
  }

  /** Where a key stands that nobody has asked for yet. */
  offsetOf(key: string): number {
    return this.#left.get(key)?.key.offset ?? this.#node.offset;
  }

  get #shown(): string {
    return this.#name || 'the manifest';
  }

  #take(key: string): Node {
    const found = this.#left.get(key);
    if (!found) throw this.#json.fault(this.#node.offset, `${this.#shown} has no ${quoted(key)}`);
    this.#left.delete(key);
    return found.value;
  }

  #nameOf(key: string): string {
    const shown = /^[\w-]{1,60}$/.test(key) ? key : quoted(key);
    return this.#name === '' ? shown : `${this.#name}.${shown}`;
  }

  #string(node: Node, name: string, rule?: StringRule): string {
    if (node.type !== 'string') throw this.#wrong(node, name, 'must be a string');
    const value = textOf(this.#json, node);
    if (!rule || rule.pattern.test(value)) return value;
    throw this.#wrong(node, name, `must be ${rule.words}`);
  }

  #wrong(node: Node, name: string, rule: string): FirnSetError {
    return this.#json.fault(node.offset, `${name} ${rule}, not ${shownValue(this.#json, node)}`);
  }
}

function shownValue(json: JsonText, node: Node): string {
  if (node.type === 'string') return quoted(String(node.value));
  if (node.type === 'array' || node.type === 'object') return `an ${node.type}`;
  return quoted(json.spelled(node)).slice(1, -1);
}

/** Of a string or key; UTF-8 spells no lone surrogate, so a fingerprint of it would be another's. */
function textOf(json: JsonText, node: Node): string {
  const text = String(node.value);
  if (text.isWellFormed()) return text;
  throw json.fault(node.offset, 'a string has a lone surrogate');
}

/** The value as data. Duplicate keys are refused here too: which of them is meant nobody can tell. */
function plainValue(json: JsonText, node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child) => plainValue(json, child));
  if (node.type === 'string') return textOf(json, node);
  if (node.type !== 'object') return node.value;
  // Made for its checks.
  new JsonObject(json, node, '');
  const entries = (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [[String(key.value), plainValue(json, value)] as const] : [];
  });
  return Object.fromEntries(entries);
}
