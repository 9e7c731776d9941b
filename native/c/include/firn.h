#ifndef FIRN_H
#define FIRN_H

/*
 * Firn applies patches to frozen text. This header is the C API and its manual.
 *
 *     bytes -- firn_snapshot_freeze --> snapshot --+
 *                                                  +-- firn_apply --> patched --> bytes, lines,
 *     JSON  -- firn_batch_parse ------> batch -----+                              changes, diff
 *
 *     firn_snapshot* snapshot = NULL;
 *     firn_batch* batch = NULL;
 *     firn_patched* patched = NULL;
 *     firn_buffer text = {NULL, 0};
 *     firn_error* error = NULL;
 *     const char* json = "[{\"op\": \"delete\", \"line\": 1}]";
 *
 *     if (firn_snapshot_freeze(firn_view_of("one\ntwo\n"), &snapshot, &error) != FIRN_OK ||
 *         firn_batch_parse(firn_view_of(json), NULL, &batch, &error) != FIRN_OK ||
 *         firn_apply(snapshot, batch, NULL, &patched, &error) != FIRN_OK ||
 *         firn_patched_bytes(patched, &text, &error) != FIRN_OK) {
 *       fprintf(stderr, FIRN_VIEW_FORMAT "\n", FIRN_VIEW_ARGS(firn_error_message(error)));
 *     }
 *     firn_buffer_free(&text);  // "two\n"
 *     firn_patched_free(patched);
 *     firn_batch_free(batch);
 *     firn_snapshot_free(snapshot);
 *     firn_error_free(error);
 *
 * Conventions, which hold for every function and are not repeated there:
 *
 *  1. Handles. Each value is a pointer to its own opaque struct, made by one function and freed by
 *     its firn_..._free. Handles do not depend on each other: a patched text keeps what it needs of
 *     its snapshot and batch, so free them in any order.
 *  2. Text is a pointer and a length: any bytes, NUL included, and no NUL is expected or added at
 *     the end. data may be NULL when size is 0. An optional argument is a pointer; NULL says that
 *     it is not given.
 *  3. Who frees. A firn_view is borrowed, never freed, and lives as long as the handle it was asked
 *     of; one that you pass in is read during the call only. A firn_buffer is yours: give it back
 *     with firn_buffer_free, not with free.
 *  4. Errors. What can fail returns a firn_code, FIRN_OK (0) on success. The last argument, if it
 *     is not NULL, is always written: NULL on success, else a new error for you to free; what it
 *     held before is not looked at. On failure every other result is set to NULL, 0 or empty.
 *  5. NULL. A NULL handle, result pointer or required argument is FIRN_ERROR_INVALID_ARGUMENT in
 *     functions that return a firn_code. Functions without an error answer a NULL handle with 0,
 *     false, NULL or an empty view. Every firn_..._free(NULL) does nothing.
 *     No argument is undefined behaviour but a pointer to memory that is not there, or no longer.
 *  6. Lines count from 1, and are lines of the snapshot unless "patched" is said. Ranges include
 *     both ends; an empty one has to == from - 1. Where there may be no line, 0 says so.
 *  7. Threads. Every handle but firn_batch_builder is immutable: use it from any number of threads.
 *     Free it when the last one is done.
 *  8. There is no global state: no init, no last error, no locale, no errno, no output, no files.
 *  9. Memory. Where there is none for a text, its index or a handle, the call fails with
 *     FIRN_ERROR_LIMIT_EXCEEDED; if there is none for the error either, that is NULL, which every
 *     firn_error_... takes. Where there is none for small bookkeeping, the process ends.
 * 10. Growth. Structs that you fill begin with struct_size; set them up with their FIRN_..._INIT,
 *     and code built against an older header keeps working. Structs that Firn fills never change.
 *     Numbers of enums never change; new ones may come, so give each switch a default.
 *
 * In "O(...)" k is the number of edits, "lines" and "output" are what was asked for.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define FIRN_API __attribute__((visibility("default")))
#define FIRN_MUST_CHECK __attribute__((warn_unused_result))
#else
#define FIRN_API
#define FIRN_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Handles --------------------------------------------------------------------------------- */

/* A frozen text: bytes, line index and fingerprint. */
typedef struct firn_snapshot firn_snapshot;
/* What someone asked for: patches over one snapshot. Well-formed, not yet lawful. */
typedef struct firn_batch firn_batch;
/* A batch that is being put together; not for two threads at once. */
typedef struct firn_batch_builder firn_batch_builder;
/* The result: a snapshot with a batch applied. Nothing is copied until bytes are asked for. */
typedef struct firn_patched firn_patched;
/* Why a call failed. */
typedef struct firn_error firn_error;

/* ---- Text ------------------------------------------------------------------------------------ */

/* Borrowed bytes. In views that Firn returns, data is never NULL. */
typedef struct firn_view {
  const char* data;
  size_t size; /* In bytes. */
} firn_view;

/* Owned bytes: free with firn_buffer_free. data may be NULL when size is 0. */
typedef struct firn_buffer {
  char* data;
  size_t size; /* In bytes. */
} firn_buffer;

/* Frees the bytes and leaves {NULL, 0}, so that a second call does nothing. */
FIRN_API void firn_buffer_free(firn_buffer* buffer);

/* The bytes of a C string, without its NUL. NULL is the empty text. */
static inline firn_view firn_view_of(const char* string) {
  firn_view view;
  view.data = string;
  view.size = string != NULL ? strlen(string) : 0;
  return view;
}

/* The bytes of a buffer, borrowed from it. */
static inline firn_view firn_buffer_view(const firn_buffer* buffer) {
  firn_view view;
  view.data = buffer != NULL ? buffer->data : NULL;
  view.size = buffer != NULL ? buffer->size : 0;
  return view;
}

/* printf("name: " FIRN_VIEW_FORMAT "\n", FIRN_VIEW_ARGS(view)): up to the first NUL, if any. */
#define FIRN_VIEW_FORMAT "%.*s"
#define FIRN_VIEW_ARGS(view) (int)((view).size < 0x7fffffff ? (view).size : 0x7fffffff), (view).data

/* The engine's version, "major.minor.patch". Lives for ever. */
FIRN_API firn_view firn_version(void);

/* ---- Errors ---------------------------------------------------------------------------------- */

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

/* A place in the JSON that was parsed. */
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

/* The fields that apply to some errors only: true if this error has the field, and then it is
 * written; else the result is left as it is. A NULL result asks only whether. */

/* The patch that was refused. */
FIRN_API bool firn_error_patch(const firn_error* error, firn_patch_ref* patch);
/* Overlap: the earlier patch, which holds the line. */
FIRN_API bool firn_error_other(const firn_error* error, firn_patch_ref* other);
/* The line it is about. */
FIRN_API bool firn_error_line(const firn_error* error, uint64_t* line);
/* The bound that was passed. */
FIRN_API bool firn_error_limit(const firn_error* error, uint64_t* limit);
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

/* ---- Snapshot -------------------------------------------------------------------------------- */

/*
 * A line ends with LF; a CR before it belongs to the terminator; a lone CR is content.
 *
 *     ""            0 lines
 *     "a"           1 line, no final newline
 *     "a\n"         1 line
 *     "a\n\nb"      3 lines; the second is empty
 *     "a\r\nb\r\n"  2 lines; their terminator is CR LF
 */

/* Freezes a copy of `bytes`: any bytes, UTF-8 or not. O(n).
 * Fails: INVALID_ARGUMENT for NULL data with a size; LIMIT_EXCEEDED without memory. */
FIRN_API FIRN_MUST_CHECK firn_code firn_snapshot_freeze(firn_view bytes, firn_snapshot** snapshot,
                                                        firn_error** error);
FIRN_API void firn_snapshot_free(firn_snapshot* snapshot);

FIRN_API uint64_t firn_snapshot_line_count(const firn_snapshot* snapshot);
FIRN_API uint64_t firn_snapshot_byte_size(const firn_snapshot* snapshot);
/* The frozen bytes. O(1). */
FIRN_API firn_view firn_snapshot_bytes(const firn_snapshot* snapshot);

/* Room for 32 hex digits and a NUL. */
#define FIRN_FINGERPRINT_CHARS 33

/* XXH3-128 of the bytes as 32 lower-case hex digits and a NUL: an identity, not a signature.
 * Writes "" for a NULL snapshot, nothing to NULL. O(1). */
FIRN_API void firn_snapshot_fingerprint(const firn_snapshot* snapshot,
                                        char hex[FIRN_FINGERPRINT_CHARS]);

/* Line `line`: its content, and its terminator ("\n", "\r\n" or ""). Either result may be NULL.
 * O(1). Fails: INVALID_ARGUMENT unless 1 <= line <= line_count. */
FIRN_API FIRN_MUST_CHECK firn_code firn_snapshot_line(const firn_snapshot* snapshot, uint64_t line,
                                                      firn_view* content, firn_view* terminator,
                                                      firn_error** error);

/* Lines `from` to `to`, terminators and all. O(1).
 * Fails: INVALID_ARGUMENT unless 1 <= from <= to + 1 and to <= line_count. */
FIRN_API FIRN_MUST_CHECK firn_code firn_snapshot_lines(const firn_snapshot* snapshot, uint64_t from,
                                                       uint64_t to, firn_view* bytes,
                                                       firn_error** error);

/* Proves that the frozen bytes are as they were: counts and fingerprints them anew. O(n).
 * Fails: SNAPSHOT_SIZE_CHANGED, SNAPSHOT_MUTATED; INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_snapshot_verify(const firn_snapshot* snapshot,
                                                        firn_error** error);

/* ---- Batch ----------------------------------------------------------------------------------- */

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

/* JSON that firn_batch_parse takes back, provided the texts are UTF-8. O(n).
 * Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_to_json(const firn_batch* batch, firn_buffer* json,
                                                      firn_error** error);

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
  uint32_t reserved; /* Must be 0. */
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

/* Copied; a later call replaces an earlier one; empty: none. Fails: INVALID_ARGUMENT. */
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

/* The batch; the builder is empty afterwards, and still yours to free. O(text + k log k).
 * Fails: MALFORMED_BATCH for an id that two patches share; LIMIT_EXCEEDED; INVALID_ARGUMENT. */
FIRN_API FIRN_MUST_CHECK firn_code firn_batch_builder_build(firn_batch_builder* builder,
                                                            firn_batch** batch, firn_error** error);

/* ---- Apply ----------------------------------------------------------------------------------- */

/* What to do with a batch that breaks a law. None half-applies a patch. */
typedef enum firn_policy {
  FIRN_POLICY_FAIL_FAST = 0,   /* Report the first violation; apply nothing. */
  FIRN_POLICY_ATOMIC = 1,      /* Report every violation; apply nothing. */
  FIRN_POLICY_BEST_EFFORT = 2, /* Apply the lawful patches; of two that conflict the later loses. */
  FIRN_POLICY_IS_32_BITS = 0x7fffffff
} firn_policy;

/* Several patches at one line. */
typedef enum firn_ties {
  FIRN_TIES_REJECT = 0,     /* No two patches touch one line. */
  FIRN_TIES_KEEP_ORDER = 1, /* Inserts at one line come out in batch order; one replace or delete of
                               that line may follow. */
  FIRN_TIES_IS_32_BITS = 0x7fffffff
} firn_ties;

typedef struct firn_apply_options {
  size_t struct_size; /* Set by FIRN_APPLY_OPTIONS_INIT. */
  uint32_t policy;    /* A firn_policy. */
  uint32_t ties;      /* A firn_ties. */
  /* The revision the text is at; NULL: the one the batch was made for, or 0. */
  const uint64_t* revision;
} firn_apply_options;

/* firn_apply_options options = FIRN_APPLY_OPTIONS_INIT; also what a NULL pointer stands for. */
#define FIRN_APPLY_OPTIONS_INIT \
  {sizeof(firn_apply_options), FIRN_POLICY_FAIL_FAST, FIRN_TIES_REJECT, NULL}

/* Applies `batch` to `snapshot`, which stays as it is.
 * O(k) for patches in ascending or descending order, else O(k log k).
 * Fails, with the violations: SNAPSHOT_MISMATCH, STALE_REVISION; and, unless the policy is
 * FIRN_POLICY_BEST_EFFORT, LINE_OUT_OF_RANGE, INSERT_OUT_OF_BOUNDS, EXPECTATION_FAILED, OVERLAP.
 * Fails, alone: LIMIT_EXCEEDED; INVALID_ARGUMENT for no such policy or ties, a revision past
 * FIRN_MAX_COUNT, or options without a known struct_size. */
FIRN_API FIRN_MUST_CHECK firn_code firn_apply(const firn_snapshot* snapshot,
                                              const firn_batch* batch,
                                              const firn_apply_options* options,
                                              firn_patched** patched, firn_error** error);

/* What firn_apply would make of the batch: counts, warnings and every violation, as JSON; applies
 * nothing, and succeeds whatever it finds. For the violations as values, firn_apply with
 * FIRN_POLICY_ATOMIC. O(k log k + text). Fails: INVALID_ARGUMENT as firn_apply; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_check(const firn_snapshot* snapshot,
                                              const firn_batch* batch,
                                              const firn_apply_options* options, firn_buffer* json,
                                              firn_error** error);

/* ---- Patched --------------------------------------------------------------------------------- */

FIRN_API void firn_patched_free(firn_patched* patched);

FIRN_API uint64_t firn_patched_byte_size(const firn_patched* patched);
FIRN_API uint64_t firn_patched_line_count(const firn_patched* patched);
/* One more than before if a patch was applied, else the same. */
FIRN_API uint64_t firn_patched_revision(const firn_patched* patched);

FIRN_API uint64_t firn_patched_applied_count(const firn_patched* patched);
/* Patches that FIRN_POLICY_BEST_EFFORT left out, with the reasons, in batch order. */
FIRN_API size_t firn_patched_failed_count(const firn_patched* patched);
/* Reason `index`, 0-based; NULL unless index < failed_count. Borrowed from `patched`. */
FIRN_API const firn_error* firn_patched_failed(const firn_patched* patched, size_t index);

/* The whole text. O(k + output). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_bytes(const firn_patched* patched,
                                                      firn_buffer* bytes, firn_error** error);

/* The whole text into `memory`; bytes past the text are left as they are. O(k + output).
 * Fails: INVALID_ARGUMENT unless size >= firn_patched_byte_size(patched), or for NULL memory with a
 * size; then nothing is written. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_write_to(const firn_patched* patched, char* memory,
                                                         size_t size, firn_error** error);

/* As firn_snapshot_fingerprint, of the patched bytes, which are not put together. O(output). */
FIRN_API void firn_patched_fingerprint(const firn_patched* patched,
                                       char hex[FIRN_FINGERPRINT_CHARS]);

/* Patched line `line`: its content, and its terminator ("\n", "\r\n" or ""). Either result may be
 * NULL. O(log k). Fails: INVALID_ARGUMENT unless 1 <= line <= line_count. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_line(const firn_patched* patched, uint64_t line,
                                                     firn_view* content, firn_view* terminator,
                                                     firn_error** error);

/* Patched lines `from` to `to`, each ended by LF whatever its terminator. O(log k + lines).
 * Fails: INVALID_ARGUMENT unless 1 <= from <= to + 1 and to <= line_count; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_lines(const firn_patched* patched, uint64_t from,
                                                      uint64_t to, firn_buffer* text,
                                                      firn_error** error);

typedef struct firn_line_range {
  uint64_t from; /* 1-based. */
  uint64_t to;   /* Inclusive; from - 1 when empty. */
} firn_line_range;

/* What one patch did, in the lines of both texts. */
typedef struct firn_change {
  firn_patch_ref patch; /* The id is borrowed from the patched text. */
  firn_line_range base;
  firn_line_range patched;
} firn_change;

/* Writes the first `capacity` changes, ascending, and returns how many there are: one per patch
 * that takes or adds lines, so never more than firn_patched_applied_count. `changes` may be NULL
 * when capacity is 0; with NULL and a capacity nothing is written. O(k). */
FIRN_API size_t firn_patched_changes(const firn_patched* patched, firn_change* changes,
                                     size_t capacity);

/* The same as JSON: [{"patch", "from", "to", "base": {"from", "to"}}]. O(k).
 * Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_changes_json(const firn_patched* patched,
                                                             firn_buffer* json, firn_error** error);

/* Where a patched line comes from. */
typedef struct firn_origin {
  uint64_t base_line;   /* The line of the snapshot; 0: a patch wrote it. */
  firn_patch_ref patch; /* If base_line is 0: which; the id is borrowed from the patched text. */
} firn_origin;

/* Where patched lines `from` to `to` come from, one origin each. O(log k + lines).
 * Fails: INVALID_ARGUMENT unless 1 <= from <= to + 1, to <= line_count and
 * capacity >= to - from + 1; then nothing is written. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_provenance(const firn_patched* patched,
                                                           uint64_t from, uint64_t to,
                                                           firn_origin* origins, size_t capacity,
                                                           firn_error** error);

/* The same as JSON: [{"base": 7} or {"patch": {"index", "id"}}]. O(log k + lines).
 * Fails: INVALID_ARGUMENT as firn_patched_lines; LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_provenance_json(const firn_patched* patched,
                                                                uint64_t from, uint64_t to,
                                                                firn_buffer* json,
                                                                firn_error** error);

/* The patched line that is line `base_line` of the snapshot; 0 when a patch took it. O(log k).
 * Fails: INVALID_ARGUMENT unless 1 <= base_line <= the snapshot's line_count. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_map_line(const firn_patched* patched,
                                                         uint64_t base_line, uint64_t* line,
                                                         firn_error** error);

/* The reverse: the line of the snapshot that is patched line `line`; 0 when a patch wrote it.
 * O(log k). Fails: INVALID_ARGUMENT unless 1 <= line <= line_count. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_unmap_line(const firn_patched* patched,
                                                           uint64_t line, uint64_t* base_line,
                                                           firn_error** error);

typedef struct firn_diff_style {
  size_t struct_size; /* Set by FIRN_DIFF_STYLE_INIT. */
  uint64_t context_lines;
  const firn_view* old_name; /* After "--- "; NULL: "a/" and the batch's file, or "a". */
  const firn_view* new_name; /* After "+++ "; NULL: "b/" and the batch's file, or "b". */
} firn_diff_style;

/* firn_diff_style style = FIRN_DIFF_STYLE_INIT; also what a NULL pointer stands for. */
#define FIRN_DIFF_STYLE_INIT {sizeof(firn_diff_style), 3, NULL, NULL}

/* The change as a unified diff for GNU patch and git apply; empty when the text did not change.
 * O(k + lines written). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_unified_diff(const firn_patched* patched,
                                                             const firn_diff_style* style,
                                                             firn_buffer* diff, firn_error** error);

/* What happened, as JSON: revision, applied, failed, warnings, counts, microseconds per layer.
 * O(k). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_report_json(const firn_patched* patched,
                                                            firn_buffer* json, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_H */
