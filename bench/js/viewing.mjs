// @ts-check
// A dashboard's question: one of the patches is switched off; what do 60 lines in the middle say now?

import { ChangeSet } from '@codemirror/state';
import { codemirrorChanges, codemirrorText, hunksOf, naive, patchedByJsdiff } from './peers.mjs';
import { inOrder } from './workload.mjs';

/** @import { PatchInput } from '@firn/engine' */
/** @import { Field } from './field.mjs' */
/** @import { Workload } from './workload.mjs' */

const LINES = 60;
const FIRST_OFF = 1;

/** The first line of the view, from 0. @param {Workload} workload */
const firstLine = ({ lineCount }) => Math.floor(lineCount / 2);

/**
 * Another one is off each time, as when someone clicks down a list.
 * @template T
 * @param {T[]} all In the order of their lines.
 */
function switches(all) {
  let off = FIRST_OFF;
  return () => {
    const on = all.filter((_, at) => at !== off);
    off = (off + 1) % all.length;
    return on;
  };
}

/** @type {Field<Workload>} */
export const viewing = {
  tasks: {
    viewport: (engine, workload) => {
      const snapshot = engine.freeze(workload.text);
      const all = engine.batch(/** @type {PatchInput[]} */ (inOrder(workload.patches)));
      const chosen = switches(workload.patches.map((_, place) => place));
      const from = firstLine(workload) + 1;
      return () => {
        const batch = all.select(chosen());
        const patched = snapshot.apply(batch);
        const lines = patched.lines(from, from + LINES - 1);
        patched.dispose();
        batch.dispose();
        return lines;
      };
    },
  },
  peers: {
    'jsdiff viewport': (workload) => {
      const chosen = switches(hunksOf(workload));
      const from = firstLine(workload);
      return () => {
        const patched = patchedByJsdiff(workload.text, chosen());
        return patched.split('\n').slice(from, from + LINES);
      };
    },
    'codemirror viewport': (workload) => {
      const text = codemirrorText(workload);
      const chosen = switches(codemirrorChanges(workload));
      const from = firstLine(workload) + 1;
      return () => {
        const patched = ChangeSet.of(chosen(), text.length).apply(text);
        return [...patched.iterLines(from, from + LINES)];
      };
    },
  },
  isRight: (made, workload) => {
    const { text, patches } = workload;
    const off = inOrder(patches)[FIRST_OFF];
    const lines = naive(
      text,
      patches.filter((patch) => patch !== off),
    ).split('\n');
    const from = firstLine(workload);
    return JSON.stringify(made) === JSON.stringify(lines.slice(from, from + LINES));
  },
};
