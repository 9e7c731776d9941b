#include <string.h>

#include "testing.h"

static void counts_lines_as_documented(void) {
  static const struct {
    const char* text;
    uint64_t line_count;
  } rows[] = {{"", 0}, {"a", 1}, {"a\n", 1}, {"a\n\nb", 3}, {"a\r\nb\r\n", 2}, {"a\rb", 1}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    firn_snapshot* snapshot = snapshot_of(rows[i].text);
    CHECK_NUMBER(firn_snapshot_line_count(snapshot), rows[i].line_count);
    CHECK_NUMBER(firn_snapshot_byte_size(snapshot), strlen(rows[i].text));
    CHECK_VIEW(firn_snapshot_bytes(snapshot), rows[i].text);
    OK(firn_snapshot_verify(snapshot, error_slot()));
    firn_snapshot_free(snapshot);
  }
}

static void null_is_the_empty_text(void) {
  firn_snapshot* snapshot = NULL;
  OK(firn_snapshot_freeze((firn_view){NULL, 0}, &snapshot, error_slot()));
  CHECK_NUMBER(firn_snapshot_byte_size(snapshot), 0);
  CHECK_VIEW(firn_snapshot_bytes(snapshot), "");
  firn_snapshot_free(snapshot);
}

static void any_byte_passes_through(void) {
  static const char bytes[] = "\xef\xbb\xbf\0\xff\n\r\xc3";
  firn_snapshot* snapshot = NULL;
  OK(firn_snapshot_freeze(exact(bytes, sizeof bytes - 1), &snapshot, error_slot()));
  const firn_view frozen = firn_snapshot_bytes(snapshot);
  CHECK_NUMBER(frozen.size, sizeof bytes - 1);
  CHECK(memcmp(frozen.data, bytes, frozen.size) == 0);
  CHECK_NUMBER(firn_snapshot_line_count(snapshot), 2);
  firn_snapshot_free(snapshot);
}

static void keeps_its_own_copy(void) {
  char text[] = "one\n";
  firn_snapshot* snapshot = NULL;
  OK(firn_snapshot_freeze(firn_view_of(text), &snapshot, error_slot()));
  text[0] = 'X';
  CHECK_VIEW(firn_snapshot_bytes(snapshot), "one\n");
  OK(firn_snapshot_verify(snapshot, error_slot()));
  firn_snapshot_free(snapshot);
}

static void gives_lines(void) {
  firn_snapshot* snapshot = snapshot_of("a\r\n\nlast");
  firn_view content;
  firn_view terminator;
  OK(firn_snapshot_line(snapshot, 1, &content, &terminator, error_slot()));
  CHECK_VIEW(content, "a");
  CHECK_VIEW(terminator, "\r\n");
  OK(firn_snapshot_line(snapshot, 2, &content, &terminator, error_slot()));
  CHECK_VIEW(content, "");
  CHECK_VIEW(terminator, "\n");
  OK(firn_snapshot_line(snapshot, 3, &content, NULL, error_slot()));
  CHECK_VIEW(content, "last");
  OK(firn_snapshot_line(snapshot, 3, NULL, &terminator, error_slot()));
  CHECK_VIEW(terminator, "");

  firn_view bytes;
  OK(firn_snapshot_lines(snapshot, 1, 2, &bytes, error_slot()));
  CHECK_VIEW(bytes, "a\r\n\n");
  OK(firn_snapshot_lines(snapshot, 1, 0, &bytes, error_slot()));
  CHECK_VIEW(bytes, "");
  OK(firn_snapshot_lines(snapshot, 4, 3, &bytes, error_slot()));
  CHECK_VIEW(bytes, "");
  firn_snapshot_free(snapshot);
}

static void refuses_lines_that_are_not_there(void) {
  firn_snapshot* snapshot = snapshot_of("a\nb\n");
  firn_view view;
  uint64_t number = 0;
  REFUSED(firn_snapshot_line(snapshot, 0, &view, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK_VIEW(view, "");
  REFUSED(firn_snapshot_line(snapshot, 3, &view, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK(firn_error_line(last_error(), &number));
  CHECK_NUMBER(number, 3);
  CHECK(firn_error_limit(last_error(), &number));
  CHECK_NUMBER(number, 2);
  REFUSED(firn_snapshot_line(snapshot, UINT64_MAX, &view, NULL, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);

  static const uint64_t no_ranges[][2] = {
      {0, 0}, {0, 1}, {1, 3}, {3, 1}, {2, 0}, {4, 3}, {1, UINT64_MAX}, {UINT64_MAX, UINT64_MAX},
  };
  for (size_t i = 0; i < sizeof no_ranges / sizeof no_ranges[0]; ++i) {
    REFUSED(firn_snapshot_lines(snapshot, no_ranges[i][0], no_ranges[i][1], &view, error_slot()),
            FIRN_ERROR_INVALID_ARGUMENT);
    CHECK_VIEW(view, "");
  }
  firn_snapshot_free(snapshot);
}

static void has_the_fingerprint_of_xxh128sum(void) {
  firn_snapshot* snapshot = snapshot_of("one\ntwo\n");
  char hex[FIRN_FINGERPRINT_CHARS];
  firn_snapshot_fingerprint(snapshot, hex);
  CHECK_VIEW(firn_view_of(hex), "c796d15e493d134d5d953b5446c61440");
  firn_snapshot_fingerprint(snapshot, NULL);
  firn_snapshot_free(snapshot);
}

static void answers_null(void) {
  firn_snapshot* snapshot = NULL;
  firn_view view;
  char hex[FIRN_FINGERPRINT_CHARS] = "old";
  firn_snapshot_free(NULL);
  CHECK_NUMBER(firn_snapshot_line_count(NULL), 0);
  CHECK_NUMBER(firn_snapshot_byte_size(NULL), 0);
  CHECK_VIEW(firn_snapshot_bytes(NULL), "");
  firn_snapshot_fingerprint(NULL, hex);
  CHECK_VIEW(firn_view_of(hex), "");
  REFUSED(firn_snapshot_freeze(unreadable(), &snapshot, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK(snapshot == NULL);
  REFUSED(firn_snapshot_freeze(exact_text("a"), NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  REFUSED(firn_snapshot_line(NULL, 1, &view, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK_VIEW(view, "");
  REFUSED(firn_snapshot_lines(NULL, 1, 1, &view, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  REFUSED(firn_snapshot_verify(NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);

  snapshot = snapshot_of("a");
  REFUSED(firn_snapshot_lines(snapshot, 1, 1, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  OK(firn_snapshot_line(snapshot, 1, NULL, NULL, error_slot()));
  CHECK(firn_snapshot_line(snapshot, 2, NULL, NULL, NULL) == FIRN_ERROR_INVALID_ARGUMENT);
  firn_snapshot_free(snapshot);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(counts_lines_as_documented),
      TEST_CASE(null_is_the_empty_text),
      TEST_CASE(any_byte_passes_through),
      TEST_CASE(keeps_its_own_copy),
      TEST_CASE(gives_lines),
      TEST_CASE(refuses_lines_that_are_not_there),
      TEST_CASE(has_the_fingerprint_of_xxh128sum),
      TEST_CASE(answers_null),
  };
  return run_tests("c snapshot", tests, sizeof tests / sizeof tests[0]);
}
