/**
 * Code, line by line, of any length: only what is on screen is in the document. Rows come from a source,
 * which may take its time; the view never waits for it.
 */
import type { Row } from '../worker/protocol.js';
import { Overview } from './overview.js';
import { RowCache, type RowSource } from './row-cache.js';
import { RowElement, type RowLook } from './row-element.js';
import { VirtualScroll } from './virtual-scroll.js';

export interface ShownRows extends RowSource {
  readonly changes: Uint32Array;
  /** Of the largest line number. */
  readonly digits: number;
}

export interface CodeViewListener {
  /** The cursor came to a row. */
  onCursor(index: number, row: Row): void;
  /** A row was chosen: Enter, or a click. */
  onChoose(index: number, row: Row): void;
  /** Of lines that are longer than what is shown of them, what comes after it (1) or before it (-1) is wanted. */
  onSideways(direction: 1 | -1): void;
}

/** Pixels, where the style sheet says nothing. */
const ROW_HEIGHT = 20;

/** Without a new picture: then nobody scrolls. */
const REST_MILLISECONDS = 60;

const NOTHING: ShownRows = {
  rowCount: 0,
  changes: new Uint32Array(),
  digits: 1,
  first: 0,
  here: [],
  rows: async () => [],
};

export class CodeView {
  readonly element = document.createElement('div');
  readonly #viewport = document.createElement('div');
  readonly #layer = document.createElement('div');
  readonly #spacer = document.createElement('div');
  readonly #overview: Overview;
  readonly #scroll: VirtualScroll;
  readonly #listener: CodeViewListener;
  readonly #slots: RowElement[] = [];
  readonly #shown: (Row | undefined)[] = [];
  readonly #shownIndex: number[] = [];
  #look: RowLook;
  #cache = new RowCache(NOTHING, () => this.#soon());
  #changes = NOTHING.changes;
  #found: readonly number[] = [];
  #cursor = 0;
  /** Until somebody points at a row, none is marked. */
  #hasCursor = false;
  #rowHeight = ROW_HEIGHT;
  #widestText = 0;
  #isDrawing = false;
  #widening = 0;
  #wantedMark: number | undefined;

  constructor(listener: CodeViewListener, look: RowLook) {
    this.#listener = listener;
    this.#look = look;
    this.element.className = 'code-view';
    this.#viewport.className = 'viewport';
    this.#viewport.tabIndex = 0;
    this.#viewport.role = 'grid';
    this.#viewport.ariaLabel = 'Code';
    this.#layer.className = 'layer';
    this.#layer.role = 'rowgroup';
    this.#spacer.className = 'spacer';
    this.#spacer.role = 'presentation';
    this.#spacer.append(this.#layer);
    this.#viewport.append(this.#spacer);
    this.#overview = new Overview((share) => {
      this.#scroll.top = share * this.rowCount * this.#rowHeight - this.#viewport.clientHeight / 2;
    });
    this.element.append(this.#viewport, this.#overview.element);
    this.#scroll = new VirtualScroll(this.#viewport, this.#spacer, () => this.#soon());
    this.#viewport.addEventListener('keydown', (event) => this.#keyDown(event));
    this.#layer.addEventListener('click', (event) => this.#click(event));
    this.#viewport.addEventListener('focus', () => {
      this.#hasCursor = true;
      this.#soon();
    });
    new ResizeObserver(() => {
      this.#measure();
      this.#resize();
      this.#overview.draw();
      this.#soon();
    }).observe(this.#viewport);
  }

  get rowCount(): number {
    return this.#cache.source.rowCount;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** The row at the top, to come back to. */
  get topRow(): number {
    return Math.floor(this.#scroll.top / this.#rowHeight);
  }

  /** If it is here. */
  rowAt(index: number): Row | undefined {
    return this.#cache.row(index);
  }

  /** Forgets where it was and what was marked: what is shown next is another text, of this name. */
  reset(label: string): void {
    this.#viewport.ariaLabel = label;
    this.#cursor = 0;
    this.#hasCursor = this.#viewport.matches(':focus');
    this.#found = [];
    this.#viewport.scrollLeft = 0;
    this.#scroll.top = 0;
  }

  /** Shows other rows, `topRow` at the top; undefined: the place stays. */
  show(rows: ShownRows, look: RowLook, topRow?: number): void {
    this.#cache.close();
    this.#cache = new RowCache(rows, () => this.#soon());
    this.#look = look;
    this.#changes = rows.changes;
    this.#cursor = Math.min(this.#cursor, Math.max(rows.rowCount - 1, 0));
    this.#viewport.ariaRowCount = String(rows.rowCount);
    this.#viewport.classList.toggle('is-split', look.isSplit);
    this.#viewport.ariaColCount = look.isSplit ? '5' : '3';
    this.#viewport.style.setProperty('--digits', String(Math.max(rows.digits, 2)));
    this.#shownIndex.fill(-1);
    this.#widestText = 0;
    this.#resize();
    if (topRow !== undefined) this.#scroll.top = topRow * this.#rowHeight;
    this.#overview.show({ rowCount: rows.rowCount, changes: rows.changes, found: this.#found });
    this.#draw();
  }

  /** Rows to mark in the overview. */
  markFound(rows: readonly number[]): void {
    this.#found = rows;
    this.#overview.show({ rowCount: this.rowCount, changes: this.#changes, found: rows });
  }

  /** Puts the cursor on a row and brings it to sight: a third from the top if it is not there yet. */
  goTo(index: number): void {
    this.#hasCursor = true;
    this.#cursor = Math.min(Math.max(index, 0), Math.max(this.rowCount - 1, 0));
    const top = this.#cursor * this.#rowHeight;
    const height = this.#viewport.clientHeight;
    if (top < this.#scroll.top || top + this.#rowHeight > this.#scroll.top + height) {
      this.#scroll.top = top - height / 3;
    }
    this.#draw();
    this.#tellCursor();
  }

  /** Brings a mark of the search at the cursor to sight, the first one by 0: as soon as its row is there. */
  showMark(mark: number): void {
    this.#wantedMark = mark;
    this.#soon();
  }

  /** The first row of the change after (1) or before (-1) the cursor; around the end if need be. */
  rowOfChange(direction: 1 | -1): number | undefined {
    const starts: number[] = [];
    for (let at = 0; at < this.#changes.length; at += 3) starts.push(this.#changes[at] ?? 0);
    if (direction === 1) return starts.find((row) => row > this.#cursor) ?? starts[0];
    return starts.findLast((row) => row < this.#cursor) ?? starts.at(-1);
  }

  focus(): void {
    this.#viewport.focus({ preventScroll: true });
  }

  /** After the colours changed. */
  redraw(): void {
    this.#shownIndex.fill(-1);
    this.#overview.draw();
    this.#draw();
  }

  /** The style sheet may have larger rows for larger screens. */
  #measure(): void {
    const said = getComputedStyle(this.element).getPropertyValue('--row-height');
    const rowHeight = Number.parseFloat(said) || ROW_HEIGHT;
    if (rowHeight === this.#rowHeight) return;
    const { topRow } = this;
    this.#rowHeight = rowHeight;
    this.#resize();
    this.#scroll.top = topRow * rowHeight;
  }

  /** Rows that fit on screen, those cut off among them. */
  get screenRows(): number {
    return Math.ceil(this.#viewport.clientHeight / this.#rowHeight) + 1;
  }

  #resize(): void {
    const { clientWidth } = this.#viewport;
    const code = this.#layer.querySelector('.row:not([hidden]) > .code');
    const room = code?.clientWidth ?? clientWidth;
    const needed = this.#widestText === 0 ? 0 : Math.max(this.#widestText - room, 0);
    this.#scroll.resize(this.rowCount * this.#rowHeight, needed > 0 ? clientWidth + needed : 0);
  }

  #soon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#draw();
    });
  }

  #draw(): void {
    const top = this.#scroll.top;
    // Asked before anything is changed: then the browser need not lay out what is not painted.
    const { scrollLeft } = this.#viewport;
    const first = Math.floor(top / this.#rowHeight);
    const end = Math.min(first + this.screenRows, this.rowCount);
    this.#cache.want(first, Math.max(end - 1, first));
    this.#makeSlots(this.screenRows);
    const used = new Set<number>();
    for (let index = first; index < end; index += 1) {
      const slot = index % this.#slots.length;
      used.add(slot);
      this.#fill(slot, index, index * this.#rowHeight - top);
    }
    for (const [slot, { element }] of this.#slots.entries()) element.hidden = !used.has(slot);
    this.#layer.style.setProperty('--shift', `${-scrollLeft}px`);
    const isCursorHere = this.#cursor >= first && this.#cursor < end;
    if (isCursorHere) this.#viewport.setAttribute('aria-activedescendant', `row-${this.#cursor}`);
    else this.#viewport.removeAttribute('aria-activedescendant');
    this.#widenSoon();
    if (isCursorHere && this.#wantedMark !== undefined) this.#scrollToMark(this.#wantedMark);
  }

  #scrollToMark(mark: number): void {
    const row = this.#slots[this.#cursor % this.#slots.length];
    if (row === undefined || this.rowAt(this.#cursor) === undefined) return;
    this.#wantedMark = undefined;
    const found = row.element.querySelectorAll<HTMLElement>('.found')[mark];
    const code = found?.closest<HTMLElement>('.code');
    if (!found || !code) return;
    this.#widen();
    const { scrollLeft } = this.#viewport;
    const isInSight =
      found.offsetLeft >= scrollLeft &&
      found.offsetLeft + found.offsetWidth <= scrollLeft + code.clientWidth;
    if (!isInSight) this.#viewport.scrollLeft = found.offsetLeft - code.clientWidth / 3;
  }

  #makeSlots(least: number): void {
    while (this.#slots.length < least) {
      const slot = new RowElement();
      this.#slots.push(slot);
      this.#shownIndex.push(-1);
      this.#shown.push(undefined);
      this.#layer.append(slot.element);
      // Another number of slots gives every row another one.
      this.#shownIndex.fill(-1);
    }
  }

  #fill(slot: number, index: number, top: number): void {
    const row = this.#cache.row(index);
    const holder = this.#slots[slot];
    if (holder === undefined) return;
    if (this.#shownIndex[slot] !== index || this.#shown[slot] !== row) {
      holder.show(index, row, this.#look);
      this.#shownIndex[slot] = index;
      this.#shown[slot] = row;
    }
    const { element } = holder;
    element.style.setProperty('transform', `translateY(${top}px)`);
    element.classList.toggle('is-cursor', this.#hasCursor && index === this.#cursor);
    element.ariaSelected = index === this.#cursor ? 'true' : 'false';
  }

  /** To measure is to lay out: once, when the view rests. */
  #widenSoon(): void {
    clearTimeout(this.#widening);
    this.#widening = setTimeout(() => this.#widen(), REST_MILLISECONDS);
  }

  /** Makes room to the right for the longest line seen so far. */
  #widen(): void {
    let widest = this.#widestText;
    for (const { element } of this.#slots) {
      if (element.hidden) continue;
      for (const text of element.querySelectorAll<HTMLElement>('.text')) {
        widest = Math.max(widest, text.offsetWidth);
      }
    }
    if (widest <= this.#widestText) return;
    this.#widestText = widest;
    this.#resize();
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const page = Math.max(this.screenRows - 2, 1);
    const moves: Record<string, number> = {
      ArrowUp: this.#cursor - 1,
      ArrowDown: this.#cursor + 1,
      PageUp: this.#cursor - page,
      PageDown: this.#cursor + page,
      Home: 0,
      End: this.rowCount - 1,
    };
    const to = moves[event.key];
    const sideways = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    if (event.shiftKey && sideways !== undefined) {
      event.preventDefault();
      this.#goSideways(sideways);
    } else if (to !== undefined) {
      event.preventDefault();
      this.goTo(to);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#choose(this.#cursor);
    }
  }

  #click({ target }: MouseEvent): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    const index = Number(row?.dataset['index'] ?? -1);
    // Who marks text to copy it does not mean the line.
    const isMarking = globalThis.getSelection()?.isCollapsed === false;
    if (index < 0 || isMarking) return;
    const rest = target instanceof Element ? target.closest('.rest') : null;
    if (rest !== null) {
      this.#listener.onSideways(rest.classList.contains('after') ? 1 : -1);
      return;
    }
    this.#cursor = index;
    this.#hasCursor = true;
    this.#draw();
    this.#tellCursor();
    this.#choose(index);
  }

  /** As far as a line on screen has something there. */
  #goSideways(direction: 1 | -1): void {
    const side = direction === 1 ? 'after' : 'before';
    const rest = this.#layer.querySelector(`.row:not([hidden]) .rest.${side}`);
    if (rest !== null) this.#listener.onSideways(direction);
  }

  #tellCursor(): void {
    const row = this.rowAt(this.#cursor);
    if (row !== undefined) this.#listener.onCursor(this.#cursor, row);
  }

  #choose(index: number): void {
    const row = this.rowAt(index);
    if (row !== undefined) this.#listener.onChoose(index, row);
  }
}
