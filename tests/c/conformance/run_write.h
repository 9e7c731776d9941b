#ifndef FIRN_TESTS_C_CONFORMANCE_RUN_WRITE_H
#define FIRN_TESTS_C_CONFORMANCE_RUN_WRITE_H

#include "values.h"

/* Cases of what is shown to people: diffs as they are written, and words that changed. */
void run_write_diff(difference* first, const json_t* test_case);
void run_words(difference* first, const json_t* test_case);

#endif /* FIRN_TESTS_C_CONFORMANCE_RUN_WRITE_H */
