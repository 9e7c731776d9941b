#ifndef FIRN_C_STACK_H
#define FIRN_C_STACK_H

#include "firn/c/batch.h"
#include "firn/c/error.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Many batches over one snapshot as one, or exactly what is in the way. */
typedef struct firn_stacked firn_stacked;

typedef struct firn_stack_options {
  size_t struct_size; /* Set by FIRN_STACK_OPTIONS_INIT. */
  /* The revision the text is at; NULL: the latest that any of the batches was made for. */
  const uint64_t* revision;
  uint64_t max_collisions; /* How many collisions are listed; all are counted. */
} firn_stack_options;

/* firn_stack_options options = FIRN_STACK_OPTIONS_INIT; also what a NULL pointer stands for. */
#define FIRN_STACK_OPTIONS_INIT {sizeof(firn_stack_options), NULL, 1000}

/* Puts independent batches together. No policy picks winners, since that would depend on the order
 * in which they come: what collides is reported, and is no failure. `batches` may be NULL when
 * batch_count is 0. O(k log k + text + collisions listed), k patches in all.
 * Fails: LIMIT_EXCEEDED without memory; INVALID_ARGUMENT for a NULL batch, a revision past
 * FIRN_MAX_COUNT, or options without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_stack(const firn_snapshot* snapshot,
                                              const firn_batch* const* batches, size_t batch_count,
                                              const firn_stack_options* options,
                                              firn_stacked** stacked, firn_error** error);
FIRN_API void firn_stacked_free(firn_stacked* stacked);

/* All patches, ascending by line, bound to the snapshot, whatever the order of the batches; NULL
 * when a batch was refused or two collide. Ids become "batch id/patch id" where both are there.
 * Borrowed from `stacked`. */
FIRN_API const firn_batch* firn_stacked_batch(const firn_stacked* stacked);

/* Where a patch of the combined batch comes from; both 0-based, in the orders given. */
typedef struct firn_stack_source {
  uint64_t batch_index;
  uint64_t patch_index;
} firn_stack_source;

/* One for each patch of the combined batch, in its order. O(sources written). */
FIRN_API size_t firn_stacked_sources(const firn_stacked* stacked, firn_stack_source* sources,
                                     size_t capacity);

/* A patch of one of the batches. */
typedef struct firn_stack_patch {
  uint64_t batch_index; /* 0-based, in the order given. */
  firn_view batch_id;   /* Empty: none. */
  firn_patch_ref patch;
} firn_stack_patch;

/* Two patches of different batches that touch the same lines. */
typedef struct firn_collision {
  firn_stack_patch first; /* Of the batch with the smaller index. */
  firn_stack_patch second;
  firn_line_range lines; /* Those that both touch; an insert touches the line it names. */
  firn_view message;     /* One sentence, for people. */
} firn_collision;

/* The collisions that are listed, ascending by the first line in dispute. O(collisions written). */
FIRN_API size_t firn_stacked_collisions(const firn_stacked* stacked, firn_collision* collisions,
                                        size_t capacity);
/* Of all collisions, listed or not. */
FIRN_API uint64_t firn_stacked_collision_count(const firn_stacked* stacked);

/* A batch that is not lawful even alone; it collides with nobody. */
typedef struct firn_refused_batch {
  uint64_t batch_index;    /* 0-based, in the order given. */
  firn_view batch_id;      /* Empty: none. */
  const firn_error* error; /* Why, with all violations. Borrowed from the stacked batches. */
} firn_refused_batch;

/* The refused batches, in the order given. O(batches written). */
FIRN_API size_t firn_stacked_refused(const firn_stacked* stacked, firn_refused_batch* refused,
                                     size_t capacity);

/* {"sources": [...], "collisions": [...], "collisionCount", "refused": [...]}, without the batch.
 * O(what is listed). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_stacked_to_json(const firn_stacked* stacked,
                                                        firn_buffer* json, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_STACK_H */
