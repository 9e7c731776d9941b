#ifndef FIRN_TESTS_C_CONFORMANCE_VALUES_H
#define FIRN_TESTS_C_CONFORMANCE_VALUES_H

/* What firn.h hands out as JSON values, and how those compare with what a case expects. */

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "firn.h"

/* The one way in which a case failed; the first stays. */
typedef struct difference {
  bool found;
  char where[256];
  char what[4096];
} difference;

/* Notes that `where` is `found` instead of `expected`; each is a JSON value or NULL (absent). */
void note(difference* first, const char* where, const json_t* expected, const json_t* found);
/* The same in words. */
void note_text(difference* first, const char* where, const char* what);

/* Everything exact, but that a "message" which is not expected is not looked at. */
void compare(difference* first, const char* where, const json_t* expected, const json_t* found);

/* Compares the keys that are expected, and no others; below them, as compare(). */
void compare_keys(difference* first, const char* where, const json_t* expected,
                  const json_t* found);

void compare_bytes(difference* first, const char* where, firn_view expected, firn_view found);

/* Parses JSON that Firn wrote; frees it. NULL is noted at `where`. */
json_t* take_json(difference* first, const char* where, firn_buffer* json);

/* The error by its accessors, in the shape of its JSON. JSON cannot say text that is not UTF-8: for
 * that, what firn_error_to_json makes of it. */
json_t* error_value(const firn_error* error);

json_t* ref_value(firn_patch_ref ref);

/* Base64 or a plain string of a case as bytes; the caller frees them. `text_key` or `base64_key`
 * must be there. */
firn_buffer bytes_of(const json_t* object, const char* text_key, const char* base64_key);

#endif /* FIRN_TESTS_C_CONFORMANCE_VALUES_H */
