#ifndef FIRN_TESTS_C_CONFORMANCE_RUN_STACK_H
#define FIRN_TESTS_C_CONFORMANCE_RUN_STACK_H

#include "values.h"

/* Cases of many batches: side by side, and one after the other. */
void run_stack(difference* first, const json_t* test_case);
void run_history(difference* first, const json_t* test_case);

#endif /* FIRN_TESTS_C_CONFORMANCE_RUN_STACK_H */
