// @ts-check
/** What a page does to use Firn: one import, no bundler. The tests call what is left on `firnPage`. */
import { runCase } from '/conformance/run-case.mjs';
import { FirnError, loadEngine } from '/engine/browser.js';

/** @typedef {import('../../conformance/run-case.mjs').Result} Result */
/** @typedef {{ base: string, batch: import('@firn/engine').BatchInput, options: import('@firn/engine').ApplyOptions }} Sample */

/** @type {string[]} */
const violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.violatedDirective} refuses ${event.blockedURI}`);
});

const base64 = (/** @type {Uint8Array} */ bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const decoded = (/** @type {string} */ text) =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

const loading = loadEngine();

export const firnPage = {
  violations,

  async about() {
    const { backend, version } = await loading;
    return { backend, version };
  },

  /** What an engine of two parts says of a diff before the second is there, and after. */
  async inParts() {
    const engine = await loadEngine({ verbs: 'page' });
    const ask = () => {
      try {
        return engine.diff('a\n', 'b\n').patchCount;
      } catch (error) {
        return error instanceof FirnError ? error.code : String(error);
      }
    };
    const before = ask();
    await engine.complete();
    return [before, ask()];
  },

  /** Runs one file of the corpus. @param {string} name @returns {Promise<Result[]>} */
  async runFile(name) {
    const engine = await loading;
    const { cases } = await (await fetch(`/conformance/cases/${name}`)).json();
    return cases.map(
      (/** @type {import('../../conformance/run-case.mjs').CaseFile['cases'][number]} */ test) =>
        runCase(engine, test),
    );
  },

  /** What comes out of each sample: bytes and report, or the error. @param {Sample[]} samples */
  async applyAll(samples) {
    const engine = await loading;
    return samples.map(({ base, batch, options }) => {
      const snapshot = engine.freeze(decoded(base));
      const read = engine.batch(batch);
      try {
        const patched = snapshot.apply(read, options);
        const { microseconds, ...report } = patched.report;
        const bytes = base64(patched.bytes());
        const diff = base64(patched.unifiedDiffBytes());
        patched.dispose();
        return { bytes, diff, report };
      } catch (error) {
        if (!(error instanceof FirnError)) throw error;
        return { errors: error.violations };
      } finally {
        read.dispose();
        snapshot.dispose();
      }
    });
  },

  /** What a worker of the page makes of it. @returns {Promise<{ backend: string, text: string }>} */
  inWorker: () =>
    new Promise((resolve, reject) => {
      const worker = new Worker('/pages/worker.mjs', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    }),
};

globalThis.firnPage = firnPage;
