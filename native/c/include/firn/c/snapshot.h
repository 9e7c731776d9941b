#ifndef FIRN_C_SNAPSHOT_H
#define FIRN_C_SNAPSHOT_H

#include "firn/c/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A frozen text: bytes, line index and fingerprint. */
typedef struct firn_snapshot firn_snapshot;

/*
 * A line ends with LF; a CR before it belongs to the terminator; a lone CR is content.
 *
 *     ""            0 lines
 *     "a"           1 line, no final newline
 *     "a\n"         1 line
 *     "a\n\nb"      3 lines; the second is empty
 *     "a\r\nb\r\n"  2 lines; their terminator is CR LF
 */

typedef struct firn_line_range {
  uint64_t from; /* 1-based. */
  uint64_t to;   /* Inclusive; from - 1 when empty. */
} firn_line_range;

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

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_SNAPSHOT_H */
