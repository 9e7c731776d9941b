#ifndef FIRN_C_PLACE_H
#define FIRN_C_PLACE_H

#include "firn/c/apply.h"
#include "firn/c/batch.h"
#include "firn/c/error.h"
#include "firn/c/file_diff.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One file of a diff, with the place of each of its hunks in a text. */
typedef struct firn_placed firn_placed;

/* How far a hunk may be from where it says it is. */
typedef enum firn_placement {
  FIRN_PLACEMENT_EXACT = 0,  /* At its own line, all context equal. */
  FIRN_PLACEMENT_SEARCH = 1, /* Offsets 0, +1, -1, +2, -2 ... over the whole file. */
  FIRN_PLACEMENT_FUZZY = 2,  /* Then again with up to max_fuzz outer lines of context not compared,
                                as GNU patch does it. */
  FIRN_PLACEMENT_IS_32_BITS = 0x7fffffff
} firn_placement;

/* What of a line's white space is not compared. */
typedef enum firn_white_space {
  FIRN_WHITE_SPACE_COMPARE = 0,
  FIRN_WHITE_SPACE_IGNORE_TRAILING = 1, /* Blanks before the line end, and a missing last LF. */
  FIRN_WHITE_SPACE_IGNORE_AMOUNT = 2,   /* Those, and how many there are in any other run. */
  FIRN_WHITE_SPACE_IS_32_BITS = 0x7fffffff
} firn_white_space;

typedef struct firn_place_options {
  size_t struct_size; /* Set by FIRN_PLACE_OPTIONS_INIT. */
  uint64_t max_fuzz;
  uint32_t placement;        /* A firn_placement. */
  uint32_t white_space;      /* A firn_white_space. */
  uint32_t ignore_line_ends; /* 1: compare lines without their terminators; new lines get those of
                                the file. */
  uint32_t reverse;          /* 1: take the diff back: what it adds is removed, and so on. */
  uint32_t policy;           /* A firn_policy. FAIL_FAST and ATOMIC: all hunks or none;
                                BEST_EFFORT: those that fit. */
  uint32_t reserved;         /* Must be 0. */
} firn_place_options;

/* firn_place_options options = FIRN_PLACE_OPTIONS_INIT; also what a NULL pointer stands for. */
/* clang-format off */
#define FIRN_PLACE_OPTIONS_INIT                                                                  \
  {sizeof(firn_place_options), 2, FIRN_PLACEMENT_EXACT, FIRN_WHITE_SPACE_COMPARE, 0, 0,          \
   FIRN_POLICY_FAIL_FAST, 0}
/* clang-format on */

/* Finds the place of each hunk of file `file_index` in `snapshot`, as GNU patch 2.7 does: a found
 * offset carries over to the next hunk, removed lines are always compared, hunks stay in order.
 * Two places at the same fuzz and the same distance are refused with both, and a hunk whose result
 * is there already is refused as applied.
 * O(diff) where every hunk lies at the carried offset; else O(n log n) more, once, and for each
 * hunk searched for O(places that hold its rarest line).
 * Fails, with the violations: LIMIT_EXCEEDED when the hunks have been compared with 100 million
 * places; and, unless the policy is FIRN_POLICY_BEST_EFFORT, HUNK_FAILED, AMBIGUOUS_PLACEMENT.
 * Fails, alone: INVALID_ARGUMENT unless file_index < file_count, for no such placement, white space
 * or policy, a flag that is neither 0 nor 1, or options without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_diff_place(const firn_diff* diff, size_t file_index,
                                                   const firn_snapshot* snapshot,
                                                   const firn_place_options* options,
                                                   firn_placed** placed, firn_error** error);
FIRN_API void firn_placed_free(firn_placed* placed);

/* What the placed hunks do, for firn_apply with FIRN_TIES_REJECT. Borrowed from `placed`. */
FIRN_API const firn_batch* firn_placed_batch(const firn_placed* placed);

/* Where a hunk came to lie. */
typedef struct firn_placed_hunk {
  uint64_t hunk_index;      /* 0-based, in the order of the diff. */
  uint64_t line;            /* Of the snapshot, at which its old side begins. */
  int64_t offset;           /* From where it says it is, in lines. */
  uint64_t fuzz;            /* Lines of context at either end that were not compared. */
  bool ignored_white_space; /* Only equal because white space was not compared. */
  bool ignored_line_ends;   /* Only equal because line ends were not compared. */
} firn_placed_hunk;

/* The hunks that have a place, ascending by line. O(hunks written). */
FIRN_API size_t firn_placed_hunks(const firn_placed* placed, firn_placed_hunk* hunks,
                                  size_t capacity);

/* A hunk that found no place. */
typedef struct firn_rejected_hunk {
  uint64_t hunk_index;     /* 0-based, in the order of the diff. */
  const firn_error* error; /* Why. Borrowed from the placed file. */
  bool already_applied;    /* What it would write is there already. */
} firn_rejected_hunk;

/* The others; none but under FIRN_POLICY_BEST_EFFORT. O(hunks written). */
FIRN_API size_t firn_placed_rejected(const firn_placed* placed, firn_rejected_hunk* rejected,
                                     size_t capacity);

/* The rejected hunks as a diff of their own; empty when there are none. O(lines written).
 * Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_placed_rejects(const firn_placed* placed, firn_buffer* diff,
                                                       firn_error** error);

/* {"hunks": [...], "rejected": [...]}. O(hunks). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_placed_to_json(const firn_placed* placed, firn_buffer* json,
                                                       firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_PLACE_H */
