#ifndef FIRN_TESTS_C_CONFORMANCE_VERB_STEPS_H
#define FIRN_TESTS_C_CONFORMANCE_VERB_STEPS_H

/* What cases of several verbs do on their way. */

#include "given.h"

const json_t* expect_of(const json_t* test_case);

/* True when the call did as expected: it went well, and nothing was to be refused. Else compares
 * the error with expect.errors, and frees it. */
bool not_refused(difference* first, const json_t* expect, firn_code code, firn_error* error);

/* What `batch` makes of `snapshot`, which must be lawful; NULL is noted. */
firn_patched* applied(difference* first, const char* where, const firn_snapshot* snapshot,
                      const firn_batch* batch, const firn_apply_options* options);

/* The text of `patched`, frozen; NULL is noted. */
firn_snapshot* frozen_text(difference* first, const firn_patched* patched);

/* Applies a batch that a verb made, and compares the text and the changes that are expected. */
void compare_result(difference* first, const json_t* expect, const firn_snapshot* snapshot,
                    const firn_batch* batch, const firn_apply_options* options);

#endif /* FIRN_TESTS_C_CONFORMANCE_VERB_STEPS_H */
