// @ts-check
// What shows a file and its patches in a page: Firn's element, and what people put together today. Each is made anew from
// bytes, or has one patch switched off in what is shown already; and each ends when its pixels are there.

import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { createTwoFilesPatch } from 'diff';
import { html } from 'diff2html';

/** @import { FirnView } from '@firn/dashboard/firn-view' */

/**
 * @typedef {object} Inputs
 * @property {Uint8Array} baseline
 * @property {Uint8Array} json The batch.
 * @property {Uint8Array} patched What the batch makes of the baseline, for those who cannot.
 * @property {Uint8Array} without The same without the first patch.
 *
 * @typedef {object} Contender
 * @property {() => Promise<unknown>} run What is timed.
 * @property {() => number} shownLines Lines of code on screen, to see that there are any.
 * @property {() => void} clear
 */

const decoder = new TextDecoder();

/** Resolves when what is in the document is painted. */
const painted = () =>
  new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    }),
  );

/** @param {Inputs} inputs @returns {Contender & { view: FirnView }} */
function firn({ baseline, json }) {
  const view = document.createElement('firn-view');
  return {
    view,
    run: async () => {
      view.setAttribute('name', 'file.js');
      view.baseline = baseline;
      view.batches = [json];
      const ready = new Promise((resolve) => view.addEventListener('firn-ready', resolve));
      document.body.append(view);
      await ready;
      await painted();
    },
    shownLines: () => view.shadowRoot?.querySelectorAll('.row:not([hidden]) .code').length ?? 0,
    clear: () => view.remove(),
  };
}

/** @param {string} doc */
const readOnly = (doc) => ({ doc, extensions: [EditorState.readOnly.of(true)] });

/**
 * As it comes, it looks at 500 places and then shows all of a text like ours as one change; with another limit it goes on until
 * it has found the changes.
 * @param {Inputs} inputs @param {number} [scanLimit] @returns {Contender & { changes: () => number }}
 */
function codemirror({ baseline, patched }, scanLimit = 500) {
  /** @type {MergeView | undefined} */
  let view;
  return {
    run: async () => {
      view = new MergeView({
        a: readOnly(decoder.decode(baseline)),
        b: readOnly(decoder.decode(patched)),
        parent: document.body,
        collapseUnchanged: {},
        diffConfig: { scanLimit },
      });
      await painted();
    },
    changes: () => view?.chunks.length ?? 0,
    shownLines: () => view?.dom.querySelectorAll('.cm-line').length ?? 0,
    clear: () => view?.dom.remove(),
  };
}

/** @param {HTMLElement} host @param {Uint8Array} before @param {Uint8Array} after */
async function showDiff2html(host, before, after) {
  const diff = createTwoFilesPatch(
    'a/file.js',
    'b/file.js',
    decoder.decode(before),
    decoder.decode(after),
  );
  host.innerHTML = html(diff, { drawFileList: false, matching: 'none' });
  await painted();
}

/** @param {Inputs} inputs @returns {Contender & { host: HTMLElement }} */
function diff2html({ baseline, patched }) {
  const host = document.createElement('div');
  return {
    host,
    run: async () => {
      document.body.append(host);
      await showDiff2html(host, baseline, patched);
    },
    shownLines: () => host.querySelectorAll('.d2h-code-line-ctn').length,
    clear: () => host.remove(),
  };
}

/**
 * Switches the first patch off and on again, each time the other way.
 * @template {Contender} T @param {T} shown @param {(isOn: boolean) => Promise<unknown>} change @returns {Promise<Contender>}
 */
async function switching(shown, change) {
  await shown.run();
  let isOn = true;
  return {
    ...shown,
    run: async () => {
      isOn = !isOn;
      await change(isOn);
      await painted();
    },
  };
}

/** @type {Record<string, (inputs: Inputs) => Contender | Promise<Contender>>} */
export const contenders = {
  'firn first': firn,
  'codemirror first': (inputs) => codemirror(inputs),
  'codemirror-right first': (inputs) => {
    const shown = codemirror(inputs, 1e9);
    // One change would be all of the text: that is not what the patches did.
    return { ...shown, shownLines: () => (shown.changes() > 1 ? shown.shownLines() : 0) };
  },
  'diff2html first': diff2html,
  'firn switch': (inputs) => {
    const shown = firn(inputs);
    return switching(shown, (isOn) => {
      const ready = new Promise((resolve) =>
        shown.view.addEventListener('firn-ready', resolve, { once: true }),
      );
      shown.view.filter = ({ id }) => isOn || id !== '#1';
      return ready;
    });
  },
  'diff2html switch': (inputs) => {
    const shown = diff2html(inputs);
    return switching(shown, (isOn) =>
      showDiff2html(shown.host, inputs.baseline, isOn ? inputs.patched : inputs.without),
    );
  },
};
