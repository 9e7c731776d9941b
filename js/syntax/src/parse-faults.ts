import { type FaultAt, placed, type SyntaxFault } from './fault.js';
import { languageOf } from './language.js';

/** The parser that a file wants is not installed. */
export class SyntaxParserError extends Error {
  override readonly name = 'SyntaxParserError';
  readonly code = 'syntax_parser_missing';
  /** The package to install. */
  readonly parser: string;

  /** @internal */
  constructor(parser: string, file: string, cause: unknown) {
    super(`the syntax of ${file} is checked with ${parser}, which did not load: install it`, {
      cause,
    });
    this.parser = parser;
  }
}

/**
 * What is wrong with a text, in its order; nothing for a file whose language is not known. `file`
 * only says which language it is; a query behind it is ignored. A mark of byte order does not count
 * as a column. Rejects with `SyntaxParserError` where the parser is not installed. O(n).
 */
export async function parseFaults(file: string, text: string): Promise<SyntaxFault[]> {
  const name = file.replace(/[?#].*$/, '');
  const unmarked = text.replace(/^\uFEFF/, '');
  return placed(unmarked, await faultsIn(name, unmarked));
}

async function faultsIn(file: string, text: string): Promise<FaultAt[]> {
  const language = languageOf(file);
  switch (language) {
    case undefined:
      return [];
    case 'css': {
      const parser = await loaded('css-tree', file, () => import('./parsers/css.js'));
      return parser.cssFaults(text);
    }
    case 'json':
    case 'jsonc': {
      const { jsonFaults } = await import('./parsers/json.js');
      return jsonFaults(text, language);
    }
    default: {
      const parser = await loaded('oxc-parser', file, () => import('./parsers/javascript.js'));
      return parser.javascriptFaults(file, text, language);
    }
  }
}

async function loaded<T>(parser: string, file: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new SyntaxParserError(parser, file, cause);
  }
}
