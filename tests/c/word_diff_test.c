#include <string.h>

#include "testing.h"

static void marks_whole_words(void) {
  firn_word_change changes[2];
  size_t count = 9;
  memset(changes, 0, sizeof changes);
  OK(firn_changed_words(exact_text("let total = a + b;"), exact_text("let sum = a + c;"), changes,
                        2, &count, error_slot()));
  CHECK_NUMBER(count, 2);
  CHECK_NUMBER(changes[0].before.begin, 4);
  CHECK_NUMBER(changes[0].before.end, 9);
  CHECK_NUMBER(changes[0].after.begin, 4);
  CHECK_NUMBER(changes[0].after.end, 7);
  CHECK_NUMBER(changes[1].before.begin, 16);
  CHECK_NUMBER(changes[1].before.end, 17);
  CHECK_NUMBER(changes[1].after.begin, 14);
  CHECK_NUMBER(changes[1].after.end, 15);
}

static void writes_no_more_than_there_is_room_for(void) {
  const firn_view before = exact_text("a - b");
  const firn_view after = exact_text("x - y");
  firn_word_change change;
  size_t count = 0;
  OK(firn_changed_words(before, after, NULL, 0, &count, error_slot()));
  CHECK_NUMBER(count, 2);
  OK(firn_changed_words(before, after, NULL, 5, &count, error_slot()));
  CHECK_NUMBER(count, 2);
  OK(firn_changed_words(before, after, &change, 1, &count, error_slot()));
  CHECK_NUMBER(count, 2);
  CHECK_NUMBER(change.before.end, 1);
  OK(firn_changed_words(before, before, &change, 1, &count, error_slot()));
  CHECK_NUMBER(count, 0);
  OK(firn_changed_words(exact("\xFF", 1), (firn_view){NULL, 0}, &change, 1, &count, error_slot()));
  CHECK_NUMBER(count, 1);
  CHECK_NUMBER(change.before.end, 1);
  CHECK_NUMBER(change.after.end, 0);
}

static void json_counts_utf16_code_units(void) {
  WRITES(firn_changed_words_json(exact_text("\xF0\x9F\x98\x80 a"), exact_text("\xF0\x9F\x98\x80 b"),
                                 buffer_slot(), error_slot()),
         "[{\"before\":{\"from\":3,\"to\":4},\"after\":{\"from\":3,\"to\":4}}]");
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const firn_view line = exact_text("a");
  firn_word_change change;
  size_t count = 9;
  REFUSED(firn_changed_words(unreadable(), line, &change, 1, &count, error_slot()), invalid);
  CHECK_NUMBER(count, 0);
  REFUSED(firn_changed_words(line, unreadable(), &change, 1, &count, error_slot()), invalid);
  REFUSED(firn_changed_words(line, line, &change, 1, NULL, error_slot()), invalid);
  REFUSED(firn_changed_words_json(unreadable(), line, buffer_slot(), error_slot()), invalid);
  REFUSED(firn_changed_words_json(line, unreadable(), buffer_slot(), error_slot()), invalid);
  REFUSED(firn_changed_words_json(line, line, NULL, error_slot()), invalid);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(marks_whole_words),
      TEST_CASE(writes_no_more_than_there_is_room_for),
      TEST_CASE(json_counts_utf16_code_units),
      TEST_CASE(refuses_broken_arguments),
  };
  return run_tests("c word diff", tests, sizeof tests / sizeof tests[0]);
}
