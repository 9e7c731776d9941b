#ifndef FIRN_C_BATCH_H
#define FIRN_C_BATCH_H

#include "firn/c/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What someone asked for: patches over one snapshot. Well-formed, not yet lawful. */
typedef struct firn_batch firn_batch;
/* A batch that is being put together; not for two threads at once. */
typedef struct firn_batch_builder firn_batch_builder;

/* How much a batch may hold. Passing one is LIMIT_EXCEEDED, and the error names it. */
typedef struct firn_limits {
  size_t struct_size;   /* Set by FIRN_LIMITS_INIT. */
  uint64_t batch_bytes; /* Bytes of JSON; at most 4 GiB - 64. */
  uint64_t patches;
  uint64_t text_lines; /* Lines of new text, over all patches. */
  uint64_t nesting;    /* Arrays and objects inside each other in the JSON. */
} firn_limits;

/* firn_limits limits = FIRN_LIMITS_INIT; also what a NULL firn_limits* stands for. */
#define FIRN_LIMITS_INIT {sizeof(firn_limits), 268435456u, 1000000u, 16777216u, 32u}

/* The largest line number and revision: 2^53 - 1. */
#define FIRN_MAX_COUNT 9007199254740991u

/* Reads a batch from JSON: an object of schema firn.batch/1, or a bare array of patches. Strict;
 * `json` is not kept. O(n).
 * Fails: MALFORMED_JSON and MALFORMED_BATCH, both with a position; LIMIT_EXCEEDED;
 * INVALID_ARGUMENT for NULL data with a size, or limits without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_parse(firn_view json, const firn_limits* limits,
                                                    firn_batch** batch, firn_error** error);
FIRN_API void firn_batch_free(firn_batch* batch);

/* Empty: none. */
FIRN_API firn_view firn_batch_id(const firn_batch* batch);
FIRN_API firn_view firn_batch_file(const firn_batch* batch);
FIRN_API uint64_t firn_batch_patch_count(const firn_batch* batch);
/* False: the batch names no revision, and the result is left as it is. */
FIRN_API bool firn_batch_revision(const firn_batch* batch, uint64_t* revision);

/* JSON that firn_batch_parse takes back. O(n).
 * Fails: MALFORMED_TEXT, with the patch, for texts that are not UTF-8, which JSON cannot hold;
 * INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_to_json(const firn_batch* batch, firn_buffer* json,
                                                      firn_error** error);

/* These of its patches, by their 0-based places, as a batch in this order; id, file, base and
 * revision stay. For who switches patches on and off: no text is read or copied. O(k) of both.
 * Fails: INVALID_ARGUMENT for a place that is not there, or is there twice, or NULL with a count.
 */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_select(const firn_batch* batch,
                                                     const uint32_t* places, size_t place_count,
                                                     firn_batch** selection, firn_error** error);

/* What a patch does with the lines it names. 0 is no operation. */
typedef enum firn_op {
  FIRN_OP_REPLACE = 1,
  FIRN_OP_DELETE = 2,
  FIRN_OP_INSERT = 3,
  FIRN_OP_IS_32_BITS = 0x7fffffff
} firn_op;

/* One patch. A replace or an insert has either text or lines; a delete has neither. */
typedef struct firn_patch_spec {
  size_t struct_size;      /* Set by FIRN_PATCH_SPEC_INIT. */
  uint64_t line;           /* 1-based; an insert goes before it. */
  uint64_t end_line;       /* Inclusive; 0: the same as line. Not for inserts. */
  const firn_view* text;   /* New lines, split at LF; "" is one empty line. */
  const firn_view* lines;  /* The same, one view a line; not NULL with line_count 0: no line. */
  size_t line_count;       /* Of lines. */
  const firn_view* expect; /* What the lines must hold, split like text. */
  const firn_view* id;
  uint32_t op;       /* A firn_op. */
  uint32_t verbatim; /* 1: text goes in byte for byte, its own line ends and a missing last
                        one included; 0: the file's own line ends are used. Not for lines. */
} firn_patch_spec;

/* firn_patch_spec spec = FIRN_PATCH_SPEC_INIT(FIRN_OP_DELETE, 5); */
#define FIRN_PATCH_SPEC_INIT(op, line) \
  {sizeof(firn_patch_spec), (line), 0, NULL, NULL, 0, NULL, NULL, (op), 0}

/* Makes a batch of structs instead of JSON. The same things are refused.
 * Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED without memory. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_new(const firn_limits* limits,
                                                          firn_batch_builder** builder,
                                                          firn_error** error);
FIRN_API void firn_batch_builder_free(firn_batch_builder* builder);

/* Copied; a later call replaces an earlier one; empty: none. An id has at most 1024 bytes, which
 * firn_batch_builder_build sees to. Fails: INVALID_ARGUMENT. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_set_id(firn_batch_builder* builder,
                                                             firn_view id, firn_error** error);
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_set_file(firn_batch_builder* builder,
                                                               firn_view file, firn_error** error);

/* The text that the batch is for; either may be NULL. The fingerprint is 32 hex digits.
 * Fails: INVALID_ARGUMENT for another form, or a line count past FIRN_MAX_COUNT. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_set_base(firn_batch_builder* builder,
                                                               const firn_view* fingerprint,
                                                               const uint64_t* line_count,
                                                               firn_error** error);

/* Fails: INVALID_ARGUMENT for a revision past FIRN_MAX_COUNT. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_set_revision(firn_batch_builder* builder,
                                                                   uint64_t revision,
                                                                   firn_error** error);

/* Adds one patch; its texts are copied. One that is refused is not added. O(text).
 * Fails: MALFORMED_BATCH, LIMIT_EXCEEDED; INVALID_ARGUMENT for no such op, a spec without a known
 * struct_size, NULL data with a size, NULL lines with a line_count. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_add(firn_batch_builder* builder,
                                                          const firn_patch_spec* spec,
                                                          firn_error** error);

/* The batch; the builder is empty afterwards, also on failure, and still yours to free.
 * O(text + k log k). Fails: MALFORMED_BATCH for an id that two patches share; LIMIT_EXCEEDED, also
 * for an id that is too long; INVALID_ARGUMENT. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_build(firn_batch_builder* builder,
                                                            firn_batch** batch, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_BATCH_H */
