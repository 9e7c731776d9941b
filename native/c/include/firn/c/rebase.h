#ifndef FIRN_C_REBASE_H
#define FIRN_C_REBASE_H

#include "firn/c/batch.h"
#include "firn/c/error.h"
#include "firn/c/patched.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A batch carried over to another version of its text. */
typedef struct firn_rebased firn_rebased;

/* Carries the batch of `patched` over to `new_text`, another version of its snapshot. One conflict
 * stops none of the other patches; those that FIRN_POLICY_BEST_EFFORT left out are left out here.
 * Onto the same text it is the identity, but for what the batch expects and is bound to.
 * O(diff of the texts + lines of the texts + k log k + bytes of the conflicts).
 * Fails: INVALID_ARGUMENT; LIMIT_EXCEEDED, also when the conflicts hold more than 256 MiB in all
 * and more than the old text, the patched and the new together. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_rebase(const firn_patched* patched,
                                                       const firn_snapshot* new_text,
                                                       firn_rebased** rebased, firn_error** error);
FIRN_API void firn_rebased_free(firn_rebased* rebased);

/* The batch over the new text: what is clean or moved, bound to it. Borrowed from `rebased`. */
FIRN_API const firn_batch* firn_rebased_batch(const firn_rebased* rebased);

/* What became of a patch when the text under it changed. */
typedef enum firn_carried {
  FIRN_CARRIED_CLEAN = 0,    /* Its lines are where they were. */
  FIRN_CARRIED_MOVED = 1,    /* Its lines are the same, further up or down. */
  FIRN_CARRIED_UPSTREAM = 2, /* The new text has the change already. */
  FIRN_CARRIED_CONFLICT = 3, /* The new text changed the same lines in another way. */
  FIRN_CARRIED_IS_32_BITS = 0x7fffffff
} firn_carried;

/* The stable name, such as "moved"; empty for what is none. Lives for ever. */
FIRN_API firn_view firn_carried_name(firn_carried carried);

typedef struct firn_carried_patch {
  firn_patch_ref patch; /* Of the batch that was rebased. */
  firn_line_range from; /* Its lines in the old text; an insert's is empty, before its line. */
  firn_line_range to;   /* The same in the new text; upstream what it would write, for a conflict
                           all lines in dispute. */
  firn_view base;       /* The three sides of a conflict, else empty: the old text, */
  firn_view ours;       /* what the patch makes of it, */
  firn_view theirs;     /* and the new text. */
  uint32_t carried;     /* A firn_carried. */
} firn_carried_patch;

/* Every patch that was applied, in batch order. O(patches written). */
FIRN_API size_t firn_rebased_patches(const firn_rebased* rebased, firn_carried_patch* patches,
                                     size_t capacity);

/* True when one of the patches is FIRN_CARRIED_CONFLICT. O(patches). */
FIRN_API bool firn_rebased_has_conflict(const firn_rebased* rebased);

/* {"patches": [...]}, without the batch. O(patches + conflicts' text).
 * Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_rebased_to_json(const firn_rebased* rebased,
                                                        firn_buffer* json, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_REBASE_H */
