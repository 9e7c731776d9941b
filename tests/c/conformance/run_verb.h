#ifndef FIRN_TESTS_C_CONFORMANCE_RUN_VERB_H
#define FIRN_TESTS_C_CONFORMANCE_RUN_VERB_H

#include "values.h"

/* Runs a case that names its verb. */
void run_verb(difference* first, const json_t* test_case);

#endif /* FIRN_TESTS_C_CONFORMANCE_RUN_VERB_H */
