import { parseSync } from 'oxc-parser';
import type { FaultAt } from '../fault.js';

/** By what a file's name says of it; what it does not say, its text may. */
function sourceTypeOf(file: string): 'module' | 'commonjs' | 'unambiguous' {
  if (/\.[cm]?tsx?$|\.mjs$/.test(file)) return /\.cts$/.test(file) ? 'unambiguous' : 'module';
  return file.endsWith('.cjs') ? 'commonjs' : 'unambiguous';
}

export function javascriptFaults(
  file: string,
  text: string,
  language: 'js' | 'ts' | 'tsx',
): FaultAt[] {
  const { errors } = parseSync(file, text, {
    lang: language === 'js' ? 'jsx' : /\.d\.[cm]?ts$/.test(file) ? 'dts' : language,
    sourceType: sourceTypeOf(file),
    // A name that is declared twice is an error in every engine and bundler.
    showSemanticErrors: true,
  });
  return errors
    .filter(({ severity }) => severity === 'Error')
    .map(({ message, helpMessage, labels: [label] }) => ({
      message,
      ...(helpMessage === null ? {} : { help: helpMessage }),
      offset: label?.start ?? 0,
    }));
}
