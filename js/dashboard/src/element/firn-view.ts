/**
 * `<firn-view>`: one file and the patches over it, in any page.
 *
 *     <script type="module" src="firn-view.js"></script>
 *     <firn-view name="Cart.jsx" baseline-src="Cart.jsx" batches-src="cart.json" view="split"></firn-view>
 *
 * Or by properties: `view.baseline = text; view.batches = [batch];`. The engine runs in one worker for all
 * views of a page; the worker and `firn.wasm` lie in `assets/` beside this module, on the page's origin.
 */
import { EngineClient } from '../client/engine-client.js';
import codeStyles from '../code/code-view.css?inline';
import { FileView, isAbort, type Selected } from '../code/file-view.js';
import type { Found } from '../code/found-places.js';
import { visible } from '../code/visible-text.js';
import themeStyles from '../theme.css?inline';
import type { ViewMode } from '../worker/layout.js';
import type { Applied, Opened, PatchFacts, PatchSource } from '../worker/protocol.js';
import type { FirnViewEventMap, SelectionDetail, ShownPatch } from './events.js';
import elementStyles from './firn-view.css?inline';
import {
  addressesIn,
  bytesOf,
  fetchBytes,
  type PatchesInput,
  sourceOf,
  type TextInput,
} from './inputs.js';

export type {
  FirnViewEventMap,
  ReadyDetail,
  SelectionDetail,
  ShownPatch,
  ViolationsDetail,
} from './events.js';
export type { PatchesInput, TextInput } from './inputs.js';

const VIEWS: readonly ViewMode[] = ['patched', 'unified', 'split'];

const ATTRIBUTES = ['name', 'baseline-src', 'batches-src', 'view', 'theme', 'context', 'spaces'];

const DEFAULT_CONTEXT_LINES = 3;

let sharedClient: EngineClient | undefined;
let sharedStyles: CSSStyleSheet | undefined;

/** A sheet made by script needs no hole in a Content Security Policy. */
function styles(): CSSStyleSheet {
  if (sharedStyles === undefined) {
    sharedStyles = new CSSStyleSheet();
    sharedStyles.replaceSync(`${themeStyles}\n${codeStyles}\n${elementStyles}`);
  }
  return sharedStyles;
}

export class FirnView extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES;

  readonly #name = part('span', 'name');
  readonly #lines = part('span', 'lines');
  readonly #problem = part('div', 'problem');
  #view: FileView | undefined;
  #baseline: TextInput | undefined;
  #batches: readonly PatchesInput[] | undefined;
  #filter: ((patch: ShownPatch) => boolean) | undefined;
  #opened: Opened | undefined;
  #loading = new AbortController();
  #isLoadDue = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [styles()];
    this.#problem.role = 'alert';
    const bar = part('div', 'bar');
    bar.append(
      this.#name,
      this.#lines,
      part('span', 'spring'),
      button('↑', 'Previous change', () => this.#view?.goToChange(-1)),
      button('↓', 'Next change', () => this.#view?.goToChange(1)),
    );
    const head = part('div', 'head');
    head.append(bar, this.#problem);
    root.append(head);
  }

  /** The frozen text. Undefined: what `baseline-src` names. */
  get baseline(): TextInput | undefined {
    return this.#baseline;
  }

  set baseline(text: TextInput | undefined) {
    this.#baseline = text;
    this.#loadSoon();
  }

  /** What changes it, in order: of two patches that collide, the earlier one stays. Undefined: `batches-src`. */
  get batches(): readonly PatchesInput[] | undefined {
    return this.#batches;
  }

  set batches(batches: readonly PatchesInput[] | undefined) {
    this.#batches = batches;
    this.#loadSoon();
  }

  /** Which patches are on; undefined: all. A new one applies at once, and nothing is loaded again. */
  get filter(): ((patch: ShownPatch) => boolean) | undefined {
    return this.#filter;
  }

  set filter(filter: ((patch: ShownPatch) => boolean) | undefined) {
    this.#filter = filter;
    void this.#apply();
  }

  /** `patched`, `unified` (default) or `split`. */
  get view(): ViewMode {
    return VIEWS.find((view) => view === this.getAttribute('view')) ?? 'unified';
  }

  set view(view: ViewMode) {
    this.setAttribute('view', view);
  }

  /** `light`, `dark`, or "" (default): what the page is. */
  get theme(): string {
    return this.getAttribute('theme') ?? '';
  }

  set theme(theme: string) {
    this.setAttribute('theme', theme);
  }

  /** Brings a line (from 1) of the patched text to sight. */
  async goToLine(line: number): Promise<void> {
    await this.#view?.goToLine({ side: 'line', line });
  }

  /** Marks a text wherever it is, also where nothing is rendered yet, and goes to the first place. */
  async search(
    text: string,
    options: { caseSensitive?: boolean } = {},
  ): Promise<Found | undefined> {
    await this.#view?.search({ text, caseSensitive: options.caseSensitive ?? false });
    return this.#view?.goToFound(1);
  }

  /** The change as `git apply` takes it. */
  async unifiedDiff(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#view?.document.call('unifiedDiff', {});
  }

  async patchedBytes(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#view?.document.call('patchedBytes', {});
  }

  connectedCallback(): void {
    sharedClient ??= new EngineClient();
    this.#view = new FileView(sharedClient, {
      onSelect: (selected) => this.#tell('firn-selection', this.#selectionOf(selected)),
      onError: (error) => this.#fail(error),
    });
    this.shadowRoot?.append(this.#view.element);
    this.#loadSoon();
  }

  disconnectedCallback(): void {
    this.#loading.abort();
    this.#view?.element.remove();
    this.#view?.close();
    this.#view = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (name === 'theme') this.#view?.redraw();
    else if (name === 'view' || name === 'context' || name === 'spaces') void this.#arrange();
    else this.#loadSoon();
  }

  /** Once for all that changes at a time. */
  #loadSoon(): void {
    if (this.#isLoadDue || this.#view === undefined) return;
    this.#isLoadDue = true;
    queueMicrotask(() => {
      this.#isLoadDue = false;
      void this.#load();
    });
  }

  async #load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const view = this.#view;
    const baselineAddress = this.getAttribute('baseline-src');
    if (view === undefined || (this.#baseline === undefined && baselineAddress === null)) return;
    try {
      const [baseline, sources] = await Promise.all([
        this.#baseline === undefined
          ? fetchBytes(baselineAddress ?? '', signal)
          : bytesOf(this.#baseline),
        this.#sources(signal),
      ]);
      signal.throwIfAborted();
      const name = this.getAttribute('name') ?? baselineAddress ?? '';
      const { opened, applied } = await view.open(
        { name, baseline, sources },
        { look: this.#look() },
      );
      this.#opened = opened;
      this.#name.textContent = visible(name);
      this.#show(opened, this.#filter ? await view.apply(this.#keysOf(opened)) : applied);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #apply(): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined || this.#view === undefined) return;
    try {
      this.#show(opened, await this.#view.apply(this.#keysOf(opened)));
    } catch (error) {
      this.#fail(error);
    }
  }

  #keysOf({ patches }: Opened): Uint32Array<ArrayBuffer> {
    const on = patches.filter((patch) => this.#filter?.(shownPatch(patch)) ?? true);
    return Uint32Array.from(on, ({ key }) => key);
  }

  #sources(signal: AbortSignal): Promise<PatchSource[]> {
    const given = this.#batches;
    if (given !== undefined) return Promise.resolve(given.map(sourceOf));
    const addresses = addressesIn(this.getAttribute('batches-src'));
    return Promise.all(
      addresses.map(async (name) => ({ name, bytes: await fetchBytes(name, signal) })),
    );
  }

  #show({ sources }: Opened, { patched, linesAdded, linesRemoved, refused }: Applied): void {
    const broken = sources.flatMap(({ problem }) => problem ?? []);
    const violations = [...broken, ...refused.map(({ violation }) => violation)];
    this.#lines.replaceChildren(
      part('span', 'plus', `+${linesAdded}`),
      ' ',
      part('span', 'minus', `−${linesRemoved}`),
      ...(refused.length > 0 ? [' ', part('span', 'refused', `⚠ ${refused.length} refused`)] : []),
    );
    this.#problem.textContent = broken.map(({ message }) => visible(message)).join('\n');
    const { fingerprint, lineCount } = patched;
    this.#tell('firn-violations', { violations });
    this.#tell('firn-ready', { fingerprint, lineCount, linesAdded, linesRemoved });
  }

  async #arrange(): Promise<void> {
    try {
      await this.#view?.arrange(this.#look());
    } catch (error) {
      this.#fail(error);
    }
  }

  #look() {
    const context = this.getAttribute('context');
    const lines = context === null ? DEFAULT_CONTEXT_LINES : Number(context);
    return {
      mode: this.view,
      // `all`, or anything that is no number of lines.
      context: Number.isInteger(lines) && lines >= 0 ? lines : null,
      showSpaces: this.hasAttribute('spaces'),
    };
  }

  #selectionOf({ place, origin }: Selected): SelectionDetail {
    const patch = this.#patchOf(origin.patch);
    return {
      side: place.side === 'line' ? 'patched' : 'baseline',
      line: place.line,
      text: origin.text,
      ...(origin.base !== undefined && { baselineLine: origin.base }),
      ...(patch && { patch }),
    };
  }

  #patchOf(key: number | undefined): ShownPatch | undefined {
    const facts = key === undefined ? undefined : this.#opened?.patches[key];
    return facts && shownPatch(facts);
  }

  #tell<K extends keyof FirnViewEventMap>(type: K, detail: FirnViewEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #fail(error: unknown): void {
    if (isAbort(error)) return;
    const message = error instanceof Error ? error.message : String(error);
    this.#problem.textContent = visible(message);
    this.#tell('firn-error', { message });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'firn-view': FirnView;
  }
}

customElements.get('firn-view') ?? customElements.define('firn-view', FirnView);

function shownPatch({ source, id, reason, author }: PatchFacts): ShownPatch {
  return { batch: source, id, ...(reason && { reason }), ...(author && { author }) };
}

function part(name: 'div' | 'span', className: string, text = ''): HTMLElement {
  const node = document.createElement(name);
  node.className = className;
  if (text !== '') node.textContent = text;
  return node;
}

function button(text: string, label: string, onClick: () => void): HTMLElement {
  const node = document.createElement('button');
  node.type = 'button';
  node.textContent = text;
  node.ariaLabel = label;
  node.title = label;
  node.addEventListener('click', onClick);
  return node;
}
