#include "testing.h"

static firn_rebased* rebased_of(firn_patched* patched, const char* new_text) {
  firn_snapshot* snapshot = snapshot_of(new_text);
  firn_rebased* rebased = NULL;
  OK(firn_patched_rebase(patched, snapshot, &rebased, error_slot()));
  firn_patched_free(patched);
  firn_snapshot_free(snapshot);
  return rebased;
}

static void says_what_became_of_each_patch(void) {
  static const char* const text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  static const char* const new_text = "1\n2\nnew\n3\n4\nupstream\n6\n7\ntheirs\n9\n";
  static const struct {
    const char* id;
    uint32_t carried;
    firn_line_range from;
    firn_line_range to;
    const char* base;
    const char* ours;
    const char* theirs;
  } rows[] = {
      {"same", FIRN_CARRIED_UPSTREAM, {5, 5}, {6, 6}, "", "", ""},
      {"above", FIRN_CARRIED_CLEAN, {1, 1}, {1, 1}, "", "", ""},
      {"", FIRN_CARRIED_MOVED, {4, 3}, {5, 4}, "", "", ""},
      {"other", FIRN_CARRIED_CONFLICT, {8, 8}, {9, 9}, "8\n", "ours\n", "theirs\n"},
  };
  firn_rebased* rebased =
      rebased_of(patched_of(text,
                            "[{\"id\": \"same\", \"op\": \"replace\", \"line\": 5, \"text\": "
                            "\"upstream\"}, "
                            "{\"id\": \"above\", \"op\": \"delete\", \"line\": 1}, "
                            "{\"op\": \"insert\", \"line\": 4, \"text\": \"more\"}, "
                            "{\"id\": \"other\", \"op\": \"replace\", \"line\": 8, \"text\": "
                            "\"ours\"}]"),
                 new_text);
  firn_carried_patch patches[4];
  CHECK_NUMBER(firn_rebased_patches(rebased, NULL, 4), 4);
  CHECK_NUMBER(firn_rebased_patches(rebased, patches, 4), 4);
  for (size_t i = 0; i < 4; ++i) {
    CHECK_NUMBER(patches[i].patch.index, i);
    CHECK_VIEW(patches[i].patch.id, rows[i].id);
    CHECK_NUMBER(patches[i].carried, rows[i].carried);
    CHECK_RANGE(patches[i].from, rows[i].from.from, rows[i].from.to);
    CHECK_RANGE(patches[i].to, rows[i].to.from, rows[i].to.to);
    CHECK_VIEW(patches[i].base, rows[i].base);
    CHECK_VIEW(patches[i].ours, rows[i].ours);
    CHECK_VIEW(patches[i].theirs, rows[i].theirs);
  }
  CHECK(firn_rebased_has_conflict(rebased));
  CHECK_APPLIED(new_text, firn_rebased_batch(rebased),
                "2\nnew\n3\nmore\n4\nupstream\n6\n7\ntheirs\n9\n");
  firn_rebased_free(rebased);
}

static void what_was_not_applied_is_not_carried(void) {
  firn_snapshot* snapshot = snapshot_of("a\n");
  firn_batch* batch = batch_of(
      "[{\"op\": \"delete\", \"line\": 999}, {\"id\": \"p\", \"op\": \"delete\", \"line\": 1}]");
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  firn_patched* patched = NULL;
  firn_carried_patch patch;
  options.policy = FIRN_POLICY_BEST_EFFORT;
  OK(firn_apply(snapshot, batch, &options, &patched, error_slot()));
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
  firn_rebased* rebased = rebased_of(patched, "b\na\n");
  CHECK_NUMBER(firn_rebased_patches(rebased, &patch, 1), 1);
  CHECK_NUMBER(patch.patch.index, 1);
  CHECK_VIEW(patch.patch.id, "p");
  CHECK(!firn_rebased_has_conflict(rebased));
  WRITES(firn_rebased_to_json(rebased, buffer_slot(), error_slot()),
         "{\"patches\":[{\"patch\":{\"index\":1,\"id\":\"p\"},\"carried\":\"moved\","
         "\"from\":{\"from\":1,\"to\":1},\"to\":{\"from\":2,\"to\":2}}]}");
  REFUSED(firn_rebased_to_json(rebased, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  firn_rebased_free(rebased);
}

static void refuses_null(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_snapshot* snapshot = snapshot_of("a\n");
  firn_patched* patched = patched_of("a\n", "[]");
  firn_rebased* rebased = (firn_rebased*)&rebased;
  REFUSED(firn_patched_rebase(NULL, snapshot, &rebased, error_slot()), invalid);
  CHECK(rebased == NULL);
  REFUSED(firn_patched_rebase(patched, NULL, &rebased, error_slot()), invalid);
  REFUSED(firn_patched_rebase(patched, snapshot, NULL, error_slot()), invalid);
  firn_rebased_free(NULL);
  CHECK(firn_rebased_batch(NULL) == NULL);
  CHECK(!firn_rebased_has_conflict(NULL));
  CHECK_NUMBER(firn_rebased_patches(NULL, NULL, 0), 0);
  REFUSED(firn_rebased_to_json(NULL, buffer_slot(), error_slot()), invalid);
  firn_patched_free(patched);
  firn_snapshot_free(snapshot);
}

static void outcomes_have_names(void) {
  CHECK_VIEW(firn_carried_name(FIRN_CARRIED_CLEAN), "clean");
  CHECK_VIEW(firn_carried_name(FIRN_CARRIED_CONFLICT), "conflict");
  CHECK_VIEW(firn_carried_name((firn_carried)4), "");
  CHECK_VIEW(firn_carried_name((firn_carried)UINT32_MAX), "");
  CHECK_VIEW(firn_carried_name(FIRN_CARRIED_IS_32_BITS), "");
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(says_what_became_of_each_patch),
      TEST_CASE(what_was_not_applied_is_not_carried),
      TEST_CASE(refuses_null),
      TEST_CASE(outcomes_have_names),
  };
  return run_tests("c rebase", tests, sizeof tests / sizeof tests[0]);
}
