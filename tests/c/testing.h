#ifndef FIRN_TESTS_C_TESTING_H
#define FIRN_TESTS_C_TESTING_H

/* What the C tests share. A test is a function; a check that fails names itself, and the test goes
 * on. run_tests() prints one line and answers the program's exit status. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firn.h"

typedef struct test_case {
  const char* name;
  void (*run)(void);
} test_case;

#define TEST_CASE(function) {#function, function}

int run_tests(const char* name, const test_case* tests, size_t test_count);

/* Bytes in heap memory of exactly their size, so that AddressSanitizer sees one read too many.
 * They live until the running test ends. */
firn_view exact(const void* bytes, size_t size);
firn_view exact_text(const char* text);

/* NULL with a size: the one view that nobody can read. */
firn_view unreadable(void);

#define CHECK(condition) check_that((condition), __FILE__, __LINE__, #condition)
#define CHECK_NUMBER(found, expected) \
  check_number((uint64_t)(found), (uint64_t)(expected), __FILE__, __LINE__, #found)
#define CHECK_VIEW(found, expected) check_view((found), (expected), __FILE__, __LINE__, #found)

#define CHECK_RANGE(found, from, to) check_range((found), (from), (to), __FILE__, __LINE__, #found)

/* That `batch` applied to `text` gives `expected`. */
#define CHECK_APPLIED(text, batch, expected) \
  check_applied((text), (batch), (expected), __FILE__, __LINE__)

/* What a call writes to buffer_slot(), which must be its argument: the text, once it succeeded. */
#define WRITES(call, expected) check_written((call), (expected), __FILE__, __LINE__, #call)
firn_buffer* buffer_slot(void);

/* A call that succeeds, and one that is refused with `code`. Both look at what the call wrote to
 * error_slot(), which must be its last argument. */
#define OK(call) check_code((call), FIRN_OK, __FILE__, __LINE__, #call)
#define REFUSED(call, code) check_code((call), (code), __FILE__, __LINE__, #call)

/* Where a call writes its error; the one before is freed. last_error() lives until the next. */
firn_error** error_slot(void);
const firn_error* last_error(void);

void check_that(bool holds, const char* file, int line, const char* what);
void check_number(uint64_t found, uint64_t expected, const char* file, int line, const char* what);
void check_view(firn_view found, const char* expected, const char* file, int line,
                const char* what);
void check_range(firn_line_range found, uint64_t from, uint64_t to, const char* file, int line,
                 const char* what);
void check_applied(const char* text, const firn_batch* batch, const char* expected,
                   const char* file, int line);
void check_written(firn_code found, const char* expected, const char* file, int line,
                   const char* what);
void check_code(firn_code found, firn_code expected, const char* file, int line, const char* what);

/* Handles for a test; they must be makeable. */
firn_snapshot* snapshot_of(const char* text);
firn_batch* batch_of(const char* json);
firn_patched* patched_of(const char* text, const char* json);

#endif /* FIRN_TESTS_C_TESTING_H */
