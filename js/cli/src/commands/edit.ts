/** `firn edit`: a patched file in an editor, and what was changed in it as a patch. */
import { Buffer } from 'node:buffer';
import type { Engine, Snapshot } from '@firn/engine';
import {
  amendPatch,
  applyFile,
  type Inexpressible,
  type PatchDraft,
  type PatchSet,
  patchIndex,
  recordEdit,
  type SetPatch,
} from '@firn/sets';
import { freezeBaseline } from '@firn/sets/node';
import type { EditOptions } from '../calls/edit.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { plain } from '../render/safe.js';
import { listed } from '../render/words.js';
import { changeSet } from '../sets/change-set.js';
import { EditorCopy } from '../sets/editor.js';
import { PatchNames } from '../sets/name-patch.js';
import { answering, nameBelow, oneSet, patchIn, requireRoot } from '../sets/workspace.js';
import type { Answer } from './answer.js';
import { loadBackend } from './session.js';

export function edit(named: string, options: EditOptions): Promise<Answer> {
  return answering(async () => {
    const set = oneSet(options);
    requireRoot(options.root);
    const file = nameBelow(options.root, named);
    const patches = patchIndex([{ ...set, strays: [] }], options.when).of(file);
    const target =
      options.amend === undefined ? undefined : targetOf(set, patches, file, options.amend);
    const draft = new PatchNames(set, options).next(file, '.json');
    const engine = await loadBackend(options.backend);
    const baseline = freezeBaseline(engine, options.root, file);
    const before = Buffer.from(applyFile(engine, baseline, patches).patched.bytes());
    const copy = new EditorCopy(file, before);
    const after = copy.edit();
    if (after.equals(before)) {
      copy.remove();
      return unchanged(file);
    }
    const task = { engine, set, baseline, patches, edited: engine.freeze(after), file };
    // Nobody's work is lost: until it is recorded, the copy stays.
    const answer = copy.keptOnFailure(() =>
      target ? amend(task, target) : recordNew(task, draft),
    );
    if ('touches' in answer) return refused(answer, copy.path);
    copy.remove();
    return answer;
  });
}

interface Task {
  readonly engine: Engine;
  readonly set: PatchSet;
  readonly baseline: Snapshot;
  readonly patches: readonly SetPatch[];
  readonly edited: Snapshot;
  readonly file: string;
}

function targetOf(set: PatchSet, patches: readonly SetPatch[], file: string, id: string): SetPatch {
  const patch = patchIn(set, id);
  if (patch.file !== file) {
    throw usage(`--amend ${id} is of ${plain(patch.file)}, and FILE is ${plain(file)}`);
  }
  if (patches.includes(patch)) return patch;
  throw usage(`--amend ${id} is off here: --when says under which conditions the file is edited`);
}

function recordNew({ engine, set, baseline, patches, edited }: Task, draft: PatchDraft) {
  const recorded = recordEdit(engine, baseline, patches, edited, draft);
  return 'touches' in recorded ? recorded : changeSet(set, { added: [recorded.patch] });
}

function amend({ engine, set, baseline, patches, edited, file }: Task, target: SetPatch) {
  const asleep = set.patches.filter((patch) => patch.file === file && !patches.includes(patch));
  const outcome = amendPatch(engine, baseline, patches, target, edited, asleep);
  if ('touches' in outcome) return outcome;
  const { changed, dropped } = outcome;
  return changeSet(set, { changed, removed: dropped });
}

function unchanged(file: string): Answer {
  return {
    exitCode: Exit.fine,
    facts: () => ({ sets: [] }),
    words: async () => ({ err: `firn: ${plain(file)} was not changed, and nothing is recorded\n` }),
  };
}

function refused({ touches }: Inexpressible, copy: string): Answer {
  const labels = touches.map(({ label }) => label);
  const about =
    labels.length === 0
      ? ''
      : `; it changes lines of ${listed(labels)}: --amend puts a change into one of them`;
  const message = `no single patch can say this change${about}. Nothing is recorded, and the copy is in ${copy}`;
  return {
    exitCode: Exit.refused,
    facts: () => ({ problems: [{ code: 'set_collision' as const, message, path: copy }] }),
    words: async () => ({ err: `firn: ${plain(message)}\n` }),
  };
}
