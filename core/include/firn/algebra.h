#pragma once

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/patched.h"
#include "firn/snapshot.h"

/// Batches as values that can be taken back and put together. All of it is read off the edits; no
/// text is compared.
namespace firn {

/// The batch that turns the patched text back into its snapshot: apply(invert(x), apply(x, a)) = a.
/// It is bound to the patched text, expects what stands there, and puts back the very bytes.
/// Errors: limit_exceeded without memory. O(k + lines changed + fingerprint of the result).
[[nodiscard]] Result<Batch> invert(const Patched& patched);

/// Two batches, the second over the result of the first, as one over the first's snapshot:
/// apply(compose(x, y), a) = apply(y, apply(x, a)). One patch for each run of lines that they
/// changed, none where the second takes back the whole run. Associative in the texts made; where
/// lines were taken back, not always in the patches. Errors: snapshot_mismatch when the second's
/// snapshot is not the text of the first; limit_exceeded without memory. O(k of both + lines
/// changed + fingerprint of the first's text).
[[nodiscard]] Result<Batch> compose(const Patched& first, const Patched& second);

}  // namespace firn
