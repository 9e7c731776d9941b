/** A patched text that is what it was, or none. */
import { type EngineBinding, type Fallible, type Handle, NOT_GIVEN } from './binding.js';
import { freeAfter, unwrap } from './owned.js';
import { decodeStrict } from './text.js';

/** What was recorded when the patches were made; fingerprints as `snapshot.fingerprint` gives them. */
export interface Recorded {
  /** Of the text. */
  readonly base: string;
  /** Of what the patches make of it. */
  readonly result: string;
  /** The file that a batch may say it is for. */
  readonly file?: string | undefined;
}

/** REQUIRES a text that is well-formed. Handles come and go here: no object has to be made for them. */
export function reproduced(
  binding: EngineBinding,
  text: string,
  json: Uint8Array,
  { base, result, file }: Recorded,
): string | undefined {
  return using(binding.freezeText(text), (snapshot) => {
    if (snapshot.fingerprint() !== base) return undefined;
    const batch = binding.readBatchBytes(json, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN);
    return using(batch, (patches) => {
      const own = patches.file();
      if (file !== undefined && own !== '' && own !== file) return undefined;
      return using(snapshot.apply(patches, 0, 0, NOT_GIVEN), (patched) =>
        patched.fingerprint() === result
          ? decodeStrict(unwrap(patched.bytes()), 'the patched text')
          : undefined,
      );
    });
  });
}

/** Why there is none is nobody's question here. */
function using<H extends Handle, T>(
  made: Fallible<H>,
  use: (handle: H) => T | undefined,
): T | undefined {
  return typeof made === 'string' ? undefined : freeAfter(made, use);
}
