// @ts-check
import { bytesOf } from '../../conformance/oracle.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('@firn/engine').BatchInput} BatchInput */
/** @typedef {import('@firn/engine').ErrorFields} ErrorFields */
/** @typedef {import('./arbitraries.mjs').Sample} Sample */

/** @param {readonly ErrorFields[]} errors */
export const withoutMessages = (errors) => errors.map(({ message, ...fields }) => fields);

/** What `act` makes, or the violations it is refused with. @template T @param {() => T} act @returns {{ made: T } | { errors: readonly ErrorFields[] }} */
export function attempt(act) {
  try {
    return { made: act() };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FirnError') throw error;
    const { violations } = /** @type {import('@firn/engine').FirnError} */ (error);
    return { errors: violations.length > 0 ? violations : [fieldsOf(error)] };
  }
}

/** @param {Error} error @returns {ErrorFields} */
function fieldsOf(error) {
  const { message } = error;
  const { name, violations, ...fields } = /** @type {import('@firn/engine').FirnError} */ (error);
  return { ...fields, message };
}

/** A batch as the engine takes it. @param {import('../../conformance/oracle.mjs').Batch} batch */
export const input = (batch) => /** @type {BatchInput} */ (batch);

/** A batch as data, or why it has none: JSON cannot hold texts that are not UTF-8. @param {import('@firn/engine').Batch} batch */
export const dataOf = (batch) => attempt(() => batch.toJSON());

/** Applies and hands all of it to `look`; frees it afterwards. @template T @param {Engine} engine @param {Sample} given
 * @param {(made: { snapshot: import('@firn/engine').Snapshot, batch: import('@firn/engine').Batch }) => T} look @returns {T} */
export function withHandles(engine, given, look) {
  const snapshot = engine.freeze(bytesOf(given.text));
  const batch = engine.batch(input(given.batch));
  try {
    return look({ snapshot, batch });
  } finally {
    batch.dispose();
    snapshot.dispose();
  }
}

/** @typedef {<H extends { dispose(): void } | undefined>(handle: H) => H} Keep */

/** Frees whatever `act` gave to `keep` once it is done: `using`, for the oldest Node we run on.
 * @template T @param {(keep: Keep) => T} act @returns {T} */
export function scoped(act) {
  /** @type {({ dispose(): void } | undefined)[]} */
  const kept = [];
  try {
    return act((handle) => {
      kept.push(handle);
      return handle;
    });
  } finally {
    for (const handle of kept.reverse()) handle?.dispose();
  }
}
