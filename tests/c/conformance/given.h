#ifndef FIRN_TESTS_C_CONFORMANCE_GIVEN_H
#define FIRN_TESTS_C_CONFORMANCE_GIVEN_H

/* What a case gives, as the library's values, and what every kind of case compares. */

#include "values.h"

/* True when the call went well; else notes its error at `where`, and frees it. */
bool went_well(difference* first, const char* where, firn_code code, firn_error* error);

/* The place of options[key] in a list of names that NULL ends; `otherwise` when it is not there. A
 * name that is not known becomes a number that the library refuses. */
uint32_t number_of(const json_t* options, const char* key, const char* const* names,
                   uint32_t otherwise);

/* The text under `key` or `base64_key`, frozen; NULL is noted. */
firn_snapshot* freeze_in(difference* first, const json_t* test_case, const char* key,
                         const char* base64_key);

/* The batch under `batch`, `batchText` or `batchBase64`, read with the limits of the case. */
firn_code parse_batch(const json_t* test_case, firn_batch** batch, firn_error** error);
/* The batch that `value` is; NULL is noted. */
firn_batch* batch_of(difference* first, const json_t* value);

/* `revision` is where the options keep theirs. */
firn_apply_options read_options(const json_t* test_case, uint64_t* revision);

/* Once by the accessors, once by the JSON. Frees the error. */
void compare_errors(difference* first, const json_t* expect, firn_error* error);

/* Once as a buffer, once in the caller's memory. */
void compare_text(difference* first, const char* where, firn_view expected,
                  const firn_patched* patched);
/* The text under `text` or `textBase64`. */
void compare_expected_text(difference* first, const json_t* expect, const firn_patched* patched);

/* If they are expected. */
void compare_changes(difference* first, const json_t* expect, const firn_patched* patched);
void compare_unified_diff(difference* first, const json_t* expect, const firn_patched* patched);
void compare_source_map(difference* first, const json_t* expect, const firn_patched* patched);

#endif /* FIRN_TESTS_C_CONFORMANCE_GIVEN_H */
