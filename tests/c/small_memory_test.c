/* What the header promises where there is no memory: a text, its index and results are asked for
 * first, and are refused; what is there stays usable. Sanitizers have an address space of their
 * own, and this is not run under them. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "testing.h"

enum { kMib = 1 << 20, kTextBytes = 48 * kMib, kRoomLeft = 24 * kMib };

/* The address space that the process takes now, in bytes. */
static rlim_t taken(void) {
  FILE* file = fopen("/proc/self/statm", "r");
  unsigned long pages = 0;
  if (file == NULL || fscanf(file, "%lu", &pages) != 1) abort();
  fclose(file);
  return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static struct rlimit before;

static void leave_room(rlim_t bytes) {
  if (getrlimit(RLIMIT_AS, &before) != 0) abort();
  const struct rlimit limit = {taken() + bytes, before.rlim_max};
  if (setrlimit(RLIMIT_AS, &limit) != 0) abort();
}

static void take_limit_away(void) {
  if (setrlimit(RLIMIT_AS, &before) != 0) abort();
}

static firn_view large_text(char fill) {
  char* bytes = malloc(kTextBytes);
  if (bytes == NULL) abort();
  memset(bytes, fill, kTextBytes);
  return (firn_view){bytes, kTextBytes};
}

static void refuses_a_text_and_its_copies_and_goes_on(void) {
  const firn_view text = large_text('x');
  firn_snapshot* snapshot = NULL;
  OK(firn_snapshot_freeze(text, &snapshot, error_slot()));
  firn_batch* batch = batch_of("[{\"op\": \"insert\", \"line\": 1, \"text\": \"first\"}]");
  firn_patched* patched = NULL;
  OK(firn_apply(snapshot, batch, NULL, &patched, error_slot()));
  leave_room(kRoomLeft);

  firn_snapshot* other = NULL;
  REFUSED(firn_snapshot_freeze(text, &other, error_slot()), FIRN_ERROR_LIMIT_EXCEEDED);
  CHECK(other == NULL);
  uint64_t limit = 0;
  CHECK(firn_error_limit(last_error(), &limit));
  CHECK_NUMBER(limit, kTextBytes);
  firn_buffer bytes = {NULL, 0};
  REFUSED(firn_patched_bytes(patched, &bytes, error_slot()), FIRN_ERROR_LIMIT_EXCEEDED);
  CHECK(bytes.data == NULL);
  REFUSED(firn_patched_lines(patched, 1, 2, &bytes, error_slot()), FIRN_ERROR_LIMIT_EXCEEDED);
  firn_diff* diff = NULL;
  REFUSED(firn_diff_parse(text, NULL, &diff, error_slot()), FIRN_ERROR_LIMIT_EXCEEDED);
  firn_batch* refused = NULL;
  REFUSED(firn_batch_parse(text, NULL, &refused, error_slot()), FIRN_ERROR_LIMIT_EXCEEDED);

  /* What needs no such room does its work. */
  firn_view line = {NULL, 0};
  OK(firn_patched_line(patched, 1, &line, NULL, error_slot()));
  CHECK_VIEW(line, "first");
  OK(firn_snapshot_verify(snapshot, error_slot()));
  OK(firn_snapshot_freeze(firn_view_of("one\ntwo\n"), &other, error_slot()));
  CHECK_NUMBER(firn_snapshot_line_count(other), 2);
  firn_snapshot_free(other);

  take_limit_away();
  OK(firn_patched_bytes(patched, &bytes, error_slot()));
  CHECK_NUMBER(bytes.size, firn_patched_byte_size(patched));
  firn_buffer_free(&bytes);
  firn_patched_free(patched);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
  free((void*)text.data);
}

static void refuses_an_index_whose_text_would_fit(void) {
  firn_view text = large_text('\n');
  text.size = kRoomLeft / 2; /* Its index takes four times that. */
  leave_room(kRoomLeft);
  firn_snapshot* snapshot = NULL;
  REFUSED(firn_snapshot_freeze(text, &snapshot, error_slot()), FIRN_ERROR_LIMIT_EXCEEDED);
  take_limit_away();
  OK(firn_snapshot_freeze(text, &snapshot, error_slot()));
  CHECK_NUMBER(firn_snapshot_line_count(snapshot), text.size);
  firn_snapshot_free(snapshot);
  free((void*)text.data);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(refuses_a_text_and_its_copies_and_goes_on),
      TEST_CASE(refuses_an_index_whose_text_would_fit),
  };
  return run_tests("small_memory", tests, sizeof tests / sizeof tests[0]);
}
