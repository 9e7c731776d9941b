#include <string.h>

#include "testing.h"

static const char* const kDiff =
    "--- a/x\n+++ b/x\n"
    "@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n"
    "@@ -5,2 +5,3 @@\n five\n+five and a half\n six\n";
static const char* const kText = "one\ntwo\nthree\nfour\nfive\nsix\n";
static const char* const kResult = "one\nTWO\nthree\nfour\nfive\nfive and a half\nsix\n";

/* Places the one file of `diff`; NULL where it was refused. */
static firn_placed* place(const char* diff_text, const char* text,
                          const firn_place_options* options, firn_code code) {
  firn_diff* diff = NULL;
  firn_placed* placed = (firn_placed*)&placed;
  firn_snapshot* snapshot = snapshot_of(text);
  OK(firn_diff_parse(exact_text(diff_text), NULL, &diff, error_slot()));
  REFUSED(firn_diff_place(diff, 0, snapshot, options, &placed, error_slot()), code);
  CHECK((placed == NULL) == (code != FIRN_OK));
  /* What was placed depends on neither. */
  firn_diff_free(diff);
  firn_snapshot_free(snapshot);
  return placed;
}

static void places_where_the_diff_says(void) {
  firn_placed* placed = place(kDiff, kText, NULL, FIRN_OK);
  CHECK_APPLIED(kText, firn_placed_batch(placed), kResult);
  firn_placed_hunk hunks[3];
  memset(hunks, 0, sizeof hunks);
  CHECK_NUMBER(firn_placed_hunks(placed, NULL, 0), 2);
  CHECK_NUMBER(firn_placed_hunks(placed, hunks, 1), 2);
  CHECK_NUMBER(hunks[1].line, 0);
  CHECK_NUMBER(firn_placed_hunks(placed, hunks, 3), 2);
  CHECK_NUMBER(hunks[0].line, 1);
  CHECK_NUMBER(hunks[1].hunk_index, 1);
  CHECK_NUMBER(hunks[1].line, 5);
  CHECK(hunks[1].offset == 0);
  CHECK_NUMBER(hunks[1].fuzz, 0);
  CHECK(!hunks[1].ignored_white_space && !hunks[1].ignored_line_ends);
  CHECK_NUMBER(firn_placed_rejected(placed, NULL, 0), 0);
  OK(firn_placed_rejects(placed, buffer_slot(), error_slot()));
  CHECK_NUMBER(buffer_slot()->size, 0);
  WRITES(firn_placed_to_json(placed, buffer_slot(), error_slot()),
         "{\"hunks\":[{\"hunk\":0,\"line\":1,\"offset\":0,\"fuzz\":0},"
         "{\"hunk\":1,\"line\":5,\"offset\":0,\"fuzz\":0}],\"rejected\":[]}");
  firn_placed_free(placed);
}

static void searches_and_reports_offset_and_fuzz(void) {
  static const char* const drifted = "new\none\ntwo\nTHREE\nfour\nfive\nsix\n";
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  firn_placed_hunk hunks[2];
  CHECK(place(kDiff, drifted, NULL, FIRN_ERROR_HUNK_FAILED) == NULL);
  CHECK_NUMBER(firn_error_violation_count(last_error()), 1);
  options.placement = FIRN_PLACEMENT_SEARCH;
  CHECK(place(kDiff, drifted, &options, FIRN_ERROR_HUNK_FAILED) == NULL);
  options.placement = FIRN_PLACEMENT_FUZZY;
  options.max_fuzz = 0;
  CHECK(place(kDiff, drifted, &options, FIRN_ERROR_HUNK_FAILED) == NULL);
  options.max_fuzz = 2;
  firn_placed* placed = place(kDiff, drifted, &options, FIRN_OK);
  CHECK_APPLIED(drifted, firn_placed_batch(placed),
                "new\none\nTWO\nTHREE\nfour\nfive\nfive and a half\nsix\n");
  CHECK_NUMBER(firn_placed_hunks(placed, hunks, 2), 2);
  CHECK(hunks[0].offset == 1);
  CHECK_NUMBER(hunks[0].fuzz, 1);
  CHECK(hunks[1].offset == 1);
  CHECK_NUMBER(hunks[1].fuzz, 0);
  firn_placed_free(placed);
}

static void places_in_reverse(void) {
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  options.reverse = 1;
  firn_placed* placed = place(kDiff, kResult, &options, FIRN_OK);
  CHECK_APPLIED(kResult, firn_placed_batch(placed), kText);
  firn_placed_free(placed);
}

static void says_what_was_not_compared(void) {
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  firn_placed_hunk hunk;
  static const char* const diff = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a  b\n-c\n+d\n";
  CHECK(place(diff, "a b\nc\n", NULL, FIRN_ERROR_HUNK_FAILED) == NULL);
  options.white_space = FIRN_WHITE_SPACE_IGNORE_TRAILING;
  CHECK(place(diff, "a b\nc\n", &options, FIRN_ERROR_HUNK_FAILED) == NULL);
  options.white_space = FIRN_WHITE_SPACE_IGNORE_AMOUNT;
  firn_placed* placed = place(diff, "a b\nc\n", &options, FIRN_OK);
  CHECK_NUMBER(firn_placed_hunks(placed, &hunk, 1), 1);
  CHECK(hunk.ignored_white_space && !hunk.ignored_line_ends);
  firn_placed_free(placed);

  options.white_space = FIRN_WHITE_SPACE_COMPARE;
  options.ignore_line_ends = 1;
  placed = place(diff, "a  b\r\nc\r\n", &options, FIRN_OK);
  CHECK_NUMBER(firn_placed_hunks(placed, &hunk, 1), 1);
  CHECK(!hunk.ignored_white_space && hunk.ignored_line_ends);
  CHECK_APPLIED("a  b\r\nc\r\n", firn_placed_batch(placed), "a  b\r\nd\r\n");
  firn_placed_free(placed);
}

static void best_effort_hands_back_what_it_rejects(void) {
  static const char* const half = "one\n2\nthree\nfour\nfive\nfive and a half\nsix\n";
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  firn_rejected_hunk rejected[2];
  options.policy = FIRN_POLICY_BEST_EFFORT;
  firn_placed* placed = place(kDiff, half, &options, FIRN_OK);
  CHECK_NUMBER(firn_placed_hunks(placed, NULL, 0), 0);
  CHECK_NUMBER(firn_batch_patch_count(firn_placed_batch(placed)), 0);
  CHECK_NUMBER(firn_placed_rejected(placed, rejected, 2), 2);
  CHECK_NUMBER(rejected[0].hunk_index, 0);
  CHECK(!rejected[0].already_applied);
  CHECK_NUMBER(firn_error_code(rejected[0].error), FIRN_ERROR_HUNK_FAILED);
  CHECK_NUMBER(rejected[1].hunk_index, 1);
  CHECK(rejected[1].already_applied);
  WRITES(firn_placed_rejects(placed, buffer_slot(), error_slot()), kDiff);
  firn_placed_free(placed);

  options.policy = FIRN_POLICY_ATOMIC;
  CHECK(place(kDiff, half, &options, FIRN_ERROR_HUNK_FAILED) == NULL);
  CHECK_NUMBER(firn_error_violation_count(last_error()), 2);
  firn_hunk_ref hunk;
  const firn_error* second = firn_error_violation(last_error(), 1);
  CHECK(firn_error_hunk(second, &hunk));
  CHECK_NUMBER(hunk.index, 1);
  CHECK_NUMBER(hunk.diff_line, 8);
  CHECK(firn_error_already_applied(second) && !firn_error_already_applied(last_error()));
  CHECK(!firn_error_other_line(second, NULL) && !firn_error_hunk(NULL, NULL));
}

static void two_places_equally_near_are_ambiguous(void) {
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  options.placement = FIRN_PLACEMENT_SEARCH;
  CHECK(place("--- a/x\n+++ b/x\n@@ -5,3 +5,3 @@\n a\n-b\n+c\n d\n",
              "-\na\nb\nd\n-\n-\n-\na\nb\nd\n-\n", &options,
              FIRN_ERROR_AMBIGUOUS_PLACEMENT) == NULL);
}

static void no_fuzz_is_too_much(void) {
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  firn_placed_hunk hunk;
  options.placement = FIRN_PLACEMENT_FUZZY;
  options.max_fuzz = UINT64_MAX;
  CHECK(place(kDiff, "a\nb\nc\n", &options, FIRN_ERROR_HUNK_FAILED) == NULL);
  firn_placed* placed =
      place("--- a/x\n+++ b/x\n@@ -1,7 +1,7 @@\n 1\n 2\n 3\n-4\n+four\n 5\n 6\n 7\n",
            "a\nb\nc\n4\ne\nf\ng\n", &options, FIRN_OK);
  CHECK_NUMBER(firn_placed_hunks(placed, &hunk, 1), 1);
  CHECK_NUMBER(hunk.fuzz, 3);
  firn_placed_free(placed);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const firn_place_options good = FIRN_PLACE_OPTIONS_INIT;
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_diff* diff = NULL;
  firn_placed* placed = (firn_placed*)&placed;
  OK(firn_diff_parse(exact_text(kDiff), NULL, &diff, error_slot()));
  REFUSED(firn_diff_place(NULL, 0, snapshot, NULL, &placed, error_slot()), invalid);
  CHECK(placed == NULL);
  REFUSED(firn_diff_place(diff, 0, NULL, NULL, &placed, error_slot()), invalid);
  REFUSED(firn_diff_place(diff, 0, snapshot, NULL, NULL, error_slot()), invalid);
  REFUSED(firn_diff_place(diff, 1, snapshot, NULL, &placed, error_slot()), invalid);
  REFUSED(firn_diff_place(diff, SIZE_MAX, snapshot, NULL, &placed, error_slot()), invalid);

  firn_place_options broken[7];
  for (size_t i = 0; i < 7; ++i) broken[i] = good;
  broken[0].placement = 3;
  broken[1].white_space = 3;
  broken[2].policy = 3;
  broken[3].ignore_line_ends = 2;
  broken[4].reverse = 2;
  broken[5].reserved = 1;
  broken[6].struct_size = 8;
  for (size_t i = 0; i < 7; ++i) {
    REFUSED(firn_diff_place(diff, 0, snapshot, &broken[i], &placed, error_slot()), invalid);
  }
  firn_diff_free(diff);
  firn_snapshot_free(snapshot);
}

static void answers_null(void) {
  firn_buffer buffer = {NULL, 7};
  firn_placed_free(NULL);
  CHECK(firn_placed_batch(NULL) == NULL);
  CHECK_NUMBER(firn_placed_hunks(NULL, NULL, 0), 0);
  CHECK_NUMBER(firn_placed_rejected(NULL, NULL, 0), 0);
  REFUSED(firn_placed_rejects(NULL, &buffer, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK_NUMBER(buffer.size, 0);
  REFUSED(firn_placed_to_json(NULL, buffer_slot(), error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  firn_placed* placed = place(kDiff, kText, NULL, FIRN_OK);
  REFUSED(firn_placed_rejects(placed, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  REFUSED(firn_placed_to_json(placed, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK_NUMBER(firn_placed_hunks(placed, NULL, 9), 2);
  firn_placed_free(placed);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(places_where_the_diff_says),
      TEST_CASE(searches_and_reports_offset_and_fuzz),
      TEST_CASE(places_in_reverse),
      TEST_CASE(says_what_was_not_compared),
      TEST_CASE(best_effort_hands_back_what_it_rejects),
      TEST_CASE(two_places_equally_near_are_ambiguous),
      TEST_CASE(no_fuzz_is_too_much),
      TEST_CASE(refuses_broken_arguments),
      TEST_CASE(answers_null),
  };
  return run_tests("c place", tests, sizeof tests / sizeof tests[0]);
}
