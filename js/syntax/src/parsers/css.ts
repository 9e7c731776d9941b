import { parse, tokenize, tokenNames } from 'css-tree';
import type { FaultAt } from '../fault.js';

export function cssFaults(text: string): FaultAt[] {
  const faults: FaultAt[] = [];
  parse(text, {
    positions: true,
    onParseError: ({ message, offset }) => faults.push({ message, offset }),
  });
  return [...faults, ...unclosed(text)];
}

const closers: ReadonlyMap<string, string> = new Map([
  ['{-token', '}-token'],
  ['[-token', ']-token'],
  ['(-token', ')-token'],
  ['function-token', ')-token'],
]);

/**
 * What is never closed. CSS closes it in silence where the text or the block around it ends, and
 * css-tree with it; but of a patched file it says that a patch took a bracket away.
 */
function unclosed(text: string): FaultAt[] {
  const open: { readonly closer: string; readonly offset: number }[] = [];
  const waiting = new Map([...closers.values()].map((closer) => [closer, 0]));
  const faults: FaultAt[] = [];
  const pop = () => {
    const last = open.pop();
    if (last) waiting.set(last.closer, (waiting.get(last.closer) ?? 0) - 1);
    return last;
  };
  const isMissing = ({ closer, offset }: (typeof open)[number]) => {
    faults.push({ message: `"${closer[0]}" is missing for what is opened here`, offset });
  };
  tokenize(text, (type, start, end) => {
    const name = tokenNames[type] ?? '';
    const closer = closers.get(name);
    if (closer !== undefined) {
      open.push({ closer, offset: start });
      waiting.set(closer, (waiting.get(closer) ?? 0) + 1);
    } else if ((waiting.get(name) ?? 0) > 0) {
      // What was opened after the bracket that this one closes never will be.
      for (let last = pop(); last && last.closer !== name; last = pop()) isMissing(last);
    } else if (name === 'comment-token' && !text.slice(start + 2, end).endsWith('*/')) {
      faults.push({ message: 'a comment that does not end', offset: start });
    }
  });
  open.forEach(isMissing);
  return faults;
}
