import { type ParseError, type ParseErrorCode, parse, printParseErrorCode } from 'jsonc-parser';
import type { FaultAt } from '../fault.js';

export function jsonFaults(text: string, language: 'json' | 'jsonc'): FaultAt[] {
  const errors: ParseError[] = [];
  const lenient = language === 'jsonc';
  parse(text, errors, {
    disallowComments: !lenient,
    allowTrailingComma: lenient,
    allowEmptyContent: lenient,
  });
  return errors.map(({ error, offset }) => ({ message: wordsOf(error), offset }));
}

/** "CommaExpected" as "comma expected". */
function wordsOf(error: ParseErrorCode): string {
  return printParseErrorCode(error)
    .replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
