/**
 * JSON from strangers, strictly, with the place of everything in it: no comments, no trailing commas,
 * no key twice, no lone surrogate, nothing deeper than it needs to be.
 */
import type { InputPosition } from '@firn/engine';
import {
  createScanner,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { FirnSetError, type SetErrorFields } from './error.js';
import { MAX_NESTING } from './limits.js';

/** The text. Throws `set_malformed` for what is not UTF-8, and `set_limit_exceeded` past `maxBytes`. O(n). */
export function decodedJson(input: string | Uint8Array, path: string, maxBytes: number): string {
  if (input.length > maxBytes) {
    const message = `${path} has more than ${maxBytes} bytes, the limit of a manifest`;
    throw new FirnSetError({ code: 'set_limit_exceeded', message, path, limit: maxBytes });
  }
  if (typeof input === 'string') return input;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
  } catch {
    throw new FirnSetError({ code: 'set_malformed', message: `${path} is not UTF-8`, path });
  }
}

/** A JSON text and what messages call it. */
export class JsonText {
  readonly text: string;
  readonly path: string;
  readonly root: Node;

  /** Throws `set_malformed`, and `set_limit_exceeded` past `maxBytes`. O(n). */
  constructor(input: string | Uint8Array, path: string, maxBytes: number) {
    this.path = path;
    this.text = decodedJson(input, path, maxBytes);
    this.#requireShallow();
    const errors: ParseError[] = [];
    const options = { disallowComments: true, allowTrailingComma: false };
    const root = parseTree(this.text, errors, options);
    const [error] = errors;
    if (error) throw this.fault(error.offset, `this is not JSON: ${wordsOf(error)}`);
    if (!root) throw this.fault(0, 'there is no JSON');
    this.root = root;
  }

  /** What is wrong at a UTF-16 offset of the text. */
  fault(offset: number, what: string, fields: Partial<SetErrorFields> = {}): FirnSetError {
    const { path } = this;
    const position = positionOf(this.text, offset);
    const message = `${path}:${position.line}:${position.byteColumn}: ${what}`;
    return new FirnSetError({ code: 'set_malformed', message, path, position, ...fields });
  }

  /** A value as the text has it. */
  spelled({ offset, length }: Node): string {
    return this.text.slice(offset, offset + length);
  }

  /** The parser calls itself for what is nested; this does not. */
  #requireShallow(): void {
    const scanner = createScanner(this.text, true);
    let depth = 0;
    for (let token = scanner.scan(); token !== END_OF_FILE; token = scanner.scan()) {
      if (token === OPEN_BRACE || token === OPEN_BRACKET) depth += 1;
      if (token === CLOSE_BRACE || token === CLOSE_BRACKET) depth -= 1;
      if (depth <= MAX_NESTING) continue;
      const what = `more than ${MAX_NESTING} arrays and objects inside each other`;
      throw this.fault(scanner.getTokenOffset(), what, {
        code: 'set_limit_exceeded',
        limit: MAX_NESTING,
      });
    }
  }
}

// jsonc-parser's SyntaxKind is a const enum, of which no value is left at run time.
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, END_OF_FILE] = [1, 2, 3, 4, 17];

/** "ValueExpected" as "value expected". */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

function positionOf(text: string, offset: number): InputPosition {
  const before = text.slice(0, offset);
  const begin = before.lastIndexOf('\n') + 1;
  const bytes = (part: string) => new TextEncoder().encode(part).length;
  return {
    byteOffset: bytes(before),
    line: before.split('\n').length,
    byteColumn: bytes(before.slice(begin)) + 1,
  };
}
