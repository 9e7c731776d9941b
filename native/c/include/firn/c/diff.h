#ifndef FIRN_C_DIFF_H
#define FIRN_C_DIFF_H

#include "firn/c/batch.h"
#include "firn/c/error.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How two texts are compared, line by line, terminators included. */
typedef enum firn_diff_algorithm {
  FIRN_DIFF_HISTOGRAM = 0, /* Splits at the rarest lines, as git diff --histogram; reads best. */
  FIRN_DIFF_MYERS = 1,     /* Never much larger than minimal, and never slow. */
  FIRN_DIFF_MINIMAL = 2,   /* As few changed lines as there can be; slow on very different texts. */
  FIRN_DIFF_ALGORITHM_IS_32_BITS = 0x7fffffff
} firn_diff_algorithm;

/* Where an insertion or deletion goes when equal lines around it leave a choice. */
typedef enum firn_slide {
  FIRN_SLIDE_NONE = 0,   /* Where the algorithm has put it. */
  FIRN_SLIDE_DOWN = 1,   /* As far down as it can. */
  FIRN_SLIDE_INDENT = 2, /* Where people expect it: git's indent heuristic. */
  FIRN_SLIDE_IS_32_BITS = 0x7fffffff
} firn_slide;

typedef struct firn_diff_options {
  size_t struct_size; /* Set by FIRN_DIFF_OPTIONS_INIT. */
  uint32_t algorithm; /* A firn_diff_algorithm. */
  uint32_t slide;     /* A firn_slide. */
} firn_diff_options;

/* firn_diff_options options = FIRN_DIFF_OPTIONS_INIT; also what a NULL pointer stands for. */
#define FIRN_DIFF_OPTIONS_INIT {sizeof(firn_diff_options), FIRN_DIFF_HISTOGRAM, FIRN_SLIDE_INDENT}

/* The batch that turns `before` into exactly `after`: one patch for each run of lines that differ,
 * with what it expects, bound to the fingerprint and line count of `before`.
 * O(n) where the texts agree at the ends, O(n + nd) expected for d differing lines, never worse
 * than O(n log n) but for FIRN_DIFF_MINIMAL.
 * Fails: LIMIT_EXCEEDED for texts of 2^31 lines or more, or without memory; INVALID_ARGUMENT for no
 * such algorithm or slide, or options without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_diff_texts(const firn_snapshot* before,
                                                   const firn_snapshot* after,
                                                   const firn_diff_options* options,
                                                   firn_batch** batch, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_DIFF_H */
