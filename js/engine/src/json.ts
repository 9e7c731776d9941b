import type { Fallible, Json } from './binding.js';
import { unwrap } from './owned.js';
import { decodeStrict } from './text.js';

/**
 * What core wrote as JSON, or the call's error thrown; `limit_exceeded` when it is longer than any
 * string. `what` names it in the message.
 */
export function parseJson<T>(result: Fallible<Json>, what: string): T {
  return JSON.parse(decodeStrict(unwrap(result), what)) as T;
}
