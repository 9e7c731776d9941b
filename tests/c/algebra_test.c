#include "testing.h"

static const char* const kText = "one\ntwo\nthree\n";
static const char* const kFirst =
    "[{\"op\": \"replace\", \"line\": 2, \"text\": \"TWO\"}, {\"op\": \"delete\", \"line\": 3}]";
static const char* const kMiddle = "one\nTWO\n";
static const char* const kSecond = "[{\"op\": \"insert\", \"line\": 3, \"text\": \"end\"}]";
static const char* const kLast = "one\nTWO\nend\n";

static void inverting_takes_a_change_back(void) {
  firn_patched* patched = patched_of(kText, kFirst);
  firn_batch* inverse = NULL;
  OK(firn_patched_invert(patched, &inverse, error_slot()));
  firn_patched_free(patched);
  CHECK_APPLIED(kMiddle, inverse, kText);
  firn_batch_free(inverse);
}

static void composing_is_applying_one_after_the_other(void) {
  firn_patched* first = patched_of(kText, kFirst);
  firn_patched* second = patched_of(kMiddle, kSecond);
  firn_batch* both = NULL;
  OK(firn_patched_compose(first, second, &both, error_slot()));
  firn_patched_free(second);
  firn_patched_free(first);
  CHECK_APPLIED(kText, both, kLast);
  firn_batch_free(both);
}

static void composing_refuses_a_second_over_another_text(void) {
  firn_patched* first = patched_of(kText, kFirst);
  firn_patched* second = patched_of("one\nTWO", kSecond);
  firn_batch* both = (firn_batch*)&both;
  REFUSED(firn_patched_compose(first, second, &both, error_slot()), FIRN_ERROR_SNAPSHOT_MISMATCH);
  CHECK(both == NULL);
  CHECK_NUMBER(firn_error_law(last_error()), 1);
  CHECK(firn_error_expected(last_error(), NULL));
  CHECK(firn_error_found(last_error(), NULL));
  firn_patched_free(second);
  firn_patched_free(first);
}

static void refuses_null(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_patched* patched = patched_of(kText, kFirst);
  firn_batch* batch = (firn_batch*)&batch;
  REFUSED(firn_patched_invert(NULL, &batch, error_slot()), invalid);
  CHECK(batch == NULL);
  REFUSED(firn_patched_invert(patched, NULL, error_slot()), invalid);
  REFUSED(firn_patched_compose(NULL, patched, &batch, error_slot()), invalid);
  REFUSED(firn_patched_compose(patched, NULL, &batch, error_slot()), invalid);
  REFUSED(firn_patched_compose(patched, patched, NULL, error_slot()), invalid);
  firn_patched_free(patched);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(inverting_takes_a_change_back),
      TEST_CASE(composing_is_applying_one_after_the_other),
      TEST_CASE(composing_refuses_a_second_over_another_text),
      TEST_CASE(refuses_null),
  };
  return run_tests("c algebra", tests, sizeof tests / sizeof tests[0]);
}
