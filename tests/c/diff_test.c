#include "testing.h"

/* The batch that turns one text into the other, applied; and how many patches it has. */
static uint64_t check_diff(const char* before, const char* after,
                           const firn_diff_options* options) {
  firn_snapshot* a = snapshot_of(before);
  firn_snapshot* b = snapshot_of(after);
  firn_batch* batch = NULL;
  OK(firn_diff_texts(a, b, options, &batch, error_slot()));
  firn_snapshot_free(b);
  firn_snapshot_free(a);
  CHECK_APPLIED(before, batch, after);
  const uint64_t patch_count = firn_batch_patch_count(batch);
  firn_batch_free(batch);
  return patch_count;
}

static void turns_one_text_into_the_other(void) {
  static const char* const texts[] = {
      "", "a", "a\n", "a\r\n", "a\nb\nc\n", "a\nX\nc", "c\nb\na\n", "a\n\n\nb\n",
  };
  const size_t text_count = sizeof texts / sizeof texts[0];
  for (size_t i = 0; i < text_count; ++i) {
    for (size_t j = 0; j < text_count; ++j) {
      const uint64_t patch_count = check_diff(texts[i], texts[j], NULL);
      CHECK((patch_count == 0) == (i == j));
    }
  }
}

static void every_algorithm_and_slide_gives_a_correct_diff(void) {
  for (uint32_t algorithm = 0; algorithm <= FIRN_DIFF_MINIMAL; ++algorithm) {
    for (uint32_t slide = 0; slide <= FIRN_SLIDE_INDENT; ++slide) {
      firn_diff_options options = FIRN_DIFF_OPTIONS_INIT;
      options.algorithm = algorithm;
      options.slide = slide;
      CHECK_NUMBER(check_diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", &options) > 0, 1);
    }
  }
}

/* An insertion among equal lines goes where it was asked to go. */
static void slides_as_asked(void) {
  static const struct {
    uint32_t slide;
    uint64_t line;
  } rows[] = {{FIRN_SLIDE_DOWN, 4}, {FIRN_SLIDE_NONE, 0}, {FIRN_SLIDE_INDENT, 0}};
  firn_snapshot* before = snapshot_of("a\na\na\nb\n");
  firn_snapshot* after = snapshot_of("a\na\na\na\nb\n");
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    firn_diff_options options = FIRN_DIFF_OPTIONS_INIT;
    firn_batch* batch = NULL;
    firn_patched* patched = NULL;
    firn_change change = {{0, {NULL, 0}}, {0, 0}, {0, 0}};
    options.slide = rows[i].slide;
    OK(firn_diff_texts(before, after, &options, &batch, error_slot()));
    OK(firn_apply(before, batch, NULL, &patched, error_slot()));
    CHECK_NUMBER(firn_patched_changes(patched, &change, 1), 1);
    if (rows[i].line != 0) CHECK_RANGE(change.patched, rows[i].line, rows[i].line);
    firn_patched_free(patched);
    firn_batch_free(batch);
  }
  firn_snapshot_free(after);
  firn_snapshot_free(before);
}

static void the_batch_is_bound_to_the_first_text(void) {
  firn_snapshot* before = snapshot_of("a\n");
  firn_snapshot* after = snapshot_of("b\n");
  firn_batch* batch = NULL;
  firn_patched* patched = NULL;
  OK(firn_diff_texts(before, after, NULL, &batch, error_slot()));
  REFUSED(firn_apply(after, batch, NULL, &patched, error_slot()), FIRN_ERROR_SNAPSHOT_MISMATCH);
  firn_batch_free(batch);
  firn_snapshot_free(after);
  firn_snapshot_free(before);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_snapshot* text = snapshot_of("a\n");
  firn_batch* batch = (firn_batch*)&batch;
  firn_diff_options options = FIRN_DIFF_OPTIONS_INIT;
  REFUSED(firn_diff_texts(NULL, text, NULL, &batch, error_slot()), invalid);
  CHECK(batch == NULL);
  REFUSED(firn_diff_texts(text, NULL, NULL, &batch, error_slot()), invalid);
  REFUSED(firn_diff_texts(text, text, NULL, NULL, error_slot()), invalid);
  options.algorithm = 3;
  REFUSED(firn_diff_texts(text, text, &options, &batch, error_slot()), invalid);
  options.algorithm = FIRN_DIFF_MYERS;
  options.slide = 3;
  REFUSED(firn_diff_texts(text, text, &options, &batch, error_slot()), invalid);
  options.slide = FIRN_SLIDE_NONE;
  options.struct_size = 0;
  REFUSED(firn_diff_texts(text, text, &options, &batch, error_slot()), invalid);
  firn_snapshot_free(text);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(turns_one_text_into_the_other),
      TEST_CASE(every_algorithm_and_slide_gives_a_correct_diff),
      TEST_CASE(slides_as_asked),
      TEST_CASE(the_batch_is_bound_to_the_first_text),
      TEST_CASE(refuses_broken_arguments),
  };
  return run_tests("c diff", tests, sizeof tests / sizeof tests[0]);
}
