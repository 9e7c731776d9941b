#include "testing.h"

static const char* const kTexts[] = {"one\ntwo\nthree\n", "one\nTWO\nthree\n",
                                     "one\nTWO\nthree\nfour\n", "zero\nTWO\nthree\nfour\n"};
static const char* const kBatches[] = {
    "{\"id\": \"upper\", \"patches\": [{\"op\": \"replace\", \"line\": 2, \"text\": \"TWO\"}]}",
    "[{\"op\": \"insert\", \"line\": 4, \"text\": \"four\"}]",
    "{\"id\": \"zero\", \"patches\": [{\"op\": \"replace\", \"line\": 1, \"text\": \"zero\"}]}",
};

/* One more revision; frees the history before it. */
static firn_history* appended(firn_history* history, const char* json) {
  firn_batch* batch = batch_of(json);
  firn_history* longer = NULL;
  OK(firn_history_append(history, batch, NULL, &longer, NULL, error_slot()));
  firn_batch_free(batch);
  firn_history_free(history);
  return longer;
}

/* Revisions 10 to 13, with the texts above. */
static firn_history* example(void) {
  firn_snapshot* root = snapshot_of(kTexts[0]);
  firn_history* history = NULL;
  OK(firn_history_new(root, 10, &history, error_slot()));
  firn_snapshot_free(root);
  for (size_t i = 0; i < 3; ++i) history = appended(history, kBatches[i]);
  return history;
}

static void check_text(const firn_history* history, const char* expected) {
  CHECK_VIEW(firn_snapshot_bytes(firn_history_text(history)), expected);
}

static void any_revision_can_be_read(void) {
  firn_history* history = example();
  CHECK_NUMBER(firn_history_first_revision(history), 10);
  CHECK_NUMBER(firn_history_revision(history), 13);
  CHECK_VIEW(firn_snapshot_bytes(firn_history_root(history)), kTexts[0]);
  check_text(history, kTexts[3]);
  for (uint64_t i = 0; i < 4; ++i) {
    firn_patched* patched = NULL;
    OK(firn_history_at(history, 10 + i, &patched, error_slot()));
    WRITES(firn_patched_bytes(patched, buffer_slot(), error_slot()), kTexts[i]);
    firn_patched_free(patched);
  }
  firn_patched* none = (firn_patched*)&none;
  REFUSED(firn_history_at(history, 9, &none, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK(none == NULL);
  REFUSED(firn_history_at(history, 14, &none, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  firn_history_free(history);
}

static void appending_leaves_the_history_as_it_is(void) {
  firn_history* history = example();
  firn_batch* batch = batch_of("[{\"op\": \"delete\", \"line\": 9}]");
  firn_history* longer = (firn_history*)&longer;
  firn_patched* patched = (firn_patched*)&patched;
  REFUSED(firn_history_append(history, batch, NULL, &longer, &patched, error_slot()),
          FIRN_ERROR_LINE_OUT_OF_RANGE);
  CHECK_NUMBER(firn_error_violation_count(last_error()), 1);
  CHECK(longer == NULL && patched == NULL);

  /* Nothing applied, nothing appended; but what was left out is told. */
  firn_append_options options = FIRN_APPEND_OPTIONS_INIT;
  options.policy = FIRN_POLICY_BEST_EFFORT;
  OK(firn_history_append(history, batch, &options, &longer, &patched, error_slot()));
  CHECK_NUMBER(firn_history_revision(longer), 13);
  CHECK_NUMBER(firn_patched_failed_count(patched), 1);
  firn_patched_free(patched);
  firn_history_free(longer);
  firn_batch_free(batch);

  batch = batch_of("[{\"op\": \"delete\", \"line\": 1}]");
  OK(firn_history_append(history, batch, NULL, &longer, &patched, error_slot()));
  firn_batch_free(batch);
  CHECK_NUMBER(firn_history_revision(history), 13);
  check_text(history, kTexts[3]);
  firn_history_free(history);
  CHECK_NUMBER(firn_history_revision(longer), 14);
  check_text(longer, "TWO\nthree\nfour\n");
  CHECK_NUMBER(firn_patched_revision(patched), 14);
  firn_history_free(longer);
  firn_patched_free(patched);
}

static void lists_its_revisions(void) {
  static const char* const ids[] = {"", "upper", "", "zero"};
  firn_history* history = example();
  firn_revision revisions[5];
  CHECK_NUMBER(firn_history_revisions(history, NULL, 5), 4);
  CHECK_NUMBER(firn_history_revisions(history, revisions, 5), 4);
  for (uint64_t i = 0; i < 4; ++i) {
    firn_snapshot* text = snapshot_of(kTexts[i]);
    char hex[FIRN_FINGERPRINT_CHARS];
    firn_snapshot_fingerprint(text, hex);
    CHECK_NUMBER(revisions[i].revision, 10 + i);
    CHECK_NUMBER(revisions[i].line_count, firn_snapshot_line_count(text));
    CHECK_NUMBER(revisions[i].patch_count, i != 0);
    CHECK_VIEW(revisions[i].batch_id, ids[i]);
    CHECK_VIEW(firn_view_of(revisions[i].fingerprint), hex);
    firn_snapshot_free(text);
  }
  firn_batch* batch = NULL;
  OK(firn_history_batch_of(history, 11, &batch, error_slot()));
  CHECK_APPLIED(kTexts[0], batch, kTexts[1]);
  firn_batch_free(batch);
  REFUSED(firn_history_batch_of(history, 10, &batch, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  CHECK(batch == NULL);
  OK(firn_history_to_json(history, buffer_slot(), error_slot()));
  firn_history_free(history);
}

static void takes_back_a_batch_in_the_middle(void) {
  firn_history* history = example();
  firn_history* undone = NULL;
  firn_rebased* rebased = NULL;
  OK(firn_history_undo(history, 11, &undone, &rebased, error_slot()));
  firn_history_free(history);
  CHECK_NUMBER(firn_history_revision(undone), 14);
  check_text(undone, "zero\ntwo\nthree\nfour\n");
  CHECK(!firn_rebased_has_conflict(rebased));
  CHECK_NUMBER(firn_rebased_patches(rebased, NULL, 0), 1);
  CHECK_APPLIED(kTexts[3], firn_rebased_batch(rebased), "zero\ntwo\nthree\nfour\n");
  firn_rebased_free(rebased);
  firn_history_free(undone);
}

static void tells_why_a_batch_cannot_be_taken_back(void) {
  firn_history* history =
      appended(example(), "[{\"op\": \"replace\", \"line\": 2, \"text\": \"2\"}]");
  firn_history* undone = NULL;
  firn_rebased* rebased = NULL;
  firn_carried_patch patch;
  OK(firn_history_undo(history, 11, &undone, &rebased, error_slot()));
  CHECK_NUMBER(firn_history_revision(undone), 14);
  CHECK(firn_rebased_has_conflict(rebased));
  CHECK_NUMBER(firn_rebased_patches(rebased, &patch, 1), 1);
  CHECK_VIEW(patch.base, "one\nTWO\n");
  CHECK_VIEW(patch.ours, "one\ntwo\n");
  CHECK_VIEW(patch.theirs, "zero\n2\n");
  firn_rebased_free(rebased);
  firn_history_free(undone);

  REFUSED(firn_history_undo(history, 10, &undone, &rebased, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  CHECK(undone == NULL && rebased == NULL);
  OK(firn_history_undo(history, 12, &undone, NULL, error_slot()));
  check_text(undone, "zero\n2\nthree\n");
  firn_history_free(undone);
  firn_history_free(history);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_snapshot* root = snapshot_of("a\n");
  firn_batch* batch = batch_of("[]");
  firn_history* history = NULL;
  firn_history* other = (firn_history*)&other;
  firn_patched* patched = NULL;
  OK(firn_history_new(root, FIRN_MAX_COUNT, &history, error_slot()));
  REFUSED(firn_history_new(NULL, 0, &other, error_slot()), invalid);
  CHECK(other == NULL);
  REFUSED(firn_history_new(root, 0, NULL, error_slot()), invalid);
  REFUSED(firn_history_new(root, FIRN_MAX_COUNT + 1, &other, error_slot()), invalid);
  REFUSED(firn_history_append(NULL, batch, NULL, &other, NULL, error_slot()), invalid);
  REFUSED(firn_history_append(history, NULL, NULL, &other, NULL, error_slot()), invalid);
  REFUSED(firn_history_append(history, batch, NULL, NULL, &patched, error_slot()), invalid);
  firn_append_options options = FIRN_APPEND_OPTIONS_INIT;
  options.policy = 3;
  REFUSED(firn_history_append(history, batch, &options, &other, NULL, error_slot()), invalid);
  options.policy = FIRN_POLICY_ATOMIC;
  options.ties = 2;
  REFUSED(firn_history_append(history, batch, &options, &other, NULL, error_slot()), invalid);
  options.ties = FIRN_TIES_REJECT;
  options.struct_size = 0;
  REFUSED(firn_history_append(history, batch, &options, &other, NULL, error_slot()), invalid);
  REFUSED(firn_history_at(history, FIRN_MAX_COUNT, NULL, error_slot()), invalid);
  REFUSED(firn_history_batch_of(history, FIRN_MAX_COUNT, NULL, error_slot()), invalid);
  REFUSED(firn_history_undo(history, FIRN_MAX_COUNT, NULL, NULL, error_slot()), invalid);
  REFUSED(firn_history_to_json(history, NULL, error_slot()), invalid);
  firn_history_free(history);
  firn_batch_free(batch);
  firn_snapshot_free(root);
}

static void answers_null(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_history* history = NULL;
  firn_patched* patched = NULL;
  firn_batch* batch = NULL;
  firn_history_free(NULL);
  CHECK(firn_history_root(NULL) == NULL);
  CHECK(firn_history_text(NULL) == NULL);
  CHECK_NUMBER(firn_history_first_revision(NULL), 0);
  CHECK_NUMBER(firn_history_revision(NULL), 0);
  CHECK_NUMBER(firn_history_revisions(NULL, NULL, 0), 0);
  REFUSED(firn_history_at(NULL, 0, &patched, error_slot()), invalid);
  REFUSED(firn_history_batch_of(NULL, 0, &batch, error_slot()), invalid);
  REFUSED(firn_history_undo(NULL, 0, &history, NULL, error_slot()), invalid);
  REFUSED(firn_history_to_json(NULL, buffer_slot(), error_slot()), invalid);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(any_revision_can_be_read),
      TEST_CASE(appending_leaves_the_history_as_it_is),
      TEST_CASE(lists_its_revisions),
      TEST_CASE(takes_back_a_batch_in_the_middle),
      TEST_CASE(tells_why_a_batch_cannot_be_taken_back),
      TEST_CASE(refuses_broken_arguments),
      TEST_CASE(answers_null),
  };
  return run_tests("c history", tests, sizeof tests / sizeof tests[0]);
}
