#include "testing.h"

static firn_merged* merged_of(const char* base, const char* ours, const char* theirs,
                              const firn_merge_options* options) {
  firn_snapshot* texts[] = {snapshot_of(base), snapshot_of(ours), snapshot_of(theirs)};
  firn_merged* merged = NULL;
  OK(firn_merge(texts[0], texts[1], texts[2], options, &merged, error_slot()));
  for (size_t i = 0; i < 3; ++i) firn_snapshot_free(texts[i]);
  return merged;
}

static void takes_what_either_side_changed(void) {
  firn_merged* merged = merged_of("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", NULL);
  CHECK_VIEW(firn_merged_bytes(merged), "A\nb\nC\n");
  CHECK_NUMBER(firn_merged_conflicts(merged, NULL, 0), 0);
  firn_merged_free(merged);

  merged = merged_of("", "", "", NULL);
  CHECK_VIEW(firn_merged_bytes(merged), "");
  firn_merged_free(merged);
}

static void gives_conflicts_in_the_lines_of_all_four_texts(void) {
  firn_merged* merged = merged_of("1\nx\ny\n2\n", "0\n1\na\n2\n", "1\nb\nc\n2\n", NULL);
  firn_conflict conflicts[2] = {{{0, 0}, {0, 0}, {0, 0}, {0, 0}}, {{0, 0}, {0, 0}, {0, 0}, {0, 0}}};
  CHECK_VIEW(firn_merged_bytes(merged),
             "0\n1\n<<<<<<< ours\na\n=======\nb\nc\n>>>>>>> theirs\n2\n");
  CHECK_NUMBER(firn_merged_conflicts(merged, NULL, 7), 1);
  CHECK_NUMBER(firn_merged_conflicts(merged, conflicts, 2), 1);
  CHECK_RANGE(conflicts[0].base, 2, 3);
  CHECK_RANGE(conflicts[0].ours, 3, 3);
  CHECK_RANGE(conflicts[0].theirs, 2, 3);
  CHECK_RANGE(conflicts[0].merged, 3, 8);
  CHECK_RANGE(conflicts[1].merged, 0, 0);
  WRITES(firn_merged_to_json(merged, buffer_slot(), error_slot()),
         "{\"conflicts\":[{\"base\":{\"from\":2,\"to\":3},\"ours\":{\"from\":3,\"to\":3},"
         "\"theirs\":{\"from\":2,\"to\":3},\"merged\":{\"from\":3,\"to\":8}}]}");
  REFUSED(firn_merged_to_json(merged, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  firn_merged_free(merged);
}

static void writes_conflicts_as_asked(void) {
  const firn_view mine = exact_text("mine");
  const firn_view none = {NULL, 0};
  firn_merge_options options = FIRN_MERGE_OPTIONS_INIT;
  options.style = FIRN_CONFLICT_DIFF3;
  options.marker_size = 2;
  options.ours_label = &mine;
  options.theirs_label = &none;
  firn_merged* merged = merged_of("x\n", "s\na\n", "s\nb\n", &options);
  CHECK_VIEW(firn_merged_bytes(merged), "<< mine\ns\na\n|| base\nx\n==\ns\nb\n>>\n");
  firn_merged_free(merged);
  options.style = FIRN_CONFLICT_ZDIFF3;
  merged = merged_of("x\n", "s\na\n", "s\nb\n", &options);
  CHECK_VIEW(firn_merged_bytes(merged), "s\n<< mine\na\n|| base\nx\n==\nb\n>>\n");
  firn_merged_free(merged);
}

static void resolves_in_favor_of_who_was_asked(void) {
  static const char* const texts[] = {"a\n", "b\n", "a\nb\n"};
  for (uint32_t favor = FIRN_FAVOR_OURS; favor <= FIRN_FAVOR_BOTH; ++favor) {
    firn_merge_options options = FIRN_MERGE_OPTIONS_INIT;
    options.favor = favor;
    firn_merged* merged = merged_of("x\n", "a\n", "b\n", &options);
    CHECK_VIEW(firn_merged_bytes(merged), texts[favor - FIRN_FAVOR_OURS]);
    CHECK_NUMBER(firn_merged_conflicts(merged, NULL, 0), 0);
    firn_merged_free(merged);
  }
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const firn_view bad = unreadable();
  const firn_view two_lines = exact_text("two\nlines");
  const firn_merge_options good = FIRN_MERGE_OPTIONS_INIT;
  firn_snapshot* text = snapshot_of("a\n");
  firn_merged* merged = (firn_merged*)&merged;
  REFUSED(firn_merge(NULL, text, text, NULL, &merged, error_slot()), invalid);
  CHECK(merged == NULL);
  REFUSED(firn_merge(text, NULL, text, NULL, &merged, error_slot()), invalid);
  REFUSED(firn_merge(text, text, NULL, NULL, &merged, error_slot()), invalid);
  REFUSED(firn_merge(text, text, text, NULL, NULL, error_slot()), invalid);

  firn_merge_options broken[10];
  for (size_t i = 0; i < 10; ++i) broken[i] = good;
  broken[0].style = 3;
  broken[1].favor = 4;
  broken[2].marker_size = 0;
  broken[3].marker_size = 1025;
  broken[4].reserved = 1;
  broken[5].ours_label = &bad;
  broken[6].base_label = &bad;
  broken[7].theirs_label = &bad;
  broken[8].theirs_label = &two_lines;
  broken[9].struct_size -= 1;
  for (size_t i = 0; i < 10; ++i) {
    REFUSED(firn_merge(text, text, text, &broken[i], &merged, error_slot()), invalid);
  }
  firn_snapshot_free(text);
}

static void answers_null(void) {
  firn_merged_free(NULL);
  CHECK_VIEW(firn_merged_bytes(NULL), "");
  CHECK_NUMBER(firn_merged_conflicts(NULL, NULL, 0), 0);
  REFUSED(firn_merged_to_json(NULL, buffer_slot(), error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(takes_what_either_side_changed),
      TEST_CASE(gives_conflicts_in_the_lines_of_all_four_texts),
      TEST_CASE(writes_conflicts_as_asked),
      TEST_CASE(resolves_in_favor_of_who_was_asked),
      TEST_CASE(refuses_broken_arguments),
      TEST_CASE(answers_null),
  };
  return run_tests("c merge", tests, sizeof tests / sizeof tests[0]);
}
