#ifndef FIRN_C_APPLY_H
#define FIRN_C_APPLY_H

#include "firn/c/batch.h"
#include "firn/c/patched.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What to do with a batch that breaks a law. None half-applies a patch. */
typedef enum firn_policy {
  FIRN_POLICY_FAIL_FAST = 0,   /* Report the first violation; apply nothing. */
  FIRN_POLICY_ATOMIC = 1,      /* Report every violation; apply nothing. */
  FIRN_POLICY_BEST_EFFORT = 2, /* Apply the lawful patches; of two that conflict the later loses. */
  FIRN_POLICY_IS_32_BITS = 0x7fffffff
} firn_policy;

/* Several patches at one line. */
typedef enum firn_ties {
  FIRN_TIES_REJECT = 0,     /* No two patches touch one line. */
  FIRN_TIES_KEEP_ORDER = 1, /* Inserts at one line come out in batch order; one replace or delete of
                               that line may follow. */
  FIRN_TIES_IS_32_BITS = 0x7fffffff
} firn_ties;

typedef struct firn_apply_options {
  size_t struct_size; /* Set by FIRN_APPLY_OPTIONS_INIT. */
  uint32_t policy;    /* A firn_policy. */
  uint32_t ties;      /* A firn_ties. */
  /* The revision the text is at; NULL: the one the batch was made for, or 0. */
  const uint64_t* revision;
} firn_apply_options;

/* firn_apply_options options = FIRN_APPLY_OPTIONS_INIT; also what a NULL pointer stands for. */
#define FIRN_APPLY_OPTIONS_INIT \
  {sizeof(firn_apply_options), FIRN_POLICY_FAIL_FAST, FIRN_TIES_REJECT, NULL}

/* Applies `batch` to `snapshot`, which stays as it is.
 * O(k) for patches in ascending or descending order, else O(k log k).
 * Fails, with the violations: SNAPSHOT_MISMATCH, STALE_REVISION; and, unless the policy is
 * FIRN_POLICY_BEST_EFFORT, LINE_OUT_OF_RANGE, INSERT_OUT_OF_BOUNDS, EXPECTATION_FAILED, OVERLAP.
 * Fails, alone: LIMIT_EXCEEDED; INVALID_ARGUMENT for no such policy or ties, a revision past
 * FIRN_MAX_COUNT, or options without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_apply(const firn_snapshot* snapshot,
                                              const firn_batch* batch,
                                              const firn_apply_options* options,
                                              firn_patched** patched, firn_error** error);

/* What firn_apply would make of the batch: counts, warnings and every violation, as JSON; applies
 * nothing, and succeeds whatever it finds. For the violations as values, firn_apply with
 * FIRN_POLICY_ATOMIC. O(k log k + text). Fails: INVALID_ARGUMENT as firn_apply; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_check(const firn_snapshot* snapshot,
                                              const firn_batch* batch,
                                              const firn_apply_options* options, firn_buffer* json,
                                              firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_APPLY_H */
