// @ts-check
/**
 * Reads a batch the slow way: JSON by the letter of RFC 8259 into a tree that remembers where everything stood, then the
 * shape of a batch. Only for texts with one fault: the engine stops at the first one, and this looks for JSON's faults first.
 */
import { utf8 } from './oracle.mjs';

/** @typedef {import('./oracle.mjs').Batch} Batch */
/** @typedef {import('./oracle.mjs').Violation} Violation */
/** @typedef {import('./oracle.mjs').Ref} Ref */
/** @typedef {{ batchBytes?: number, patches?: number, textLines?: number, nesting?: number }} Limits */
/** @typedef {{ kind: 'string' | 'number' | 'word' | 'array' | 'object', offset: number, token: string, text: string,
 *   items: Node[], members: Member[], depth: number }} Node */
/** @typedef {{ key: string, offset: number, value: Node }} Member */

const DEFAULT_NESTING = 32;

/** A refusal, on its way out. */
class Refusal extends Error {
  /** @param {string} code @param {number} offset @param {string} [found] @param {Ref} [patch] @param {Ref} [other] */
  constructor(code, offset, found, patch, other) {
    super(code);
    this.violation = { code, offset, found, patch, other };
  }
}

const UTF8 =
  /(?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*/y;

/** @param {string} json binary @returns {Node} */
function parse(json) {
  UTF8.lastIndex = 0;
  const valid = UTF8.exec(json)?.[0].length ?? 0;
  if (valid < json.length) throw new Refusal('malformed_json', valid);

  let at = 0;
  /** @param {RegExp} pattern sticky */
  const take = (pattern) => {
    pattern.lastIndex = at;
    const [token] = pattern.exec(json) ?? [undefined];
    at += token?.length ?? 0;
    return token;
  };
  const skipSpace = () => void take(/[ \t\r\n]*/y);
  /** @param {string} token */
  const expect = (token) => {
    skipSpace();
    if (!json.startsWith(token, at)) throw new Refusal('malformed_json', at);
    at += token.length;
  };
  const peek = () => {
    skipSpace();
    return json[at];
  };

  const string = () => {
    const offset = at;
    expect('"');
    let text = '';
    for (;;) {
      text += take(/(?:[^"\\\p{Cc}]|[\x7f-\x9f])*/uy);
      if (json[at] === '"') break;
      if (at >= json.length) throw new Refusal('malformed_json', offset);
      if (json[at] !== '\\') throw new Refusal('malformed_json', at);
      const escaped = take(
        /\\(?:["\\/bfnrt]|u(?:d[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(?!d[89a-f])[0-9a-f]{4}))/iy,
      );
      if (!escaped) throw new Refusal('malformed_json', offset);
      text += utf8(JSON.parse(`"${escaped}"`));
    }
    at += 1;
    return text;
  };

  /** @param {number} depth containers around @returns {Node} */
  const value = (depth) => {
    const first = peek();
    const offset = at;
    /** @param {Node['kind']} kind @param {Partial<Node>} [more] @returns {Node} */
    const node = (kind, more) => ({
      kind,
      offset,
      token: json.slice(offset, at),
      text: '',
      items: [],
      members: [],
      depth: depth + 1,
      ...more,
    });
    if (first === '"') {
      const text = string();
      return node('string', { text });
    }
    if (first === '[') {
      at += 1;
      const items = [];
      if (peek() !== ']') {
        do {
          items.push(value(depth + 1));
        } while (peek() === ',' && ++at);
      }
      expect(']');
      return node('array', { items });
    }
    if (first === '{') {
      at += 1;
      const members = [];
      if (peek() !== '}') {
        do {
          peek();
          const keyOffset = at;
          const key = string();
          expect(':');
          members.push({ key, offset: keyOffset, value: value(depth + 1) });
        } while (peek() === ',' && ++at);
      }
      expect('}');
      return node('object', { members });
    }
    const word = take(/[^ \t\r\n,:[\]{}"]+/y) ?? '';
    if (/^(?:true|false|null)$/.test(word)) return node('word');
    if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(word)) return node('number');
    throw new Refusal('malformed_json', offset);
  };

  const root = value(0);
  skipSpace();
  if (at < json.length) throw new Refusal('malformed_json', at);
  return root;
}

/** What `found` says of a value. @param {Node} node */
const described = (node) =>
  node.kind === 'array' ? 'an array' : node.kind === 'object' ? 'an object' : node.token;

/** @param {string} binary */
const unicode = (binary) => Buffer.from(binary, 'latin1').toString('utf8');

/** @param {Node} node @param {Ref} [patch] */
const refuse = (node, found = described(node), patch = undefined) =>
  new Refusal('malformed_batch', node.offset, found, patch);

/** The members by name: known, not twice. Aliases are spelled `type>op`.
 * @param {Node} node @param {string[]} names @param {Ref} [patch] @returns {Map<string, Node>} */
function membersOf(node, names, patch) {
  if (node.kind !== 'object') throw refuse(node, described(node), patch);
  const known = new Map(names.map((name) => [name.split('>')[0], name.split('>').at(-1)]));
  /** @type {Map<string, Node>} */
  const members = new Map();
  for (const { key, offset, value } of node.members) {
    if (key.startsWith('x-')) continue;
    const name = known.get(key);
    if (name === undefined || members.has(name)) {
      throw new Refusal('malformed_batch', offset, unicode(key), patch);
    }
    members.set(name, value);
    if (name === 'op') members.set(`op as ${key}`, value);
    if (name === 'id' && patch && value.kind === 'string' && value.text) {
      patch.id = unicode(value.text);
    }
  }
  return members;
}

/** @param {Node | undefined} node @param {Ref} [patch] @returns {string | undefined} */
function stringOf(node, patch) {
  if (node === undefined) return undefined;
  if (node.kind !== 'string') throw refuse(node, described(node), patch);
  return unicode(node.text);
}

/** @param {Node | undefined} node @param {Ref} [patch] @returns {string | undefined} */
function nameOf(node, patch) {
  const name = stringOf(node, patch);
  if (node && name === '') throw new Refusal('malformed_batch', node.offset, undefined, patch);
  return name;
}

/** @param {Node | undefined} node @param {number} min @param {Ref} [patch] @returns {number | undefined} */
function countOf(node, min, patch) {
  if (node === undefined) return undefined;
  const whole = node.kind === 'number' && /^-?[0-9]+$/.test(node.token) && node.token !== '-0';
  const exact = whole ? BigInt(node.token) : -1n;
  if (exact < BigInt(min) || exact > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw refuse(node, described(node), patch);
  }
  return Number(exact);
}

/** @type {Map<string, 'replace' | 'delete' | 'insert'>} */
const OPS = new Map([
  ['op replace', 'replace'],
  ['op delete', 'delete'],
  ['op insert', 'insert'],
  ['type write_replace_line', 'replace'],
  ['type delete_line', 'delete'],
  ['type insert_line', 'insert'],
]);

/** @param {Node} node @param {number} index */
function patchOf(node, index) {
  /** @type {Ref} */
  const ref = { index };
  const keys = ['op', 'type>op', 'line', 'lineNumber>line', 'endLine', 'text', 'lines', 'verbatim'];
  const members = membersOf(node, [...keys, 'expect', 'id'], ref);
  const incomplete = () => new Refusal('malformed_batch', node.offset, undefined, ref);

  const id = nameOf(members.get('id'), ref);
  const spelled = members.has('op as type') ? 'type' : 'op';
  const opNode = members.get('op');
  const opName = stringOf(opNode, ref);
  const op = OPS.get(`${spelled} ${opName}`);
  if (opNode && !op) throw refuse(opNode, opName, ref);
  const line = countOf(members.get('line'), 1, ref);
  const endLine = countOf(members.get('endLine'), 1, ref);
  const text = stringOf(members.get('text'), ref);
  const expect = stringOf(members.get('expect'), ref);
  const linesNode = members.get('lines');
  if (linesNode && linesNode.kind !== 'array') throw refuse(linesNode, described(linesNode), ref);
  const lines = linesNode?.items.map((item) => stringOf(item, ref) ?? '');
  const verbatimNode = members.get('verbatim');
  if (verbatimNode && !/^(?:true|false)$/.test(verbatimNode.token)) {
    throw refuse(verbatimNode, described(verbatimNode), ref);
  }
  const verbatim = verbatimNode?.token === 'true';

  if (op === undefined || line === undefined) throw incomplete();
  if (lines?.some((content) => content.includes('\n'))) throw incomplete();
  if (endLine !== undefined && (op === 'insert' || endLine < line)) throw incomplete();
  const texts = (text === undefined ? 0 : 1) + (lines === undefined ? 0 : 1);
  if (texts !== (op === 'delete' ? 0 : 1) || (verbatim && lines)) throw incomplete();
  return { op, line, endLine, text, lines, verbatim, expect, id };
}

/** @param {Node} node */
const depthOf = (/** @type {Node} */ node) => {
  /** @param {Node} inner @returns {number} */
  const deepest = (inner) =>
    Math.max(
      inner.kind === 'array' || inner.kind === 'object' ? inner.depth : 0,
      ...inner.items.map(deepest),
      ...inner.members.map((member) => deepest(member.value)),
    );
  return deepest(node);
};

/** @param {Node} root @returns {Batch} */
function batchOf(root) {
  if (root.kind === 'array') return { patches: patchesOf(root) };
  const members = membersOf(root, ['schema', 'id', 'file', 'base', 'revision', 'patches']);
  const schema = members.get('schema');
  if (schema && stringOf(schema) !== 'firn.batch/1') throw refuse(schema, stringOf(schema));
  nameOf(members.get('id'));
  const file = nameOf(members.get('file'));
  const revision = countOf(members.get('revision'), 0);

  const baseNode = members.get('base');
  const base = baseNode && membersOf(baseNode, ['fingerprint', 'lineCount']);
  const hex = base?.get('fingerprint');
  const fingerprint = stringOf(hex);
  if (hex && !/^[0-9a-f]{32}$/i.test(fingerprint ?? '')) throw refuse(hex, fingerprint);
  const lineCount = countOf(base?.get('lineCount'), 0);

  const patches = members.get('patches');
  if (!patches) throw new Refusal('malformed_batch', root.offset);
  return { base: { fingerprint, lineCount }, file, revision, patches: patchesOf(patches) };
}

/** @param {Node} node @returns {import('./oracle.mjs').Patch[]} */
function patchesOf(node) {
  if (node.kind !== 'array') throw refuse(node);
  const patches = node.items.map(patchOf);
  patches.forEach(({ id }, index) => {
    const before = patches.findIndex((patch) => patch.id === id);
    if (id === undefined || before === index) return;
    const offset = /** @type {Node} */ (node.items[index]).offset;
    throw new Refusal('malformed_batch', offset, undefined, { index, id }, { index: before, id });
  });
  return patches;
}

/** @param {string} json binary @param {number} byteOffset */
export function positionIn(json, byteOffset) {
  const before = json.slice(0, byteOffset).split('\n');
  return { byteOffset, line: before.length, byteColumn: (before.at(-1) ?? '').length + 1 };
}

/** @param {Batch} batch @param {number} index */
const linesOf = (batch, index) => {
  const { text, lines } = /** @type {import('./oracle.mjs').Patch} */ (batch.patches[index]);
  if (lines) return lines.length;
  return text === undefined ? 0 : Math.max(1, text.replace(/\n$/, '').split('\n').length);
};

/** @param {string} json binary @param {Limits} limits @returns {{ batch: Batch } | { errors: Violation[] }} */
export function readBatch(json, limits = {}) {
  /** @param {number | undefined} limit @param {number} size */
  const within = (limit, size) => limit === undefined || size <= limit;
  /** @param {number | undefined} limit */
  const exceeded = (limit) => ({ errors: [{ code: 'limit_exceeded', limit }] });

  if (!within(limits.batchBytes, json.length)) return exceeded(limits.batchBytes);
  try {
    const root = parse(json);
    const nesting = limits.nesting ?? DEFAULT_NESTING;
    if (!within(nesting, depthOf(root))) return exceeded(nesting);
    const batch = batchOf(root);
    if (!within(limits.patches, batch.patches.length)) return exceeded(limits.patches);
    const added = batch.patches.reduce((sum, _, index) => sum + linesOf(batch, index), 0);
    if (!within(limits.textLines, added)) return exceeded(limits.textLines);
    return { batch };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, offset, patch, other, found } = error.violation;
    /** @type {Violation} */
    const violation = { code, position: positionIn(json, offset) };
    if (patch) violation.patch = patch;
    if (other) violation.other = other;
    if (found !== undefined) violation.found = found;
    return { errors: [violation] };
  }
}
