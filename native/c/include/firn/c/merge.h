#ifndef FIRN_C_MERGE_H
#define FIRN_C_MERGE_H

#include "firn/c/error.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One text made of three, with its conflicts. */
typedef struct firn_merged firn_merged;

/* How a conflict is written into the text. */
typedef enum firn_conflict_style {
  FIRN_CONFLICT_MERGE = 0,  /* Ours and theirs, cut down to the lines in which they differ. */
  FIRN_CONFLICT_DIFF3 = 1,  /* Ours, base and theirs, whole. */
  FIRN_CONFLICT_ZDIFF3 = 2, /* The same, without the lines that both share at their ends. */
  FIRN_CONFLICT_STYLE_IS_32_BITS = 0x7fffffff
} firn_conflict_style;

/* Who wins where both sides changed the same lines. */
typedef enum firn_favor {
  FIRN_FAVOR_NOBODY = 0,
  FIRN_FAVOR_OURS = 1,
  FIRN_FAVOR_THEIRS = 2,
  FIRN_FAVOR_BOTH = 3, /* Ours, then theirs. */
  FIRN_FAVOR_IS_32_BITS = 0x7fffffff
} firn_favor;

typedef struct firn_merge_options {
  size_t struct_size;          /* Set by FIRN_MERGE_OPTIONS_INIT. */
  const firn_view* ours_label; /* Behind the markers; NULL: "ours", "base" and "theirs". */
  const firn_view* base_label;
  const firn_view* theirs_label;
  uint32_t style;       /* A firn_conflict_style. */
  uint32_t favor;       /* A firn_favor. */
  uint32_t marker_size; /* 1 to 1024 characters. */
  uint32_t reserved;    /* Must be 0. */
} firn_merge_options;

/* firn_merge_options options = FIRN_MERGE_OPTIONS_INIT; also what a NULL pointer stands for. */
#define FIRN_MERGE_OPTIONS_INIT \
  {sizeof(firn_merge_options), NULL, NULL, NULL, FIRN_CONFLICT_MERGE, FIRN_FAVOR_NOBODY, 7, 0}

/* Three-way merge: what changed from `base` to `ours` and from `base` to `theirs`, in one text.
 * Equal to git merge-file. A conflict is no failure. O(n + nd), as firn_diff_texts.
 * Fails: LIMIT_EXCEEDED; INVALID_ARGUMENT for no such style or favor, a marker_size out of bounds,
 * a label with a line break, or options without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_merge(const firn_snapshot* base, const firn_snapshot* ours,
                                              const firn_snapshot* theirs,
                                              const firn_merge_options* options,
                                              firn_merged** merged, firn_error** error);
FIRN_API void firn_merged_free(firn_merged* merged);

/* The merged text, with the conflicts written into it. O(1). */
FIRN_API firn_view firn_merged_bytes(const firn_merged* merged);

/* Lines that both sides changed, each in its own way. */
typedef struct firn_conflict {
  firn_line_range base;   /* In the base; the same for parts of what was one conflict. */
  firn_line_range ours;   /* In ours. */
  firn_line_range theirs; /* In theirs. */
  firn_line_range merged; /* In the merged text, markers included. */
} firn_conflict;

/* The conflicts, ascending; none: the merge is clean. O(conflicts written). */
FIRN_API size_t firn_merged_conflicts(const firn_merged* merged, firn_conflict* conflicts,
                                      size_t capacity);

/* {"conflicts": [...]}, without the text. O(conflicts). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_merged_to_json(const firn_merged* merged, firn_buffer* json,
                                                       firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_MERGE_H */
