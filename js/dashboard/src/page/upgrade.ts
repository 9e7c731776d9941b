/** Another version of the baseline: what becomes of every patch of every set, and what has to be decided. */
import type { CarriedPatchOfSet } from '@firn/sets';
import type { EngineClient } from '../client/engine-client.js';
import type { DisputedLines, DisputeRequest } from '../worker/edit-protocol.js';
import type { Editing } from './editing.js';
import { type PatchSet, type Project, ProjectError, type Stored } from './project.js';
import { newBaseline } from './project-files.js';
import { fileInput, storedPatch } from './set-folder.js';
import type { Store } from './store.js';

export interface CarriedRow {
  readonly set: string;
  readonly file: string;
  readonly carried: CarriedPatchOfSet;
  /** A person said that it goes. */
  readonly isLeftOut: boolean;
}

export interface Dispute {
  readonly row: CarriedRow;
  readonly conflicts: readonly DisputedLines[];
}

export interface UpgradeState {
  /** The new texts, by path. */
  readonly texts: ReadonlyMap<string, Stored>;
  /** Files with patches whose text is another now. */
  readonly changed: readonly string[];
  readonly rows: readonly CarriedRow[];
  readonly dispute?: Dispute | undefined;
}

/** What the page does besides. */
export interface UpgradedSession {
  readonly client: EngineClient;
  readonly editing: Pick<Editing, 'leave'>;
  /** Shows the project with other texts and other patches. */
  showUpgraded(project: Project): Promise<void>;
}

/** Nobody has decided about it yet. */
export function isOpen({ carried: { status }, isLeftOut }: CarriedRow): boolean {
  return !isLeftOut && status !== 'carried' && status !== 'upstream';
}

export class Upgrade {
  readonly #store: Store;
  readonly #session: UpgradedSession;
  /** What is done for a new baseline ends when it is another one, or none. */
  #carrying = new AbortController();

  constructor(store: Store, session: UpgradedSession) {
    this.#store = store;
    this.#session = session;
  }

  /** Asks for the new baseline. */
  async start(): Promise<void> {
    const { project, upgrade } = this.#store.state;
    if (!project || !(await this.#session.editing.leave())) return;
    const asked = upgrade ?? { texts: new Map(), changed: [], rows: [] };
    this.#store.change({ upgrade: asked, isOpening: false, problem: undefined });
  }

  /** Carries all patches to the new texts; nothing is changed by that. */
  async begin(given: Promise<readonly Stored[]>): Promise<void> {
    const { project } = this.#store.state;
    if (project === undefined) return;
    this.#carrying.abort();
    this.#carrying = new AbortController();
    const { signal } = this.#carrying;
    await this.#store.busy(async () => {
      const texts = newBaseline(project, await given);
      const changed = new Set<string>();
      const rows: CarriedRow[] = [];
      for (const set of project.sets) {
        for (const file of filesIn(set, texts)) {
          const input = await fileInput(project, set, file);
          const onto = await bytesOf(texts, file);
          const request = { file: input, onto };
          const { isSame, patches } = await this.#session.client.call('carry', request, { signal });
          if (!isSame) changed.add(file);
          const about = { set: set.id, file, isLeftOut: false };
          rows.push(...patches.map((carried) => ({ ...about, carried })));
        }
      }
      signal.throwIfAborted();
      this.#change({ texts, changed: [...changed].sort(), rows, dispute: undefined });
    });
  }

  /** Shows the three sides of each conflict of a patch. */
  async open(row: CarriedRow): Promise<void> {
    const { signal } = this.#carrying;
    await this.#store.busy(async () => {
      const request = await this.#requestFor(row);
      const conflicts = await this.#session.client.call('disputed', request, { signal });
      if (conflicts.some(isBinary)) {
        throw new ProjectError(
          `${row.carried.patch.label} cannot be decided about here: lines in conflict hold bytes that are not UTF-8, and a page would lose them. firn resolve keeps them.`,
        );
      }
      this.#change({ dispute: { row, conflicts } });
    });
  }

  close(): void {
    this.#change({ dispute: undefined });
  }

  /** Takes what a person decided, conflict by conflict; those that follow the patch are carried along. */
  async decide(choices: readonly (readonly string[])[]): Promise<void> {
    const dispute = this.#state?.dispute;
    if (dispute === undefined) return;
    const { row } = dispute;
    const { signal } = this.#carrying;
    await this.#store.busy(async () => {
      const request = await this.#requestFor(row);
      const followers = this.#beside(row).map(({ carried }) => carried.patch);
      const resolution = { ...request, choices, followers };
      const carried = await this.#session.client.call('resolve', resolution, { signal });
      const byLabel = new Map(carried.map((one) => [one.patch.label, one]));
      this.#changeRows((one) => {
        const now = one.file === row.file ? byLabel.get(one.carried.patch.label) : undefined;
        return now ? { ...one, carried: now } : one;
      });
      this.#change({ dispute: undefined });
    });
  }

  /** Without the patch the set can be carried: it goes, or comes back. */
  leaveOut(row: CarriedRow, isLeftOut: boolean): void {
    this.#changeRows((one) => (one === row ? { ...one, isLeftOut } : one));
  }

  /** Takes the new texts and the patches for them. */
  async take(): Promise<void> {
    const { project } = this.#store.state;
    const state = this.#state;
    if (project === undefined || state === undefined || state.rows.some(isOpen)) return;
    const changed = new Set(state.changed);
    const sets = project.sets.map((set): PatchSet => {
      const { build: _build, ...rest } = set;
      const rows = state.rows.filter((row) => row.set === set.id);
      const carried = new Set(rows.map((row) => row.carried.patch.path));
      // What nobody could read was not carried: it stays as it is.
      const kept = set.patches.filter(
        ({ file, stored }) => !changed.has(file) || !carried.has(stored.path),
      );
      if (kept.length === set.patches.length) return set;
      const renewed = rows.flatMap(({ carried: { renewed: patch }, isLeftOut }) =>
        patch && !isLeftOut ? storedPatch(patch) : [],
      );
      return { ...rest, patches: [...kept, ...renewed] };
    });
    const files = new Map([...project.files, ...state.texts]);
    this.cancel();
    await this.#session.showUpgraded({ ...project, files, sets });
  }

  cancel(): void {
    this.#carrying.abort();
    this.#store.change({ upgrade: undefined });
  }

  get #state(): UpgradeState | undefined {
    return this.#store.state.upgrade;
  }

  async #requestFor(row: CarriedRow): Promise<DisputeRequest> {
    const { patch, dispute } = row.carried;
    if (this.#state === undefined || dispute === undefined) {
      throw new ProjectError(`there is nothing to decide about ${patch.label}`);
    }
    const { onto, upstream } = dispute;
    return {
      onto: await bytesOf(this.#state.texts, row.file),
      renewed: this.#beside(row).flatMap(({ carried }) => carried.renewed ?? []),
      patch,
      conflicts: { base: patch.base, onto, upstream, count: countsOf(row.carried).conflict },
    };
  }

  /** The other patches of its file and its set. */
  #beside(row: CarriedRow): readonly CarriedRow[] {
    return (
      this.#state?.rows.filter(
        ({ set, file, carried }) =>
          set === row.set && file === row.file && carried.patch.label !== row.carried.patch.label,
      ) ?? []
    );
  }

  #changeRows(change: (row: CarriedRow) => CarriedRow): void {
    if (this.#state) this.#change({ rows: this.#state.rows.map(change) });
  }

  #change(changed: Partial<UpgradeState>): void {
    const { upgrade } = this.#store.state;
    if (upgrade) this.#store.change({ upgrade: { ...upgrade, ...changed } });
  }
}

function isBinary({ base, ours, theirs }: DisputedLines): boolean {
  return [...base, ...ours, ...theirs].some((line) => line.includes('\ufffd'));
}

function filesIn(set: PatchSet, texts: ReadonlyMap<string, Stored>): string[] {
  return [...new Set(set.patches.map(({ file }) => file))].filter((file) => texts.has(file)).sort();
}

async function bytesOf(texts: ReadonlyMap<string, Stored>, file: string) {
  const stored = texts.get(file);
  if (stored === undefined) throw new ProjectError(`the new baseline has no file ${file}`);
  return stored.bytes();
}

/** How many of a patch's changes are clean, moved, upstream and in conflict. */
export function countsOf({ details }: CarriedPatchOfSet) {
  const counts = { clean: 0, moved: 0, upstream: 0, conflict: 0 };
  for (const { carried } of details) counts[carried] += 1;
  return counts;
}
