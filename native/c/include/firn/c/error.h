#ifndef FIRN_C_ERROR_H
#define FIRN_C_ERROR_H

#include "firn/c/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why a call failed. */
typedef struct firn_error firn_error;

/* Every way in which Firn says no. The numbers are the same in every binding. */
typedef enum firn_code {
  FIRN_OK = 0,
  FIRN_ERROR_MALFORMED_JSON = 1,         /* The batch is not JSON. */
  FIRN_ERROR_MALFORMED_BATCH = 2,        /* JSON, but not a batch. */
  FIRN_ERROR_MALFORMED_DIFF = 3,         /* Not a unified diff. */
  FIRN_ERROR_MALFORMED_TEXT = 4,         /* Bytes that are not UTF-8 where text is needed. */
  FIRN_ERROR_INVALID_ARGUMENT = 5,       /* A call that breaks its contract as stated here. */
  FIRN_ERROR_SNAPSHOT_MISMATCH = 6,      /* Law 1: the batch was made for another text. */
  FIRN_ERROR_LINE_OUT_OF_RANGE = 7,      /* Law 1: a line the snapshot does not have. */
  FIRN_ERROR_ORDER_VIOLATION = 8,        /* Law 2: edits that are not strictly descending. */
  FIRN_ERROR_SNAPSHOT_MUTATED = 9,       /* Law 3: the frozen bytes changed. */
  FIRN_ERROR_INSERT_OUT_OF_BOUNDS = 10,  /* Law 4: an insert past line_count + 1. */
  FIRN_ERROR_OVERLAP = 11,               /* Law 5: two patches touch one line. */
  FIRN_ERROR_STALE_REVISION = 12,        /* Law 6: the batch was made for another revision. */
  FIRN_ERROR_SNAPSHOT_SIZE_CHANGED = 13, /* Law 7: the snapshot has other lines or bytes. */
  FIRN_ERROR_EXPECTATION_FAILED = 14,    /* The lines do not hold what the patch expects. */
  FIRN_ERROR_HUNK_FAILED = 15,           /* A hunk fits nowhere. */
  FIRN_ERROR_AMBIGUOUS_PLACEMENT = 16,   /* A hunk fits two places equally well. */
  FIRN_ERROR_UNSAFE_PATH = 17,           /* A file name that leaves the root. */
  FIRN_ERROR_BINARY_PATCH = 18,          /* A patch of bytes that are not lines. */
  FIRN_ERROR_LIMIT_EXCEEDED = 19,        /* A stated limit, or the memory, was not enough. */
  FIRN_ERROR_MERGE_CONFLICT = 20,        /* Two sides changed the same lines. */
  FIRN_ERROR_DISPOSED = 21,              /* The handle was disposed; not seen in C. */
  FIRN_CODE_IS_32_BITS = 0x7fffffff      /* Not a code: it fixes the width of the enum. */
} firn_code;

/* A patch of a batch. */
typedef struct firn_patch_ref {
  uint64_t index; /* 0-based, in the order given. */
  firn_view id;   /* Empty: none. */
} firn_patch_ref;

/* A hunk of what a diff does to a file. */
typedef struct firn_hunk_ref {
  uint64_t index;     /* 0-based, in the order of the diff. */
  uint64_t diff_line; /* 1-based line of the diff at which it begins. */
} firn_hunk_ref;

/* A place in the JSON or the diff that was parsed. */
typedef struct firn_position {
  uint64_t byte_offset; /* 0-based. */
  uint64_t line;        /* 1-based. */
  uint64_t byte_column; /* 1-based, in bytes. */
} firn_position;

/* The stable name, such as "line_out_of_range"; "ok" for FIRN_OK; empty for what is no code.
 * Lives for ever. */
FIRN_API firn_view firn_code_name(firn_code code);

FIRN_API void firn_error_free(firn_error* error);

/* FIRN_OK for NULL: no error. */
FIRN_API firn_code firn_error_code(const firn_error* error);
/* One sentence, for people. Views of an error live as long as the error. */
FIRN_API firn_view firn_error_message(const firn_error* error);
/* The law (1 to 7) that was broken; 0 for none. */
FIRN_API uint32_t firn_error_law(const firn_error* error);
/* Hunk failed: true if what the hunk would write is there already. */
FIRN_API bool firn_error_already_applied(const firn_error* error);

/* The fields that apply to some errors only: true if this error has the field, and then it is
 * written; else the result is left as it is. A NULL result asks only whether. */

/* The patch that was refused. */
FIRN_API bool firn_error_patch(const firn_error* error, firn_patch_ref* patch);
/* Overlap: the earlier patch, which holds the line. Without its id in a report that has quoted
 * 1 MiB of such ids. */
FIRN_API bool firn_error_other(const firn_error* error, firn_patch_ref* other);
/* The line it is about. */
FIRN_API bool firn_error_line(const firn_error* error, uint64_t* line);
/* The bound that was passed. */
FIRN_API bool firn_error_limit(const firn_error* error, uint64_t* limit);
/* The hunk that was not placed. */
FIRN_API bool firn_error_hunk(const firn_error* error, firn_hunk_ref* hunk);
/* Ambiguous placement: the other line at which the hunk fits, as well as at the line it is about.
 */
FIRN_API bool firn_error_other_line(const firn_error* error, uint64_t* other_line);
/* What was asked for, and what is there; long texts are cut after 4096 bytes. */
FIRN_API bool firn_error_expected(const firn_error* error, firn_view* expected);
FIRN_API bool firn_error_found(const firn_error* error, firn_view* found);
/* Malformed input: where. */
FIRN_API bool firn_error_position(const firn_error* error, firn_position* position);

/* Why firn_apply refused a batch: one error each, in batch order; the first is the error itself
 * once more. FIRN_POLICY_FAIL_FAST reports one. 0 for every other error. */
FIRN_API size_t firn_error_violation_count(const firn_error* error);
/* Violation `index`, 0-based; NULL unless index < violation_count. Borrowed from `error`. */
FIRN_API const firn_error* firn_error_violation(const firn_error* error, size_t index);

/* The error as JSON: code, message and the fields that apply; a refused batch has "violations" too.
 * Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_error_to_json(const firn_error* error, firn_buffer* json,
                                                      firn_error** failure);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_ERROR_H */
