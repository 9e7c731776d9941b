#ifndef FIRN_C_WORD_DIFF_H
#define FIRN_C_WORD_DIFF_H

#include "firn/c/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes [begin, end) of a line, 0-based. */
typedef struct firn_byte_range {
  uint64_t begin;
  uint64_t end;
} firn_byte_range;

/* `before` became `after`; one of them may be empty, not both. */
typedef struct firn_word_change {
  firn_byte_range before;
  firn_byte_range after;
} firn_word_change;

/* What of a changed line to mark, for display: ascending, with something equal between any two. A
 * word or number is marked whole, as is a run of white space; of anything else each character. Two
 * changes with only white space between them are one. Any bytes will do.
 * Writes the first `capacity` changes to `changes`, as functions do that list structs, and how many
 * there are to `count`: never more than the shorter line has bytes, and one. O(n) but for the
 * comparison, which is that of firn_diff_texts over the words.
 * Fails: INVALID_ARGUMENT for NULL data with a size; LIMIT_EXCEEDED for lines of 2^31 words, or
 * without memory. */
FIRN_API FIRN_MUST_CHECK firn_code firn_changed_words(firn_view before, firn_view after,
                                                      firn_word_change* changes, size_t capacity,
                                                      size_t* count, firn_error** error);

/* The same as JSON: [{"before": {"from", "to"}, "after": {"from", "to"}}], with both ends in UTF-16
 * code units, 0-based, `to` exclusive. Fails: as firn_changed_words. */
FIRN_API FIRN_MUST_CHECK firn_code firn_changed_words_json(firn_view before, firn_view after,
                                                           firn_buffer* json, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_WORD_DIFF_H */
