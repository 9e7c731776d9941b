/** One row on the screen, filled anew whenever another row comes to stand there. */
import type { Cell, LineRow, Row } from '../worker/protocol.js';
import { FOUND_MARK, kindOf, WORD_MARK } from '../worker/style.js';
import { nodesOf, visible } from './visible-text.js';

export interface RowLook {
  readonly isSplit: boolean;
  readonly showSpaces: boolean;
  /** What a patch is called in the margin. */
  nameOfPatch(key: number): string;
}

const SIGNS = { same: '', removed: '−', added: '+', changed: '~' } as const;

/** Patches are told apart by these, and by their names. */
const HUES = 8;

export class RowElement {
  readonly element = element('div', 'row');

  constructor() {
    this.element.role = 'row';
  }

  /** Row `index` of the view; `row` is undefined while it is on its way. */
  show(index: number, row: Row | undefined, look: RowLook): void {
    this.element.id = `row-${index}`;
    this.element.ariaRowIndex = String(index + 1);
    this.element.dataset['index'] = String(index);
    if (row === undefined) {
      this.#become('loading', [cell('gridcell', 'message', '')]);
      return;
    }
    switch (row.kind) {
      case 'fold':
        this.#become('fold', [
          cell('gridcell', 'message', `${count(row.hidden, 'unchanged line')}, show`),
        ]);
        return;
      case 'gone':
        this.#become('gone', [
          margin(row.patch, true, look),
          cell('gridcell', 'message', `${count(row.removed, 'line')} deleted here`),
        ]);
        return;
      case 'note': {
        const { violation, key } = row.refusal;
        const name = look.nameOfPatch(key);
        this.#become('note', [
          cell('gridcell', 'message', `${name} is not applied: ${visible(violation.message)}`),
        ]);
        return;
      }
      default:
        this.#become(row.kind, look.isSplit ? splitCells(row, look) : cells(row, look));
    }
  }

  #become(kind: string, children: HTMLElement[]): void {
    this.element.className = `row ${kind}`;
    this.element.replaceChildren(...children);
  }
}

function cells(row: LineRow, look: RowLook): HTMLElement[] {
  const gutter = cell('rowheader', 'gutter');
  gutter.append(number(row.base, 'base'), number(row.line, 'line'), sign(row.kind));
  return [margin(row.patch, row.isFirst, look), gutter, code(row.cells[0], look)];
}

function splitCells(row: LineRow, look: RowLook): HTMLElement[] {
  const [left, right] = row.cells;
  const isSame = row.kind === 'same';
  const leftGutter = cell(left ? 'rowheader' : 'gridcell', 'gutter');
  leftGutter.append(number(row.base, 'base'), sign(isSame || !left ? 'same' : 'removed'));
  const rightGutter = cell(right ? 'rowheader' : 'gridcell', 'gutter');
  rightGutter.append(number(row.line, 'line'), sign(isSame || !right ? 'same' : 'added'));
  const leftCode = code(left, look);
  const rightCode = code(right, look);
  if (!isSame) {
    for (const side of [leftGutter, leftCode]) side.classList.add(left ? 'old' : 'void');
    for (const side of [rightGutter, rightCode]) side.classList.add(right ? 'new' : 'void');
  }
  return [margin(row.patch, row.isFirst, look), leftGutter, leftCode, rightGutter, rightCode];
}

/** Which patch wrote the line: its name beside its first line, its colour beside all of them. */
function margin(patch: number, isFirst: boolean, look: RowLook): HTMLElement {
  const name = patch >= 0 ? look.nameOfPatch(patch) : '';
  const node = cell('gridcell', 'margin', isFirst ? name : '');
  if (patch >= 0) {
    node.classList.add(`hue-${patch % HUES}`);
    node.title = name;
  }
  return node;
}

function code(shown: Cell | undefined, { showSpaces }: RowLook): HTMLElement {
  const node = cell('gridcell', 'code');
  const text = element('span', 'text');
  node.append(text);
  if (shown === undefined) return node;
  if (shown.before > 0) {
    text.append(element('span', 'rest before', `${count(shown.before, 'character')} before …`));
  }
  let at = 0;
  for (let index = 0; index < shown.runs.length; index += 2) {
    const end = at + (shown.runs[index] ?? 0);
    const nodes = nodesOf(shown.text.slice(at, end), showSpaces);
    const className = classOf(shown.runs[index + 1] ?? 0);
    if (className === '') {
      text.append(...nodes);
    } else {
      const span = element('span', className);
      span.append(...nodes);
      text.append(span);
    }
    at = end;
  }
  if (shown.left > 0) {
    text.append(element('span', 'rest after', `… ${count(shown.left, 'more character')}`));
  }
  return node;
}

function classOf(style: number): string {
  const kind = kindOf(style);
  const names = kind === 'plain' ? [] : [`token-${kind}`];
  if (style & WORD_MARK) names.push('word');
  if (style & FOUND_MARK) names.push('found');
  return names.join(' ');
}

function sign(kind: keyof typeof SIGNS): HTMLElement {
  return element('span', 'sign', SIGNS[kind]);
}

function number(line: number, side: 'base' | 'line'): HTMLElement {
  return element('span', `number ${side}`, line > 0 ? String(line) : '');
}

function cell(role: 'gridcell' | 'rowheader', className: string, text = ''): HTMLElement {
  const node = element('div', className, text);
  node.role = role;
  return node;
}

function element(name: 'div' | 'span', className: string, text = ''): HTMLElement {
  const node = document.createElement(name);
  node.className = className;
  if (text !== '') node.textContent = text;
  return node;
}

const numbers = new Intl.NumberFormat('en');

export function count(value: number, what: string): string {
  return `${numbers.format(value)} ${what}${value === 1 ? '' : 's'}`;
}
