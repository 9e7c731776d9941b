/** Why a patch of a set is refused, as the page tells it. */
import type { SetErrorFields } from '@firn/sets';
import type { Violation } from './protocol.js';

export function violationOf({ code, message, expected, found }: SetErrorFields): Violation {
  return {
    code,
    message,
    ...(code === 'set_collision' && { law: 5 }),
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
  };
}
