/** The state of the page, and how it is told: everything that is on screen follows from it. */
import { EngineFailure } from '../client/engine-client.js';
import { isAbort, type Selected } from '../code/file-view.js';
import type { Found } from '../code/found-places.js';
import type { EditorChange } from '../editor/text-editor.js';
import type { Editable } from '../worker/edit-protocol.js';
import type { Applied, FileSummary, Opened, Refusal } from '../worker/protocol.js';
import { type Remembered, recall } from './memory.js';
import type { PatchSet, Project } from './project.js';
import { NO_SWITCHES, type Switches } from './switches.js';
import type { UpgradeState } from './upgrade.js';

/** Lines of the file that are in an editor. */
export interface OpenEditor extends EditorChange {
  readonly editable: Editable;
  readonly line: number;
  /** What is in it is on its way to become a patch. */
  readonly isRecording: boolean;
}

/** What has to be decided before something unsaved goes. */
export interface Question {
  readonly about: 'editor' | 'sets';
  readonly answer: (answer: 'keep' | 'discard' | 'stay') => void;
}

/** What the code on screen is of: a file, and the ids of sets. */
export interface Shown {
  readonly file: string;
  readonly set: string | undefined;
  readonly against: string | undefined;
}

export type Pane = 'files' | 'code' | 'patches';

export interface State {
  readonly phase: 'starting' | 'empty' | 'ready';
  /** Files are asked for, over what is open. */
  readonly isOpening: boolean;
  /** The one in sight, where there is no room for all. */
  readonly pane: Pane;
  readonly dialog?: 'help' | 'line' | 'save' | undefined;
  readonly problem?: string | undefined;
  readonly notice?: string | undefined;
  readonly project?: Project | undefined;
  readonly set?: PatchSet | undefined;
  /** The other variant, when two are compared. */
  readonly against?: PatchSet | undefined;
  readonly file?: string | undefined;
  /** `set`, `against` and `file` are what is asked for: this, what `opened` and `applied` tell of. */
  readonly shown?: Shown | undefined;
  readonly opened?: Opened | undefined;
  readonly applied?: Applied | undefined;
  readonly switches: Switches;
  readonly selected?: Selected | undefined;
  readonly refusal?: Refusal | undefined;
  /** Of each file of the set: what all of its patches make of it, or why nothing. */
  readonly summaries: ReadonlyMap<string, FileSummary | string>;
  readonly isSearching: boolean;
  readonly query: string;
  readonly found?: Found | undefined;
  readonly searchProgress?: number | undefined;
  readonly editor?: OpenEditor | undefined;
  /** Edits that can be taken back, and those that were. */
  readonly undoable: number;
  readonly redoable: number;
  /** Ids of sets that differ from what was opened or saved. */
  readonly unsaved: ReadonlySet<string>;
  readonly question?: Question | undefined;
  /** A new baseline, while it is not taken. */
  readonly upgrade?: UpgradeState | undefined;
  /** Something takes longer than a moment. */
  readonly isBusy: boolean;
  readonly preferences: Remembered;
}

/** What the page is about, at the moment. */
export function screenOf({ phase, isOpening, upgrade }: State) {
  if (phase === 'starting') return 'starting';
  if (phase === 'empty' || isOpening) return 'start';
  return upgrade ? 'upgrade' : 'files';
}

/** What takes longer than this is told. */
const MOMENT_MILLISECONDS = 200;

const NOTICE_MILLISECONDS = 4000;

export class Store {
  readonly #listeners = new Set<() => void>();
  #state: State = {
    phase: 'starting',
    isOpening: false,
    pane: 'code',
    switches: NO_SWITCHES,
    summaries: new Map(),
    isSearching: false,
    query: '',
    undoable: 0,
    redoable: 0,
    unsaved: new Set(),
    isBusy: false,
    preferences: recall(),
  };
  #noticeTimer = 0;

  get state(): State {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(changed: Partial<State>): void {
    this.#state = { ...this.#state, ...changed };
    for (const listener of this.#listeners) listener();
  }

  /** Does something that may take its time and may fail: both are told. */
  async busy(work: () => Promise<void>): Promise<void> {
    const timer = setTimeout(() => this.change({ isBusy: true }), MOMENT_MILLISECONDS);
    try {
      await work();
    } catch (error) {
      this.fail(error);
    } finally {
      clearTimeout(timer);
      if (this.#state.isBusy) this.change({ isBusy: false });
    }
  }

  fail(error: unknown): void {
    if (!isAbort(error)) this.change({ problem: messageOf(error) });
  }

  /** Says something for a while. */
  notify(notice: string): void {
    clearTimeout(this.#noticeTimer);
    this.change({ notice });
    this.#noticeTimer = setTimeout(() => this.change({ notice: undefined }), NOTICE_MILLISECONDS);
  }

  /** Asks what is to become of something unsaved. */
  async ask(about: Question['about']): Promise<'keep' | 'discard' | 'stay'> {
    const answer = await new Promise<'keep' | 'discard' | 'stay'>((resolve) => {
      this.change({ question: { about, answer: resolve } });
    });
    this.change({ question: undefined });
    return answer;
  }
}

export function messageOf(error: unknown): string {
  if (error instanceof EngineFailure) return `${error.failure.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
