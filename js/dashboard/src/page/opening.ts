/** Another project: files that were dropped or picked, or what is at an address. */
import { type ManifestReader, type Project, ProjectError, type Stored } from './project.js';
import { projectOfFiles } from './project-files.js';
import { fetchProject } from './project-manifest.js';
import type { Store } from './store.js';
import type { Upgrade } from './upgrade.js';

/** What the page does besides. */
export interface OpenedSession {
  readonly manifests: ManifestReader;
  readonly upgrade: Upgrade;
  openProject(project: Project): Promise<void>;
  showNothing(problem: unknown): void;
}

export class Opening {
  readonly #store: Store;
  readonly #session: OpenedSession;

  constructor(store: Store, session: OpenedSession) {
    this.#store = store;
    this.#session = session;
  }

  /** Asks for it; what is open stays until there is something else. */
  start(): void {
    this.#store.change({ isOpening: true, problem: undefined });
  }

  cancel(): void {
    this.#store.change({ isOpening: false, problem: undefined });
  }

  /** A new baseline, where that is what the page asks for; else a project. */
  async files(given: Promise<Stored[]>): Promise<void> {
    const { upgrade, isOpening } = this.#store.state;
    if (upgrade && !isOpening) await this.#session.upgrade.begin(given);
    else await this.#open(async () => projectOfFiles(await given, this.#session.manifests));
  }

  async address(address: string): Promise<void> {
    await this.#open(() => this.#fetch(address));
  }

  async #fetch(address: string): Promise<Project> {
    if (!URL.canParse(address, location.href)) throw new ProjectError(`${address} is no address`);
    const url = new URL(address, location.href);
    try {
      const project = await fetchProject(url, this.#session.manifests);
      if (project !== undefined) return project;
    } catch (error) {
      // All that a browser says of it is "Failed to fetch".
      if (!(error instanceof TypeError)) throw error;
      throw new ProjectError(
        `${url.href} could not be loaded: nobody answers there, or this page may not ask there`,
      );
    }
    throw new ProjectError(`there is nothing at ${address}`);
  }

  async #open(read: () => Promise<Project>): Promise<void> {
    await this.#store.busy(async () => {
      try {
        await this.#session.openProject(await read());
        this.#store.change({ isOpening: false });
      } catch (error) {
        this.#session.showNothing(error);
      }
    });
  }
}
