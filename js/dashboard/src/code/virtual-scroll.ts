/**
 * Scrolls content of any height. Browsers stop at some 16 to 33 million pixels, so a taller content lies in
 * a box of limited height: dragging the scroll bar moves through all of it in proportion, the wheel and the
 * keys move by the pixels they say, and where the two have drifted apart, the bar follows when it rests.
 */

/** Well below what any browser allows. */
const MOST_PIXELS = 8_000_000;

/** A step of more than this many viewports is a drag of the scroll bar. */
const VIEWPORTS_OF_A_STEP = 3;

export class VirtualScroll {
  readonly #viewport: HTMLElement;
  readonly #spacer: HTMLElement;
  readonly #onMove: () => void;
  #height = 0;
  #top = 0;
  #lastScrollTop = 0;

  /** `spacer` is what gives the viewport something to scroll. */
  constructor(viewport: HTMLElement, spacer: HTMLElement, onMove: () => void) {
    this.#viewport = viewport;
    this.#spacer = spacer;
    this.#onMove = onMove;
    viewport.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    viewport.addEventListener('scrollend', () => this.#settle(), { passive: true });
  }

  /** Pixels of the content above the viewport. */
  get top(): number {
    return this.#top;
  }

  set top(top: number) {
    this.#top = Math.min(Math.max(top, 0), this.#most());
    this.#settle();
    this.#onMove();
  }

  /** What there is to scroll; the place stays, as far as it is still there. */
  resize(height: number, width: number): void {
    this.#height = height;
    this.#spacer.style.setProperty('height', `${Math.min(height, MOST_PIXELS)}px`);
    this.#spacer.style.setProperty('width', `${width}px`);
    this.#top = Math.min(this.#top, this.#most());
    this.#settle();
  }

  #most(): number {
    return Math.max(this.#height - this.#viewport.clientHeight, 0);
  }

  /** Pixels of content for each pixel of the box. */
  #ratio(): number {
    const room = Math.min(this.#height, MOST_PIXELS) - this.#viewport.clientHeight;
    return room > 0 ? this.#most() / room : 1;
  }

  #scrolled(): void {
    const { scrollTop, clientHeight } = this.#viewport;
    const step = scrollTop - this.#lastScrollTop;
    this.#lastScrollTop = scrollTop;
    const ratio = this.#ratio();
    const isStep = ratio > 1 && Math.abs(step) < VIEWPORTS_OF_A_STEP * clientHeight;
    const top = isStep ? this.#top + step : scrollTop * ratio;
    this.#top = Math.min(Math.max(top, 0), this.#most());
    this.#onMove();
  }

  /** Puts the bar where the content is. The event that follows is a step of nothing. */
  #settle(): void {
    const scrollTop = Math.round(this.#top / this.#ratio());
    if (Math.abs(scrollTop - this.#viewport.scrollTop) >= 1) this.#viewport.scrollTop = scrollTop;
    this.#lastScrollTop = this.#viewport.scrollTop;
  }
}
