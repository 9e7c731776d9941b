/** What the page shows and what a user can do: the one place where state changes. */
import { EngineClient } from '../client/engine-client.js';
import { FileView } from '../code/file-view.js';
import type { LineOfSide } from '../worker/protocol.js';
import { Address, type Place } from './address.js';
import { download } from './download.js';
import { Editing } from './editing.js';
import { type Remembered, remember } from './memory.js';
import { Opening } from './opening.js';
import {
  filesOf,
  type ManifestReader,
  type PatchSet,
  type Project,
  ProjectError,
  variantOf,
} from './project.js';
import { Saving } from './saving.js';
import { messageOf, Store } from './store.js';
import { Summaries } from './summaries.js';
import { everythingOn, keysOn, type Switches, sourcesOff, withoutSources } from './switches.js';
import { Upgrade } from './upgrade.js';

/** Unchanged lines around a change. */
const CONTEXT_LINES = 3;

export class Session extends Store {
  readonly client = new EngineClient();
  readonly view: FileView;
  readonly saving: Saving;
  readonly editing: Editing;
  readonly upgrade: Upgrade;
  readonly opening: Opening;
  readonly summaries: Summaries;
  readonly #address = new Address();
  readonly #switches = new Map<string, Switches>();
  #loading = new AbortController();

  constructor() {
    super();
    this.view = new FileView(this.client, {
      onSelect: (selected) => {
        this.change({ selected, refusal: undefined });
        this.#writeAddress();
      },
      onRefusal: (refusal) => this.change({ refusal, selected: undefined }),
      onError: (error) => this.fail(error),
    });
    this.saving = new Saving(this, this.client);
    this.editing = new Editing(this, this);
    this.upgrade = new Upgrade(this, this);
    this.opening = new Opening(this, this);
    this.summaries = new Summaries(this, this.client);
  }

  readonly manifests: ManifestReader = {
    set: (bytes, name) => this.client.call('readSet', { name, bytes }, {}, [bytes.buffer]),
    build: (bytes, name) => this.client.call('readBuild', { name, bytes }, {}, [bytes.buffer]),
  };

  /** Shows a project, at `place` as far as it has it. */
  async openProject(project: Project, place: Place = {}): Promise<void> {
    if (!(await this.editing.leaveProject())) return;
    this.#switches.clear();
    this.upgrade.cancel();
    this.#address.begin();
    this.change({ phase: 'ready', problem: undefined, project });
    this.editing.begin(project);
    await this.#goTo(project, place);
  }

  async #goTo(project: Project, place: Place): Promise<void> {
    const set = project.sets.find(({ id }) => id === place.set) ?? project.sets[0];
    const against = project.sets.find(({ id }) => id === place.against);
    const preferences = { ...this.state.preferences, ...(place.view && { mode: place.view }) };
    this.change({ set, against, preferences });
    const file = place.file && project.files.has(place.file) ? place.file : firstFile(project, set);
    void this.summaries.begin();
    await this.#open(file, place.line);
    const missing = missingIn(project, place);
    if (missing !== undefined && this.state.file === file) this.change({ problem: missing });
  }

  /** There is nothing to show: the page asks for something. What is open stays, and all that is edited in it. */
  showNothing(problem?: unknown): void {
    this.change({
      phase: this.state.project ? 'ready' : 'empty',
      problem: problem === undefined ? undefined : messageOf(problem),
    });
  }

  async openFile(file: string | undefined, line?: number): Promise<void> {
    if (!(await this.editing.leave())) return;
    this.change({ pane: 'code' });
    await this.#open(file, line);
  }

  /** Shows a file whose patches have changed: what was off stays off, and the place stays. */
  async showAgain(set: PatchSet, file: string, line = this.view.line): Promise<void> {
    const { opened, switches } = this.state;
    const isSameSet = this.state.set?.id === set.id;
    const isHere = isSameSet && this.state.file === file;
    const off = isHere && opened ? sourcesOff(opened, switches) : undefined;
    this.change({ set });
    this.#switches.delete(this.#key(file));
    void this.summaries.begin(isSameSet ? file : undefined);
    await this.#open(file, isHere ? line : undefined, off);
  }

  /** Shows the project with other texts and other patches. */
  async showUpgraded(project: Project): Promise<void> {
    this.#switches.clear();
    const set = project.sets.find(({ id }) => id === this.state.set?.id) ?? project.sets[0];
    this.change({ project, set, against: undefined });
    this.editing.forgetSteps();
    void this.summaries.begin();
    await this.#open(this.state.file);
  }

  async #open(file: string | undefined, line?: number, off?: ReadonlySet<string>): Promise<void> {
    const { project, set, against } = this.state;
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.change({ file, selected: undefined, refusal: undefined, found: undefined, query: '' });
    const stored = file === undefined ? undefined : project?.files.get(file);
    if (file === undefined || stored === undefined) {
      if (file !== undefined) this.change({ problem: `the baseline has no file ${file}` });
      return;
    }
    await this.busy(async () => {
      const baseline = await stored.bytes(signal);
      const variant = await variantOf(set, file, signal);
      const other = against && (await variantOf(against, file, signal));
      signal.throwIfAborted();
      const { mode, isFolded, showSpaces } = this.state.preferences;
      const known = this.#switches.get(this.#key());
      const { opened, applied } = await this.view.open(
        { name: file, baseline, ...variant },
        {
          against: other,
          look: { mode, context: isFolded ? CONTEXT_LINES : null, showSpaces },
          keys: known && keysOn(known),
        },
      );
      const switches = known ?? (off ? withoutSources(opened, off) : everythingOn(opened));
      const shown = { file, set: set?.id, against: against?.id };
      this.change({ shown, opened, applied, switches, problem: undefined });
      if (off) this.change({ applied: await this.view.apply(keysOn(switches)) });
      this.#writeAddress(line);
      if (line !== undefined) {
        const last = Math.max(applied.patched.lineCount, 1);
        await this.view.goToLine({ side: 'line', line: Math.min(line, last) });
      }
    });
  }

  async chooseSet(id: string): Promise<void> {
    if (!(await this.editing.leave())) return;
    const { project, file, against } = this.state;
    const set = project?.sets.find((one) => one.id === id);
    if (set === undefined) return;
    this.change({ set, against: against?.id === id ? undefined : against });
    void this.summaries.begin();
    const isPatched = set.patches.some((patch) => patch.file === file);
    await this.openFile(isPatched || !project ? file : firstFile(project, set));
  }

  async compareWith(id: string | undefined): Promise<void> {
    if (!(await this.editing.leave())) return;
    this.change({ against: this.state.project?.sets.find((one) => one.id === id) });
    await this.openFile(this.state.file);
  }

  /** Turns patches on or off. */
  async switchPatches(keys: readonly number[], isOn: boolean): Promise<void> {
    const off = new Set(this.state.switches.off);
    for (const key of keys) {
      if (isOn) off.delete(key);
      else off.add(key);
    }
    await this.#apply({ ...this.state.switches, off });
  }

  /** Puts a patch at another place of the order, from 0: of two that collide, the earlier one stays. */
  async movePatch(key: number, to: number): Promise<void> {
    const { order } = this.state.switches;
    const rest = order.filter((other) => other !== key);
    const at = Math.min(Math.max(to, 0), rest.length);
    await this.#apply({ ...this.state.switches, order: rest.toSpliced(at, 0, key) });
  }

  async chooseSteps(steps: number): Promise<void> {
    await this.#apply({ ...this.state.switches, steps });
  }

  async choosePreferences(changed: Partial<Remembered>): Promise<void> {
    const preferences = { ...this.state.preferences, ...changed };
    this.change({ preferences });
    remember(preferences);
    this.#writeAddress();
    if ('theme' in changed) this.view.redraw();
    if ('mode' in changed || 'isFolded' in changed || 'showSpaces' in changed) {
      const { mode, isFolded, showSpaces } = preferences;
      const context = isFolded ? CONTEXT_LINES : null;
      await this.busy(async () => {
        await this.view.arrange({ mode, context, showSpaces });
        this.#tellFound();
      });
    }
  }

  async search(text: string, caseSensitive: boolean): Promise<void> {
    this.change({ query: text, found: undefined });
    await this.busy(async () => {
      const onProgress = (searchProgress: number) => this.change({ searchProgress });
      await this.view.search({ text, caseSensitive }, { onProgress });
      const found = text === '' ? undefined : await this.view.goToFound(1);
      this.change({ found, searchProgress: undefined });
    });
  }

  /** Takes the search away, and what it found. */
  endSearch(): void {
    if (!this.state.isSearching) return;
    this.change({ isSearching: false });
    void this.search('', false);
    this.view.focus();
  }

  async goToFound(direction: 1 | -1): Promise<void> {
    await this.busy(async () => this.change({ found: await this.view.goToFound(direction) }));
  }

  async goToLine(place: LineOfSide): Promise<void> {
    const { opened, applied } = this.state;
    const text = place.side === 'base' ? opened?.baseline : applied?.patched;
    const line = Math.min(Math.max(place.line, 1), Math.max(text?.lineCount ?? 1, 1));
    await this.busy(() => this.view.goToLine({ ...place, line }));
  }

  async goToPatch(key: number): Promise<void> {
    this.change({ pane: 'code' });
    await this.busy(() => this.view.goToPatch(key));
  }

  async copyDiff(): Promise<void> {
    await this.busy(async () => {
      // Browsers have none for pages that came without encryption.
      if (navigator.clipboard === undefined) {
        throw new ProjectError('The clipboard is only for pages that came over https.');
      }
      const diff = await this.view.document.call('unifiedDiff', {});
      await navigator.clipboard.writeText(new TextDecoder().decode(diff));
      this.notify('The diff is in the clipboard');
    });
  }

  async savePatched(): Promise<void> {
    await this.busy(async () => {
      download(this.#fileName(), await this.view.document.call('patchedBytes', {}));
    });
  }

  dismissProblem(): void {
    this.change({ problem: undefined });
  }

  /** Goes to what an address says. */
  async followAddress(hash: string): Promise<void> {
    const { project } = this.state;
    const place = this.#address.follow(hash);
    if (project === undefined || place === undefined) return;
    if (await this.editing.leave()) await this.#goTo(project, place);
    else this.#writeAddress();
  }

  #writeAddress(line?: number): void {
    const { set, against, file, preferences, selected } = this.state;
    const selectedLine = selected?.place.side === 'line' ? selected.place.line : undefined;
    this.#address.write({
      set: set?.id,
      against: against?.id,
      file,
      view: preferences.mode,
      line: line ?? selectedLine,
    });
  }

  async #apply(switches: Switches): Promise<void> {
    if (!(await this.editing.leave())) return;
    this.#switches.set(this.#key(), switches);
    this.change({ switches, selected: undefined, refusal: undefined });
    await this.busy(async () => {
      this.change({ applied: await this.view.apply(keysOn(switches)) });
      this.#tellFound();
    });
  }

  /** What was found was searched for again. */
  #tellFound(): void {
    if (this.state.found !== undefined) this.change({ found: this.view.found });
  }

  #key(file = this.state.file): string {
    const { set, against } = this.state;
    return JSON.stringify([set?.id, against?.id, file]);
  }

  #fileName(): string {
    return this.state.file?.split('/').at(-1) ?? 'file';
  }
}

/** What somebody asked for and the project has not. */
function missingIn({ files, sets }: Project, { set, against, file }: Place): string | undefined {
  const id = [set, against].find((one) => one !== undefined && !sets.some((of) => of.id === one));
  if (id !== undefined) return `The address names the set ${id}, which is not there.`;
  if (file === undefined || files.has(file)) return undefined;
  return `The address names the file ${file}, which is not there.`;
}

function firstFile(project: Project, set: PatchSet | undefined): string | undefined {
  return filesOf(set).find((file) => project.files.has(file)) ?? project.files.keys().next().value;
}
