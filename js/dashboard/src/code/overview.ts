/** The strip beside the scroll bar: where in the whole view the changes, and what was found, are. */

export interface Marks {
  readonly rowCount: number;
  /** Three numbers for each change: its first row, its rows, and 1 for removed, 2 for added, 3 for both. */
  readonly changes: Uint32Array;
  /** Rows in which the search found something. */
  readonly found: readonly number[];
}

const COLOURS = ['--removed-mark', '--added-mark', '--changed-mark', '--found-mark'] as const;

/** Draws every mark at least this high, however large the file. */
const LEAST_PIXELS = 2;

/** A row's own height. */
const MOST_PIXELS = 20;

export class Overview {
  readonly element = document.createElement('canvas');
  #marks: Marks = { rowCount: 0, changes: new Uint32Array(), found: [] };

  /** `onPick` gets a share of the whole, 0 to 1. */
  constructor(onPick: (share: number) => void) {
    this.element.className = 'overview';
    // What it tells is told by the keys for the next change, and by numbers.
    this.element.ariaHidden = 'true';
    const pick = ({ offsetY }: PointerEvent) =>
      onPick(offsetY / (this.#pixelsOfRow() * Math.max(this.#marks.rowCount, 1)));
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
      pick(event);
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) pick(event);
    });
  }

  show(marks: Marks): void {
    this.#marks = marks;
    this.draw();
  }

  draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const scale = globalThis.devicePixelRatio;
    this.element.width = Math.round(width * scale);
    this.element.height = Math.round(height * scale);
    const context = this.element.getContext('2d');
    if (context === null) return;
    context.scale(scale, scale);
    const colours = COLOURS.map((name) => this.#colour(name));
    const { changes, found } = this.#marks;
    const share = this.#pixelsOfRow();
    for (let at = 0; at < changes.length; at += 3) {
      const [row = 0, rows = 0, sides = 1] = changes.subarray(at, at + 3);
      context.fillStyle = colours[sides - 1] ?? '';
      context.fillRect(2, row * share, width - 4, Math.max(rows * share, LEAST_PIXELS));
    }
    context.fillStyle = colours[3] ?? '';
    for (const row of found) {
      context.fillRect(width / 2, row * share, width / 2, Math.max(share, LEAST_PIXELS));
    }
  }

  /** A short file does not fill the strip: its marks stand beside its rows. */
  #pixelsOfRow(): number {
    return Math.min(this.element.clientHeight / Math.max(this.#marks.rowCount, 1), MOST_PIXELS);
  }

  /** As a canvas takes it: a custom property alone would be read as it is written, light-dark() and all. */
  #colour(name: string): string {
    this.element.style.setProperty('color', `var(${name})`);
    return getComputedStyle(this.element).color;
  }
}
