#ifndef FIRN_C_TEXT_EDITS_H
#define FIRN_C_TEXT_EDITS_H

#include "firn/c/batch.h"
#include "firn/c/error.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A place between two characters, as the Language Server Protocol counts: both 0-based, the column
 * in UTF-16 code units. The line behind the last one is the end of the text. */
typedef struct firn_text_position {
  uint64_t line;
  uint64_t utf16_column;
} firn_text_position;

/* Replaces what lies between two places of the frozen text. */
typedef struct firn_text_edit {
  firn_text_position start;
  firn_text_position end;
  firn_view new_text;
} firn_text_edit;

/* Makes a batch that has exactly the effect of the edits, one patch for each run of lines touched.
 * The order is the protocol's: several inserts at one place come out as they stand in the array,
 * and may be followed by one replacement that starts there. `edits` may be NULL when edit_count
 * is 0. O(k log k + length of the lines touched).
 * Fails, with the index of the edit as the error's patch: LINE_OUT_OF_RANGE for a place that the
 * text does not have or inside a surrogate pair; OVERLAP, with the other edit too; MALFORMED_TEXT
 * for a column in a line that is not UTF-8; INVALID_ARGUMENT for an edit that ends before it starts
 * or a view that is NULL with a size; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_of_text_edits(const firn_snapshot* snapshot,
                                                            const firn_text_edit* edits,
                                                            size_t edit_count, firn_batch** batch,
                                                            firn_error** error);

/* The same for edits in JSON, an array of the protocol's TextEdit:
 *
 *     [{"range": {"start": {"line": 0, "character": 4},
 *                 "end": {"line": 0, "character": 7}}, "newText": "let"}]
 *
 * Strict; limits.patches bounds the edits. `json` is not kept. O(n) more.
 * Fails: MALFORMED_JSON and MALFORMED_BATCH, both with a position; and as firn_batch_of_text_edits,
 * or for limits without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_of_text_edits_json(const firn_snapshot* snapshot,
                                                                 firn_view json,
                                                                 const firn_limits* limits,
                                                                 firn_batch** batch,
                                                                 firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_TEXT_EDITS_H */
