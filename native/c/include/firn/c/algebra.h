#ifndef FIRN_C_ALGEBRA_H
#define FIRN_C_ALGEBRA_H

#include "firn/c/batch.h"
#include "firn/c/error.h"
#include "firn/c/patched.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Batches as values that can be taken back and put together. All of it is read off the edits; no
 * text is compared. */

/* The batch that turns the patched text back into its snapshot, to the byte. It is bound to the
 * patched text, and expects what stands there.
 * O(k + lines changed + fingerprint of the patched text).
 * Fails: INVALID_ARGUMENT; LIMIT_EXCEEDED without memory. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_invert(const firn_patched* patched,
                                                       firn_batch** batch, firn_error** error);

/* Two batches as one over the first's snapshot. The second must have been applied to the text of
 * the first. A run of lines that it takes back whole is not changed at all.
 * O(k of both + lines changed + fingerprint of the first's text).
 * Fails: SNAPSHOT_MISMATCH when the second was applied to another text; INVALID_ARGUMENT;
 * LIMIT_EXCEEDED without memory. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_compose(const firn_patched* first,
                                                        const firn_patched* second,
                                                        firn_batch** batch, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_ALGEBRA_H */
