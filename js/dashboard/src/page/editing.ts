/** Edits of patched files: recorded as patches, and taken back. Nothing unsaved goes without a question. */
import type { PatchDraft } from '@firn/sets';
import type { FileView } from '../code/file-view.js';
import type { EditOutcome, PatchOfSource } from '../worker/edit-protocol.js';
import { type PatchSet, type Project, ProjectError } from './project.js';
import type { Saving } from './saving.js';
import { storedPatch, withPatches } from './set-folder.js';
import type { Store } from './store.js';

/** What the page does besides. */
export interface EditedSession {
  readonly view: FileView;
  readonly saving: Saving;
  /** Shows a file of the set again, with the patches that it has now. */
  showAgain(set: PatchSet, file: string, line?: number): Promise<void>;
}

export interface Remarks {
  readonly id: string;
  readonly reason: string;
}

interface Step {
  readonly set: string;
  readonly file: string;
  readonly before: PatchSet;
  readonly after: PatchSet;
  readonly outcome: Extract<EditOutcome, { kind: 'recorded' }>;
}

const ORDER_STEP = 10;

export class Editing {
  readonly #store: Store;
  readonly #session: EditedSession;
  #done: readonly Step[] = [];
  #undone: readonly Step[] = [];
  /** What the editor holds; set while one is open. */
  linesOf: (() => string[]) | undefined;

  constructor(store: Store, session: EditedSession) {
    this.#store = store;
    this.#session = session;
    addEventListener('beforeunload', (event) => {
      const { editor, unsaved } = store.state;
      if (editor?.isChanged || unsaved.size > 0) event.preventDefault();
    });
  }

  /** Another project is open: nothing of it is edited yet. */
  begin(project: Project): void {
    this.#done = [];
    this.#undone = [];
    this.#tell();
    this.#session.saving.begin(project);
  }

  /** The texts under all patches are others: nothing done before can be taken back. */
  forgetSteps(): void {
    this.#done = [];
    this.#undone = [];
    this.#tell();
    this.#session.saving.look();
  }

  /** Opens an editor on the patched text, at the line that is looked at. */
  async start(): Promise<void> {
    const { file, set, against, applied, selected, editor } = this.#store.state;
    if (file === undefined || set === undefined || applied === undefined || editor) return;
    if (against !== undefined) {
      this.#store.notify('Two variants are compared: choose "against the baseline" to edit one');
      return;
    }
    await this.#store.busy(async () => {
      const line = selected?.place.side === 'line' ? selected.place.line : this.#session.view.line;
      const editable = await this.#session.view.editable(line);
      if (editable.isBinary) {
        throw new ProjectError(
          `Lines ${editable.from} to ${editable.to} hold bytes that are not UTF-8: an editor would lose them.`,
        );
      }
      this.#store.change({ editor: { editable, line, isChanged: false } });
    });
  }

  changed(isChanged: boolean): void {
    const { editor } = this.#store.state;
    if (editor && editor.isChanged !== isChanged) {
      this.#store.change({ editor: { ...editor, isChanged } });
    }
  }

  /** Makes a patch of what is in the editor. False: it could not be, and the editor stays. */
  async record({ id, reason }: Remarks): Promise<boolean> {
    const { editor, project, set, file } = this.#store.state;
    const lines = this.linesOf?.();
    if (!editor || !lines || !project || !set || file === undefined) return false;
    let isRecorded = false;
    await this.#store.busy(async () => {
      const { from, to } = editor.editable;
      const draft = draftFor(set, file, { id, reason });
      const outcome = await this.#session.view.record({ from, to, lines, draft });
      if (outcome.kind === 'recorded') {
        const after = withOutcome(set, file, outcome.patches);
        this.#done = [...this.#done, { set: set.id, file, before: set, after, outcome }];
        this.#undone = [];
        this.#store.change({ editor: undefined });
        await this.#put(after, file, outcome.edit.patches[0]?.line);
        const isOwn = outcome.changed.id === draft.id;
        const { id: name } = outcome.changed;
        this.#store.notify(
          isOwn ? `Recorded as ${name}` : `Recorded in ${name}, whose lines it changes`,
        );
      } else if (outcome.kind === 'same') {
        this.#store.change({ editor: undefined });
        this.#store.notify('Nothing was changed');
      } else {
        throw new ProjectError(reasonAgainst(outcome));
      }
      isRecorded = true;
    });
    return isRecorded;
  }

  /** Closes the editor; asks first when something is in it. False: it stays. */
  async leave(): Promise<boolean> {
    const { editor } = this.#store.state;
    if (editor === undefined) return true;
    if (editor.isChanged) {
      const answer = await this.#store.ask('editor');
      if (answer === 'stay') return false;
      if (answer === 'keep') return this.record({ id: '', reason: '' });
    }
    this.#store.change({ editor: undefined });
    return true;
  }

  /** Before another project is opened. */
  async leaveProject(): Promise<boolean> {
    if (!(await this.leave())) return false;
    if (this.#store.state.unsaved.size === 0) return true;
    const answer = await this.#store.ask('sets');
    if (answer !== 'keep') return answer === 'discard';
    await this.#session.saving.downloadSets();
    return this.#store.state.unsaved.size === 0;
  }

  async undo(): Promise<void> {
    const step = this.#done.at(-1);
    if (step === undefined || !(await this.leave())) return;
    await this.#store.busy(async () => {
      await this.#proveInverse(step);
      this.#done = this.#done.slice(0, -1);
      this.#undone = [...this.#undone, step];
      await this.#put(step.before, step.file);
      this.#store.notify(`Taken back: ${step.outcome.changed.id}`);
    });
  }

  async redo(): Promise<void> {
    const step = this.#undone.at(-1);
    if (step === undefined || !(await this.leave())) return;
    await this.#store.busy(async () => {
      this.#undone = this.#undone.slice(0, -1);
      this.#done = [...this.#done, step];
      await this.#put(step.after, step.file);
      this.#store.notify(`Done again: ${step.outcome.changed.id}`);
    });
  }

  /** Where nothing else was changed since, the engine's inverse leads back to the text before: proved. */
  async #proveInverse({ file, set, outcome }: Step): Promise<void> {
    const { state } = this.#store;
    const { base } = outcome.inverse;
    const isHere = state.file === file && state.set?.id === set;
    if (!isHere || state.applied?.patched.fingerprint !== base?.fingerprint) return;
    const back = await this.#session.view.tryBatch(outcome.inverse);
    if (back !== outcome.before) {
      throw new ProjectError('What takes the edit back does not lead to the text before it.');
    }
  }

  async #put(set: PatchSet, file: string, line?: number): Promise<void> {
    const { project } = this.#store.state;
    if (project === undefined) return;
    const sets = project.sets.map((one) => (one.id === set.id ? set : one));
    this.#store.change({ project: { ...project, sets } });
    this.#tell();
    this.#session.saving.look();
    await this.#session.showAgain(set, file, line);
  }

  #tell(): void {
    this.#store.change({ undoable: this.#done.length, redoable: this.#undone.length });
  }
}

function reasonAgainst(outcome: Exclude<EditOutcome, { kind: 'recorded' | 'same' }>): string {
  if (outcome.kind === 'partly') {
    return `Of ${outcome.source} some changes are on and some are off: turn all of them on, or off, then record the edit.`;
  }
  const names = outcome.patches.join(' and ');
  return `The edit changes lines of ${names}, and no single patch can say that: record it in parts, each within one patch.`;
}

/** Sources keep their places; a new patch comes last. What could not be recorded stays as it was. */
function withOutcome(set: PatchSet, file: string, patches: readonly PatchOfSource[]): PatchSet {
  const own = set.patches.filter((patch) => patch.file === file);
  const bySource = new Map(patches.map(({ source, patch }) => [source, storedPatch(patch)]));
  const kept = own.flatMap((stored, source) => {
    return bySource.get(source) ?? (stored.entry === undefined ? stored : []);
  });
  const added = bySource.get(undefined);
  return withPatches(set, file, added ? [...kept, added] : kept);
}

/** A name that no patch of the set has, like the file if nobody gave another. */
function draftFor(set: PatchSet, file: string, { id, reason }: Remarks): PatchDraft {
  const entries = set.patches.flatMap(({ entry }) => entry ?? []);
  const taken = new Set(
    entries.flatMap((entry) => [entry.id.toLowerCase(), entry.patch.toLowerCase()]),
  );
  const wish =
    idFrom(id) ||
    idFrom(
      file
        .split('/')
        .at(-1)
        ?.replace(/\.[^.]*$/, '') ?? '',
    ) ||
    'edit';
  let free = wish;
  for (let count = 2; taken.has(free.toLowerCase()) || taken.has(`${free.toLowerCase()}.json`); ) {
    free = `${wish}-${count}`;
    count += 1;
  }
  const orders = entries.filter((entry) => entry.file === file).map(({ order }) => order);
  return {
    id: free,
    file,
    patch: `${free}.json`,
    order: Math.max(0, ...orders) + ORDER_STEP,
    ...(reason !== '' && { reason }),
    set: set.id,
    label: `${set.id}/${free}`,
    path: `${free}.json`,
  };
}

/** Letters, digits, ".", "_" and "-", the first a letter or digit. */
function idFrom(text: string): string {
  const plain = text.trim().replace(/[^A-Za-z0-9._-]+/g, '-');
  return plain.replace(/^[^A-Za-z0-9]+/, '').slice(0, 80);
}
