/** Sets that differ from what was opened: what is another in them, and where it goes. */
import type { EngineClient } from '../client/engine-client.js';
import { download } from './download.js';
import { pickFolder, writeFiles } from './folder-access.js';
import { type PatchSet, type Project, ProjectError, type StoredPatch } from './project.js';
import { fileInput, filesOfSet } from './set-folder.js';
import type { Store } from './store.js';
import { zip } from './zip.js';

/** A patch that is new, or another than it was. */
export interface ChangedPatch {
  readonly set: string;
  readonly id: string;
  readonly stored: StoredPatch;
}

export class Saving {
  readonly #store: Store;
  readonly #client: EngineClient;
  /** As they were opened, or saved. */
  #saved: ReadonlyMap<string, PatchSet> = new Map();

  constructor(store: Store, client: EngineClient) {
    this.#store = store;
    this.#client = client;
  }

  /** What is opened is saved. */
  begin(project: Project): void {
    this.#saved = new Map(project.sets.map((set) => [set.id, set]));
    this.look();
  }

  /** After a set may have changed: says which differ. */
  look(): void {
    this.#store.change({ unsaved: new Set(this.#unsaved().map(({ id }) => id)) });
  }

  get changes(): readonly ChangedPatch[] {
    return this.#unsaved().flatMap((set) => {
      const old = this.#saved.get(set.id)?.patches ?? [];
      return set.patches.flatMap((stored) => {
        const id = stored.entry?.id;
        return id === undefined || old.some((one) => isSame(one, stored))
          ? []
          : { set: set.id, id, stored };
      });
    });
  }

  async saveBatch({ id, stored: { entry, stored } }: ChangedPatch): Promise<void> {
    await this.#store.busy(async () => {
      download(entry?.patch.split('/').at(-1) ?? id, await stored.bytes());
    });
  }

  async saveDiff({ set, id, stored: { file } }: ChangedPatch): Promise<void> {
    await this.#store.busy(async () => {
      const { project, of } = this.#setOf(set);
      const input = await fileInput(project, of, file);
      const source = input.sources.findIndex(({ entry }) => entry?.id === id);
      download(`${id}.patch`, await this.#client.call('diffOfSource', { file: input, source }));
    });
  }

  /** One archive with a folder for each set that differs. */
  async downloadSets(): Promise<void> {
    await this.#store.busy(async () => {
      const files = new Map<string, Uint8Array>();
      const sets = this.#unsaved();
      for (const { id } of sets) {
        const folder = `patches/${id}`;
        for (const [name, bytes] of await this.#filesOf(id)) files.set(`${folder}/${name}`, bytes);
      }
      download(sets.length === 1 ? `${sets[0]?.id}.zip` : 'patches.zip', zip(files));
      this.#markSaved(sets);
    });
  }

  /** Into a folder of the user's disk, which is that of the set. */
  async writeSet(id: string): Promise<void> {
    await this.#store.busy(async () => {
      const { of } = this.#setOf(id);
      const files = await this.#filesOf(id);
      const folder = await pickFolder();
      if (folder === undefined) return;
      const old = this.#saved.get(id)?.patches.flatMap(({ entry }) => entry?.patch ?? []) ?? [];
      const gone = old.filter((name) => !files.has(name));
      await writeFiles(folder, files, gone);
      this.#markSaved([of]);
      this.#store.notify(`${id} is written`);
    });
  }

  #filesOf(id: string): Promise<ReadonlyMap<string, Uint8Array>> {
    const { project, of } = this.#setOf(id);
    const old = new Set(this.#saved.get(id)?.patches);
    const changed = of.patches.filter((stored) => !old.has(stored)).map(({ file }) => file);
    return filesOfSet(this.#client, project, of, new Set(changed));
  }

  #setOf(id: string): { readonly project: Project; readonly of: PatchSet } {
    const { project } = this.#store.state;
    const of = project?.sets.find((set) => set.id === id);
    if (project === undefined || of === undefined) throw new ProjectError(`there is no set ${id}`);
    return { project, of };
  }

  #unsaved(): PatchSet[] {
    const { project } = this.#store.state;
    return project?.sets.filter((set) => this.#saved.get(set.id) !== set) ?? [];
  }

  #markSaved(sets: readonly PatchSet[]): void {
    this.#saved = new Map([...this.#saved, ...sets.map((set) => [set.id, set] as const)]);
    this.look();
  }
}

/** A patch is what it makes of what: its bytes may be written another way. */
function isSame({ entry: a }: StoredPatch, { entry: b }: StoredPatch): boolean {
  return a?.id === b?.id && a?.base === b?.base && a?.result === b?.result;
}
