#include "testing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BLOCKS = 256 };

static void* blocks[MAX_BLOCKS];
static size_t block_count;
static firn_error* error_of_last_call;
static firn_buffer buffer_of_last_call;
static size_t failed_checks;

static void fail_at(const char* file, int line, const char* what) {
  ++failed_checks;
  fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

firn_view exact(const void* bytes, size_t size) {
  char* block = malloc(size);
  if ((block == NULL && size != 0) || block_count == MAX_BLOCKS) abort();
  if (size != 0) memcpy(block, bytes, size);
  blocks[block_count++] = block;
  return (firn_view){block, size};
}

firn_view exact_text(const char* text) { return exact(text, strlen(text)); }

firn_view unreadable(void) { return (firn_view){NULL, 1}; }

firn_error** error_slot(void) {
  firn_error_free(error_of_last_call);
  error_of_last_call = NULL;
  return &error_of_last_call;
}

const firn_error* last_error(void) { return error_of_last_call; }

firn_buffer* buffer_slot(void) {
  firn_buffer_free(&buffer_of_last_call);
  return &buffer_of_last_call;
}

void check_that(bool holds, const char* file, int line, const char* what) {
  if (!holds) fail_at(file, line, what);
}

void check_number(uint64_t found, uint64_t expected, const char* file, int line, const char* what) {
  if (found == expected) return;
  fail_at(file, line, what);
  fprintf(stderr, "  is %" PRIu64 ", not %" PRIu64 "\n", found, expected);
}

void check_view(firn_view found, const char* expected, const char* file, int line,
                const char* what) {
  if (found.data != NULL && found.size == strlen(expected) &&
      memcmp(found.data, expected, found.size) == 0) {
    return;
  }
  fail_at(file, line, what);
  fprintf(stderr, "  is \"" FIRN_VIEW_FORMAT "\", not \"%s\"\n", FIRN_VIEW_ARGS(found), expected);
}

void check_range(firn_line_range found, uint64_t from, uint64_t to, const char* file, int line,
                 const char* what) {
  if (found.from == from && found.to == to) return;
  fail_at(file, line, what);
  fprintf(stderr, "  is %" PRIu64 " to %" PRIu64 ", not %" PRIu64 " to %" PRIu64 "\n", found.from,
          found.to, from, to);
}

void check_applied(const char* text, const firn_batch* batch, const char* expected,
                   const char* file, int line) {
  firn_snapshot* snapshot = snapshot_of(text);
  firn_patched* patched = NULL;
  firn_buffer bytes = {NULL, 0};
  check_code(firn_apply(snapshot, batch, NULL, &patched, error_slot()), FIRN_OK, file, line,
             "the batch");
  if (patched != NULL) {
    check_code(firn_patched_bytes(patched, &bytes, error_slot()), FIRN_OK, file, line, "the bytes");
    check_view(firn_buffer_view(&bytes).data != NULL ? firn_buffer_view(&bytes) : exact_text(""),
               expected, file, line, "the text");
  }
  firn_buffer_free(&bytes);
  firn_patched_free(patched);
  firn_snapshot_free(snapshot);
}

void check_written(firn_code found, const char* expected, const char* file, int line,
                   const char* what) {
  check_code(found, FIRN_OK, file, line, what);
  check_view((firn_view){buffer_of_last_call.data, buffer_of_last_call.size}, expected, file, line,
             what);
}

void check_code(firn_code found, firn_code expected, const char* file, int line, const char* what) {
  if (found != expected) {
    fail_at(file, line, what);
    fprintf(stderr, "  gives %d, not %d: " FIRN_VIEW_FORMAT "\n", (int)found, (int)expected,
            FIRN_VIEW_ARGS(firn_error_message(error_of_last_call)));
  } else if (firn_error_code(error_of_last_call) != expected) {
    fail_at(file, line, "  the error has another code than the call");
  } else if (expected != FIRN_OK && firn_error_message(error_of_last_call).size == 0) {
    fail_at(file, line, "  the error has no message");
  }
}

firn_snapshot* snapshot_of(const char* text) {
  firn_snapshot* snapshot = NULL;
  OK(firn_snapshot_freeze(exact_text(text), &snapshot, error_slot()));
  if (snapshot == NULL) abort();
  return snapshot;
}

firn_batch* batch_of(const char* json) {
  firn_batch* batch = NULL;
  OK(firn_batch_parse(exact_text(json), NULL, &batch, error_slot()));
  if (batch == NULL) abort();
  return batch;
}

firn_patched* patched_of(const char* text, const char* json) {
  firn_snapshot* snapshot = snapshot_of(text);
  firn_batch* batch = batch_of(json);
  firn_patched* patched = NULL;
  OK(firn_apply(snapshot, batch, NULL, &patched, error_slot()));
  if (patched == NULL) abort();
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
  return patched;
}

int run_tests(const char* name, const test_case* tests, size_t test_count) {
  size_t failed_tests = 0;
  for (size_t i = 0; i < test_count; ++i) {
    failed_checks = 0;
    tests[i].run();
    error_slot();
    buffer_slot();
    while (block_count > 0) free(blocks[--block_count]);
    if (failed_checks == 0) continue;
    ++failed_tests;
    fprintf(stderr, "FAILED: %s\n", tests[i].name);
  }
  printf("%s: %zu passed, %zu failed\n", name, test_count - failed_tests, failed_tests);
  return failed_tests == 0 && test_count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
