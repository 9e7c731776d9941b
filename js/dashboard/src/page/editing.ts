/** Edits of patched files: recorded as patches, and taken back. Nothing unsaved goes without a question. */
import type { PatchDraft } from '@firn/sets';
import type { FileView } from '../code/file-view.js';
import type { EditorChange } from '../editor/text-editor.js';
import type { EditOutcome, PatchOfSource } from '../worker/edit-protocol.js';
import { draftFor, type Remarks } from './draft.js';
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

/** What somebody wrote for the lines that are edited, and says of it. */
export interface Written extends Remarks {
  readonly lines: readonly string[];
}

interface Step {
  readonly set: string;
  readonly file: string;
  readonly before: PatchSet;
  readonly after: PatchSet;
  readonly outcome: Extract<EditOutcome, { kind: 'recorded' }>;
}

export class Editing {
  readonly #store: Store;
  readonly #session: EditedSession;
  #done: readonly Step[] = [];
  #undone: readonly Step[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  /** What the editor holds; set while one is open. */
  written: (() => Written) | undefined;

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
  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  /** Makes a patch of what is in the editor; where it could not be, the editor stays. */
  async record(): Promise<void> {
    await this.#inTurn(() => this.#record());
  }

  /** Closes the editor; asks first when something is in it. False: it stays. */
  leave(): Promise<boolean> {
    return this.#inTurn(() => this.#leave());
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

  undo(): Promise<void> {
    return this.#inTurn(() => this.#undo());
  }

  redo(): Promise<void> {
    return this.#inTurn(() => this.#redo());
  }

  /** One after the other: a key pressed twice means the next step, never the same one twice. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #start(): Promise<void> {
    const { file, set, against, applied, selected, editor } = this.#store.state;
    if (file === undefined || set === undefined || applied === undefined || editor) return;
    if (against !== undefined) {
      this.#store.notify('Two variants are compared: choose "against the baseline" to edit one');
      return;
    }
    await this.#store.busy(async () => {
      const line = selected?.place.side === 'line' ? selected.place.line : this.#session.view.line;
      const editable = await this.#session.view.document.call('editable', { around: line });
      if (editable.isBinary) {
        throw new ProjectError(
          `Lines ${editable.from} to ${editable.to} hold bytes that are not UTF-8: an editor would lose them.`,
        );
      }
      const untouched = { isChanged: false, emptyLineCount: undefined, isRecording: false };
      this.#store.change({ editor: { editable, line, ...untouched } });
    });
  }

  changed({ isChanged, emptyLineCount }: EditorChange): void {
    const { editor } = this.#store.state;
    if (editor?.isChanged === isChanged && editor.emptyLineCount === emptyLineCount) return;
    if (editor) this.#store.change({ editor: { ...editor, isChanged, emptyLineCount } });
  }

  /** False: no patch could be made. */
  async #record(): Promise<boolean> {
    const { editor, set, file } = this.#store.state;
    const written = this.written?.();
    if (!editor || !written || !set || file === undefined) return false;
    this.#store.change({ editor: { ...editor, isRecording: true } });
    let isRecorded = false;
    await this.#store.busy(async () => {
      const { from, to } = editor.editable;
      const draft = draftFor(set, file, written);
      const { lines } = written;
      const outcome = await this.#session.view.document.call('record', { from, to, lines, draft });
      if (outcome.kind === 'touches' || outcome.kind === 'partly') {
        throw new ProjectError(reasonAgainst(outcome));
      }
      isRecorded = true;
      this.#store.change({ editor: undefined });
      if (outcome.kind === 'same') {
        this.#store.notify('Nothing was changed');
        return;
      }
      const after = withOutcome(set, file, outcome.patches);
      this.#done = [...this.#done, { set: set.id, file, before: set, after, outcome }];
      this.#undone = [];
      await this.#put(after, file, outcome.edit.patches[0]?.line);
      this.#store.notify(wordsFor(outcome.changed.id, draft));
    });
    if (!isRecorded) this.#store.change({ editor });
    return isRecorded;
  }

  async #leave(): Promise<boolean> {
    const { editor } = this.#store.state;
    if (editor === undefined) return true;
    if (editor.isChanged) {
      const answer = await this.#store.ask('editor');
      if (answer === 'stay') return false;
      if (answer === 'keep') return this.#record();
    }
    this.#store.change({ editor: undefined });
    return true;
  }

  async #undo(): Promise<void> {
    const step = this.#done.at(-1);
    if (step === undefined || !(await this.#leave())) return;
    await this.#store.busy(async () => {
      await this.#proveInverse(step);
      this.#done = this.#done.slice(0, -1);
      this.#undone = [...this.#undone, step];
      await this.#put(step.before, step.file);
      this.#store.notify(`Taken back: ${step.outcome.changed.id}`);
    });
  }

  async #redo(): Promise<void> {
    const step = this.#undone.at(-1);
    if (step === undefined || !(await this.#leave())) return;
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
    const back = await this.#session.view.document.call('tryBatch', { batch: outcome.inverse });
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

/** An edit of what a patch wrote is part of that patch, and says nothing of its own. */
function wordsFor(id: string, draft: PatchDraft): string {
  if (id === draft.id) return `Recorded as ${id}`;
  const keeps = draft.reason === undefined ? '' : ', and which keeps its reason';
  return `Recorded in ${id}, whose lines it changes${keeps}`;
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
