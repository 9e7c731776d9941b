#ifndef FIRN_C_SOURCE_MAP_H
#define FIRN_C_SOURCE_MAP_H

#include "firn/c/error.h"
#include "firn/c/patched.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How finely a source map tells where text comes from. */
typedef enum firn_map_detail {
  FIRN_MAP_LINE = 0,     /* Where each line comes from. */
  FIRN_MAP_BOUNDARY = 1, /* Where each word, run of blanks and other character comes from. */
  FIRN_MAP_DETAIL_IS_32_BITS = 0x7fffffff
} firn_map_detail;

typedef struct firn_source_map_style {
  size_t struct_size;      /* Set by FIRN_SOURCE_MAP_STYLE_INIT. */
  const firn_view* file;   /* Name of the patched text; NULL or empty: left out. */
  const firn_view* source; /* Name of the base; NULL or empty: the batch's file, or "". */
  uint32_t with_content;   /* 1: put the base into "sourcesContent"; 0: do not. */
  uint32_t detail;         /* A firn_map_detail. */
} firn_source_map_style;

/* firn_source_map_style style = FIRN_SOURCE_MAP_STYLE_INIT; also what a NULL pointer stands for. */
#define FIRN_SOURCE_MAP_STYLE_INIT {sizeof(firn_source_map_style), NULL, NULL, 1, FIRN_MAP_LINE}

/* The map from the patched text back to its base, as JSON (ECMA-426, "Source map format"): a line
 * of the base maps to itself, a line that a patch wrote to nothing. No text is compared. Columns
 * are UTF-16 code units, and a byte order mark is one.
 * O(lines of the result + content), and for FIRN_MAP_BOUNDARY O(bytes of untouched lines).
 * Fails: MALFORMED_TEXT, with the line, for a base that is not UTF-8 and that the map holds or has
 * boundaries in; LIMIT_EXCEEDED without memory; INVALID_ARGUMENT for a name that is NULL with a
 * size, a with_content that is neither 0 nor 1, no such detail, or a style without a known
 * struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_source_map(const firn_patched* patched,
                                                           const firn_source_map_style* style,
                                                           firn_buffer* map, firn_error** error);

/* Its "mappings" alone, for whoever has the texts and the names at hand and makes the rest.
 * `detail` is a firn_map_detail. Cost and failures as above, of a map without content. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_mappings(const firn_patched* patched,
                                                         uint32_t detail, firn_buffer* mappings,
                                                         firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_SOURCE_MAP_H */
