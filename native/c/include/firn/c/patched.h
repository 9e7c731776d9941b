#ifndef FIRN_C_PATCHED_H
#define FIRN_C_PATCHED_H

#include "firn/c/error.h"
#include "firn/c/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The result: a snapshot with a batch applied. Nothing is copied until bytes are asked for. */
typedef struct firn_patched firn_patched;

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

/* The same as JSON: [{"base": 7} or {"patch": {"index", "id"}}], where 1 MiB of ids is quoted
 * without those of more than 60 bytes. O(log k + lines).
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

/* What happened, as JSON: revision, applied, failed, warnings, counts, microseconds per layer.
 * O(k). Fails: INVALID_ARGUMENT, LIMIT_EXCEEDED. */
FIRN_API FIRN_MUST_CHECK firn_code firn_patched_report_json(const firn_patched* patched,
                                                            firn_buffer* json, firn_error** error);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_PATCHED_H */
