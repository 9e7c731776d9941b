#ifndef FIRN_C_HISTORY_H
#define FIRN_C_HISTORY_H

#include "firn/c/apply.h"
#include "firn/c/batch.h"
#include "firn/c/error.h"
#include "firn/c/patched.h"
#include "firn/c/rebase.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An append-only chain of revisions over one frozen text, the root. Each batch means the text of
 * the revision before it and makes the next; any revision can be read as one change of the root.
 *
 *     firn_history_new(root, 0, &empty, &error);                     // revision 0
 *     firn_history_append(empty, batch, NULL, &one, NULL, &error);   // 1; `empty` is still at 0
 *     firn_history_undo(one, 1, &two, NULL, &error);                 // 2, the same text as 0
 *
 * Histories that were appended to the same one share what they have in common, so that each costs
 * little. Below, n is the size of a text, r the number of revisions and c the lines that the
 * batches up to the revision changed, with their texts. */
typedef struct firn_history firn_history;

/* The root alone, at `revision`. O(1).
 * Fails: INVALID_ARGUMENT for a revision past FIRN_MAX_COUNT; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_history_new(const firn_snapshot* root, uint64_t revision,
                                                    firn_history** history, firn_error** error);
FIRN_API void firn_history_free(firn_history* history);

/* The frozen text at the beginning, and that of the last revision. Borrowed from `history`. O(1).
 */
FIRN_API const firn_snapshot* firn_history_root(const firn_history* history);
FIRN_API const firn_snapshot* firn_history_text(const firn_history* history);

FIRN_API uint64_t firn_history_first_revision(const firn_history* history);
/* The last one. */
FIRN_API uint64_t firn_history_revision(const firn_history* history);

typedef struct firn_append_options {
  size_t struct_size; /* Set by FIRN_APPEND_OPTIONS_INIT. */
  uint32_t policy;    /* A firn_policy. */
  uint32_t ties;      /* A firn_ties. */
} firn_append_options;

/* firn_append_options options = FIRN_APPEND_OPTIONS_INIT; also what a NULL pointer stands for. */
#define FIRN_APPEND_OPTIONS_INIT \
  {sizeof(firn_append_options), FIRN_POLICY_FAIL_FAST, FIRN_TIES_REJECT}

/* `history` and one batch more, which means the text of its last revision. With no patch applied
 * the revision stays, and nothing is appended. `patched`, which may be NULL, is the batch over that
 * text, with what FIRN_POLICY_BEST_EFFORT left out. O(n + c), amortised O(n + batch * log r).
 * Fails: as firn_apply; INVALID_ARGUMENT for no such policy or ties, or options without a known
 * struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_history_append(const firn_history* history,
                                                       const firn_batch* batch,
                                                       const firn_append_options* options,
                                                       firn_history** appended,
                                                       firn_patched** patched, firn_error** error);

/* The text of `revision` as a change of the root, which is one batch: bound to the root, one
 * verbatim patch for each run of lines that differs. O(c log r).
 * Fails: INVALID_ARGUMENT unless first_revision <= revision <= revision of the last;
 * LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_history_at(const firn_history* history, uint64_t revision,
                                                   firn_patched** patched, firn_error** error);

/* The batch that made `revision`, with the patches that were not applied. O(log r).
 * Fails: INVALID_ARGUMENT as firn_history_at, and for the first revision; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_history_batch_of(const firn_history* history,
                                                         uint64_t revision, firn_batch** batch,
                                                         firn_error** error);

/* One revision, as a list shows it. */
typedef struct firn_revision {
  uint64_t revision;
  uint64_t line_count;
  uint64_t patch_count;                     /* Of the batch that made it; 0 for the first. */
  firn_view batch_id;                       /* Of that batch; empty: none. */
  char fingerprint[FIRN_FINGERPRINT_CHARS]; /* As firn_snapshot_fingerprint. */
} firn_revision;

/* Every revision, ascending. O(r), and O(1) where `revisions` is NULL. */
FIRN_API size_t firn_history_revisions(const firn_history* history, firn_revision* revisions,
                                       size_t capacity);

/* Takes back the batch that made `revision` and keeps those behind it: its inverse, carried over
 * what they changed, becomes a revision of its own. Where they changed the same lines nothing is
 * undone: `undone` is at the revision of `history`, and `rebased`, which may be NULL, tells the
 * conflicts; its patches are one for each run of lines that the batch changed. An undo can be
 * undone. O(n + c log r).
 * Fails: INVALID_ARGUMENT as firn_history_batch_of; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_history_undo(const firn_history* history, uint64_t revision,
                                                     firn_history** undone, firn_rebased** rebased,
                                                     firn_error** error);

/* {"firstRevision", "revision", "revisions": [...]}, without the texts. O(r).
 * Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_history_to_json(const firn_history* history,
                                                        firn_buffer* json, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_HISTORY_H */
