#include <stdlib.h>
#include <string.h>

#include "testing.h"

static const char* const kText = "one\ntwo\nthree\n";

static void applies(void) {
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch =
      batch_of("{\"revision\": 7, \"patches\": [{\"op\": \"delete\", \"line\": 2}]}");
  firn_patched* patched = NULL;
  OK(firn_apply(snapshot, batch, NULL, &patched, error_slot()));
  firn_buffer bytes;
  OK(firn_patched_bytes(patched, &bytes, error_slot()));
  CHECK_VIEW(firn_buffer_view(&bytes), "one\nthree\n");
  CHECK_NUMBER(firn_patched_revision(patched), 8);
  CHECK_NUMBER(firn_patched_applied_count(patched), 1);
  CHECK_NUMBER(firn_patched_failed_count(patched), 0);
  CHECK(firn_patched_failed(patched, 0) == NULL);
  OK(firn_snapshot_verify(snapshot, error_slot()));
  firn_buffer_free(&bytes);
  firn_patched_free(patched);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

/* One batch with four violations, under each policy. */
static const char* const kUnlawful =
    "[{\"id\": \"far\", \"op\": \"delete\", \"line\": 9}, "
    "{\"id\": \"good\", \"op\": \"replace\", \"line\": 2, \"text\": \"TWO\"}, "
    "{\"op\": \"insert\", \"line\": 5, \"text\": \"x\"}, "
    "{\"id\": \"late\", \"op\": \"delete\", \"line\": 1, \"endLine\": 2}, "
    "{\"op\": \"delete\", \"line\": 3, \"expect\": \"THREE\"}]";

static void fail_fast_reports_the_first_violation(void) {
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of(kUnlawful);
  firn_patched* patched = (firn_patched*)&patched;
  uint64_t number = 0;
  firn_patch_ref patch;
  REFUSED(firn_apply(snapshot, batch, NULL, &patched, error_slot()), FIRN_ERROR_LINE_OUT_OF_RANGE);
  CHECK(patched == NULL);
  CHECK_NUMBER(firn_error_violation_count(last_error()), 1);
  CHECK_NUMBER(firn_error_law(last_error()), 1);
  CHECK(firn_error_patch(last_error(), &patch));
  CHECK_NUMBER(patch.index, 0);
  CHECK_VIEW(patch.id, "far");
  CHECK(firn_error_line(last_error(), &number));
  CHECK_NUMBER(number, 9);
  CHECK(firn_error_limit(last_error(), &number));
  CHECK_NUMBER(number, 3);
  CHECK(!firn_error_other(last_error(), &patch));
  CHECK(!firn_error_expected(last_error(), NULL));
  CHECK(!firn_error_found(last_error(), NULL));
  CHECK(!firn_error_position(last_error(), NULL));
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void atomic_reports_every_violation(void) {
  static const firn_code codes[] = {FIRN_ERROR_LINE_OUT_OF_RANGE, FIRN_ERROR_INSERT_OUT_OF_BOUNDS,
                                    FIRN_ERROR_OVERLAP, FIRN_ERROR_EXPECTATION_FAILED};
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of(kUnlawful);
  firn_patched* patched = NULL;
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  options.policy = FIRN_POLICY_ATOMIC;
  REFUSED(firn_apply(snapshot, batch, &options, &patched, error_slot()), codes[0]);
  CHECK_NUMBER(firn_error_violation_count(last_error()), 4);
  for (size_t i = 0; i < 4; ++i) {
    const firn_error* violation = firn_error_violation(last_error(), i);
    CHECK_NUMBER(firn_error_code(violation), codes[i]);
    CHECK_NUMBER(firn_error_violation_count(violation), 0);
  }
  CHECK(firn_error_violation(last_error(), 4) == NULL);

  firn_patch_ref other;
  CHECK(firn_error_other(firn_error_violation(last_error(), 2), &other));
  CHECK_NUMBER(other.index, 1);
  CHECK_VIEW(other.id, "good");
  CHECK_NUMBER(firn_error_law(firn_error_violation(last_error(), 2)), 5);
  firn_view text;
  CHECK(firn_error_expected(firn_error_violation(last_error(), 3), &text));
  CHECK_VIEW(text, "THREE");
  CHECK(firn_error_found(firn_error_violation(last_error(), 3), &text));
  CHECK_VIEW(text, "three");
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void best_effort_applies_the_lawful_patches(void) {
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of(kUnlawful);
  firn_patched* patched = NULL;
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  options.policy = FIRN_POLICY_BEST_EFFORT;
  OK(firn_apply(snapshot, batch, &options, &patched, error_slot()));
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);

  CHECK_NUMBER(firn_patched_applied_count(patched), 1);
  CHECK_NUMBER(firn_patched_failed_count(patched), 4);
  CHECK(firn_patched_failed(patched, 4) == NULL);
  const firn_error* failed = firn_patched_failed(patched, 2);
  CHECK_NUMBER(firn_error_code(failed), FIRN_ERROR_OVERLAP);
  firn_patch_ref patch;
  CHECK(firn_error_patch(failed, &patch));
  CHECK_VIEW(patch.id, "late");
  firn_buffer json;
  OK(firn_error_to_json(failed, &json, error_slot()));
  CHECK(json.size > 2 && json.data[0] == '{');
  firn_buffer_free(&json);
  firn_view line;
  OK(firn_patched_line(patched, 2, &line, NULL, error_slot()));
  CHECK_VIEW(line, "TWO");
  firn_patched_free(patched);
}

static void ties_keep_order_when_asked(void) {
  const char* const json =
      "[{\"op\": \"insert\", \"line\": 2, \"text\": \"a\"}, "
      "{\"op\": \"insert\", \"line\": 2, \"text\": \"b\"}]";
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of(json);
  firn_patched* patched = NULL;
  REFUSED(firn_apply(snapshot, batch, NULL, &patched, error_slot()), FIRN_ERROR_OVERLAP);
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  options.ties = FIRN_TIES_KEEP_ORDER;
  OK(firn_apply(snapshot, batch, &options, &patched, error_slot()));
  firn_buffer lines;
  OK(firn_patched_lines(patched, 2, 3, &lines, error_slot()));
  CHECK_VIEW(firn_buffer_view(&lines), "a\nb\n");
  firn_buffer_free(&lines);
  firn_patched_free(patched);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void a_stale_revision_is_refused(void) {
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of("{\"revision\": 7, \"patches\": []}");
  firn_patched* patched = NULL;
  const uint64_t revision = 8;
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  options.revision = &revision;
  REFUSED(firn_apply(snapshot, batch, &options, &patched, error_slot()), FIRN_ERROR_STALE_REVISION);
  firn_view text;
  CHECK(firn_error_expected(last_error(), &text));
  CHECK_VIEW(text, "7");
  CHECK(firn_error_found(last_error(), &text));
  CHECK_VIEW(text, "8");
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void check_applies_nothing_and_tells_all(void) {
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of(kUnlawful);
  firn_buffer json;
  OK(firn_check(snapshot, batch, NULL, &json, error_slot()));
  char* text = calloc(json.size + 1, 1);
  if (text == NULL) abort();
  memcpy(text, json.data, json.size);
  CHECK(strstr(text, "\"counts\"") != NULL);
  CHECK(strstr(text, "\"overlap\"") != NULL);
  CHECK(strstr(text, "\"expectation_failed\"") != NULL);
  free(text);
  firn_buffer_free(&json);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const uint64_t past = FIRN_MAX_COUNT + 1;
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of("[]");
  firn_patched* patched = NULL;
  firn_buffer json = {NULL, 7};
  REFUSED(firn_apply(NULL, batch, NULL, &patched, error_slot()), invalid);
  REFUSED(firn_apply(snapshot, NULL, NULL, &patched, error_slot()), invalid);
  REFUSED(firn_apply(snapshot, batch, NULL, NULL, error_slot()), invalid);
  REFUSED(firn_check(NULL, batch, NULL, &json, error_slot()), invalid);
  REFUSED(firn_check(snapshot, NULL, NULL, &json, error_slot()), invalid);
  REFUSED(firn_check(snapshot, batch, NULL, NULL, error_slot()), invalid);
  CHECK_NUMBER(json.size, 0);

  for (int i = 0; i < 4; ++i) {
    firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
    if (i == 0) options.struct_size = 4;
    if (i == 1) options.policy = 3;
    if (i == 2) options.ties = 2;
    if (i == 3) options.revision = &past;
    REFUSED(firn_apply(snapshot, batch, &options, &patched, error_slot()), invalid);
    REFUSED(firn_check(snapshot, batch, &options, &json, error_slot()), invalid);
    CHECK(patched == NULL);
    CHECK_NUMBER(firn_error_violation_count(last_error()), 0);
  }
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void errors_are_optional_and_show_as_json(void) {
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of(kUnlawful);
  firn_patched* patched = NULL;
  CHECK(firn_apply(snapshot, batch, NULL, &patched, NULL) == FIRN_ERROR_LINE_OUT_OF_RANGE);

  /* What the slot held before is not looked at, let alone freed. */
  firn_error* error = (firn_error*)&error;
  CHECK(firn_snapshot_verify(snapshot, &error) == FIRN_OK);
  CHECK(error == NULL);

  CHECK(firn_apply(snapshot, batch, NULL, &patched, &error) == FIRN_ERROR_LINE_OUT_OF_RANGE);
  firn_buffer json;
  OK(firn_error_to_json(error, &json, error_slot()));
  static const char begin[] = "{\"code\":\"line_out_of_range\"";
  CHECK(json.size > sizeof begin && memcmp(json.data, begin, sizeof begin - 1) == 0);
  firn_buffer_free(&json);
  firn_error_free(error);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void answers_null_errors(void) {
  uint64_t number = 5;
  firn_view view = {"old", 3};
  firn_buffer json = {NULL, 7};
  firn_error_free(NULL);
  CHECK_NUMBER(firn_error_code(NULL), FIRN_OK);
  CHECK_VIEW(firn_error_message(NULL), "");
  CHECK_NUMBER(firn_error_law(NULL), 0);
  CHECK(!firn_error_patch(NULL, NULL));
  CHECK(!firn_error_other(NULL, NULL));
  CHECK(!firn_error_line(NULL, &number));
  CHECK(!firn_error_limit(NULL, &number));
  CHECK_NUMBER(number, 5);
  CHECK(!firn_error_expected(NULL, &view));
  CHECK(!firn_error_found(NULL, &view));
  CHECK_VIEW(view, "old");
  CHECK(!firn_error_position(NULL, NULL));
  CHECK_NUMBER(firn_error_violation_count(NULL), 0);
  CHECK(firn_error_violation(NULL, 0) == NULL);
  REFUSED(firn_error_to_json(NULL, &json, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK_NUMBER(json.size, 0);
}

static void codes_have_names(void) {
  CHECK_VIEW(firn_code_name(FIRN_OK), "ok");
  CHECK_VIEW(firn_code_name(FIRN_ERROR_MALFORMED_JSON), "malformed_json");
  CHECK_VIEW(firn_code_name(FIRN_ERROR_OVERLAP), "overlap");
  CHECK_VIEW(firn_code_name(FIRN_ERROR_DISPOSED), "disposed");
  CHECK_VIEW(firn_code_name((firn_code)22), "");
  CHECK_VIEW(firn_code_name((firn_code)UINT32_MAX), "");
  CHECK_VIEW(firn_code_name(FIRN_CODE_IS_32_BITS), "");
}

static void says_its_version(void) { CHECK_VIEW(firn_version(), FIRN_TEST_VERSION); }

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(applies),
      TEST_CASE(fail_fast_reports_the_first_violation),
      TEST_CASE(atomic_reports_every_violation),
      TEST_CASE(best_effort_applies_the_lawful_patches),
      TEST_CASE(ties_keep_order_when_asked),
      TEST_CASE(a_stale_revision_is_refused),
      TEST_CASE(check_applies_nothing_and_tells_all),
      TEST_CASE(refuses_broken_arguments),
      TEST_CASE(errors_are_optional_and_show_as_json),
      TEST_CASE(answers_null_errors),
      TEST_CASE(codes_have_names),
      TEST_CASE(says_its_version),
  };
  return run_tests("c apply", tests, sizeof tests / sizeof tests[0]);
}
