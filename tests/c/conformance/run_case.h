#ifndef FIRN_TESTS_C_CONFORMANCE_RUN_CASE_H
#define FIRN_TESTS_C_CONFORMANCE_RUN_CASE_H

#include "values.h"

/* Runs one case of the corpus through the C API, as tests/conformance/README.md says. */
difference run_case(const json_t* test_case);

#endif /* FIRN_TESTS_C_CONFORMANCE_RUN_CASE_H */
