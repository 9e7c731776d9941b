#include "testing.h"

/* U+1F600 is two UTF-16 code units wide and four bytes long. */
#define SMILE "\xF0\x9F\x98\x80"

static firn_text_edit edit_of(uint64_t line, uint64_t from, uint64_t to, const char* new_text) {
  return (firn_text_edit){{line, from}, {line, to}, exact_text(new_text)};
}

/* The batch of the edits, applied. */
static void check_edits(const char* text, const firn_text_edit* edits, size_t edit_count,
                        const char* expected) {
  firn_snapshot* snapshot = snapshot_of(text);
  firn_batch* batch = NULL;
  OK(firn_batch_of_text_edits(snapshot, edits, edit_count, &batch, error_slot()));
  firn_snapshot_free(snapshot);
  CHECK_APPLIED(text, batch, expected);
  firn_batch_free(batch);
}

static void columns_count_utf16_code_units(void) {
  const firn_text_edit edit = edit_of(1, 3, 4, "X");
  check_edits("one\na" SMILE "bc\n", &edit, 1, "one\na" SMILE "Xc\n");
}

static void inserts_at_one_place_keep_their_order(void) {
  const firn_text_edit edits[] = {edit_of(0, 1, 1, "1"), edit_of(0, 1, 1, "2"),
                                  edit_of(0, 1, 2, "3")};
  check_edits("abc\n", edits, 3, "a123c\n");
}

static void edits_may_span_lines_and_reach_the_end(void) {
  const firn_text_edit edits[] = {{{0, 1}, {1, 1}, exact_text("-")},
                                  {{2, 0}, {2, 0}, exact_text("end")}};
  check_edits("ab\ncd\n", edits, 2, "a-d\nend");
}

static void no_edits_are_a_batch_of_no_patches(void) {
  firn_snapshot* snapshot = snapshot_of("a\n");
  firn_batch* batch = NULL;
  OK(firn_batch_of_text_edits(snapshot, NULL, 0, &batch, error_slot()));
  CHECK_NUMBER(firn_batch_patch_count(batch), 0);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void reads_json_too(void) {
  static const char* const json =
      "[{\"range\": {\"start\": {\"line\": 0, \"character\": 1}, "
      "\"end\": {\"line\": 0, \"character\": 2}}, \"newText\": \"X\"}]";
  firn_snapshot* snapshot = snapshot_of("abc\n");
  firn_limits limits = FIRN_LIMITS_INIT;
  firn_batch* batch = NULL;
  OK(firn_batch_of_text_edits_json(snapshot, exact_text(json), NULL, &batch, error_slot()));
  CHECK_APPLIED("abc\n", batch, "aXc\n");
  firn_batch_free(batch);

  REFUSED(firn_batch_of_text_edits_json(snapshot, exact_text("[1"), NULL, &batch, error_slot()),
          FIRN_ERROR_MALFORMED_JSON);
  CHECK(batch == NULL);
  CHECK(firn_error_position(last_error(), NULL));
  REFUSED(firn_batch_of_text_edits_json(snapshot, exact_text("[{}]"), NULL, &batch, error_slot()),
          FIRN_ERROR_MALFORMED_BATCH);
  CHECK(firn_error_position(last_error(), NULL));
  limits.patches = 0;
  REFUSED(firn_batch_of_text_edits_json(snapshot, exact_text(json), &limits, &batch, error_slot()),
          FIRN_ERROR_LIMIT_EXCEEDED);
  firn_snapshot_free(snapshot);
}

static void refusals_name_the_edit(void) {
  firn_snapshot* snapshot = snapshot_of("a" SMILE "b\nc\n");
  firn_batch* batch = (firn_batch*)&batch;
  firn_patch_ref edit;
  uint64_t line = 0;
  firn_text_edit edits[] = {edit_of(0, 0, 1, "x"), edit_of(7, 0, 0, "y")};
  REFUSED(firn_batch_of_text_edits(snapshot, edits, 2, &batch, error_slot()),
          FIRN_ERROR_LINE_OUT_OF_RANGE);
  CHECK(batch == NULL);
  CHECK(firn_error_patch(last_error(), &edit));
  CHECK_NUMBER(edit.index, 1);
  CHECK(firn_error_line(last_error(), &line));
  CHECK_NUMBER(line, 8);

  edits[1] = edit_of(UINT64_MAX, 0, 0, "y");
  REFUSED(firn_batch_of_text_edits(snapshot, edits, 2, &batch, error_slot()),
          FIRN_ERROR_LINE_OUT_OF_RANGE);
  edits[1] = edit_of(0, 0, UINT64_MAX, "y");
  REFUSED(firn_batch_of_text_edits(snapshot, edits, 2, &batch, error_slot()),
          FIRN_ERROR_LINE_OUT_OF_RANGE);
  edits[1] = edit_of(0, 2, 3, "inside a surrogate pair");
  REFUSED(firn_batch_of_text_edits(snapshot, edits, 2, &batch, error_slot()),
          FIRN_ERROR_LINE_OUT_OF_RANGE);
  edits[1] = edit_of(0, 0, 3, "overlap");
  REFUSED(firn_batch_of_text_edits(snapshot, edits, 2, &batch, error_slot()), FIRN_ERROR_OVERLAP);
  CHECK(firn_error_patch(last_error(), &edit));
  CHECK_NUMBER(edit.index, 1);
  CHECK(firn_error_other(last_error(), &edit));
  CHECK_NUMBER(edit.index, 0);
  edits[1] = edit_of(1, 1, 0, "backwards");
  REFUSED(firn_batch_of_text_edits(snapshot, edits, 2, &batch, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  firn_snapshot_free(snapshot);

  snapshot = snapshot_of("\xFF\n");
  REFUSED(firn_batch_of_text_edits(snapshot, edits, 1, &batch, error_slot()),
          FIRN_ERROR_MALFORMED_TEXT);
  firn_snapshot_free(snapshot);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_snapshot* snapshot = snapshot_of("a\n");
  firn_batch* batch = (firn_batch*)&batch;
  firn_text_edit edit = edit_of(0, 0, 0, "x");
  REFUSED(firn_batch_of_text_edits(NULL, &edit, 1, &batch, error_slot()), invalid);
  CHECK(batch == NULL);
  REFUSED(firn_batch_of_text_edits(snapshot, NULL, 1, &batch, error_slot()), invalid);
  REFUSED(firn_batch_of_text_edits(snapshot, &edit, 1, NULL, error_slot()), invalid);
  edit.new_text = unreadable();
  REFUSED(firn_batch_of_text_edits(snapshot, &edit, 1, &batch, error_slot()), invalid);

  const firn_view json = exact_text("[]");
  firn_limits limits = FIRN_LIMITS_INIT;
  REFUSED(firn_batch_of_text_edits_json(NULL, json, NULL, &batch, error_slot()), invalid);
  REFUSED(firn_batch_of_text_edits_json(snapshot, json, NULL, NULL, error_slot()), invalid);
  REFUSED(firn_batch_of_text_edits_json(snapshot, unreadable(), NULL, &batch, error_slot()),
          invalid);
  limits.struct_size = 1;
  REFUSED(firn_batch_of_text_edits_json(snapshot, json, &limits, &batch, error_slot()), invalid);
  firn_snapshot_free(snapshot);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(columns_count_utf16_code_units),
      TEST_CASE(inserts_at_one_place_keep_their_order),
      TEST_CASE(edits_may_span_lines_and_reach_the_end),
      TEST_CASE(no_edits_are_a_batch_of_no_patches),
      TEST_CASE(reads_json_too),
      TEST_CASE(refusals_name_the_edit),
      TEST_CASE(refuses_broken_arguments),
  };
  return run_tests("c text edits", tests, sizeof tests / sizeof tests[0]);
}
