#include "testing.h"

static const char* const kText = "one\ntwo\nthree\nfour\n";
static const char* const kUpper =
    "{\"id\": \"upper\", \"patches\": [{\"id\": \"p\", \"op\": \"replace\", \"line\": 2, "
    "\"text\": \"TWO\"}]}";
static const char* const kShorter =
    "{\"id\": \"shorter\", \"patches\": [{\"op\": \"delete\", \"line\": 4}, "
    "{\"id\": \"p\", \"op\": \"delete\", \"line\": 1}]}";
static const char* const kRival =
    "{\"id\": \"rival\", \"patches\": [{\"id\": \"q\", \"op\": \"delete\", \"line\": 1, "
    "\"endLine\": 3}]}";

static firn_stacked* stacked_of(const char* const* batches, size_t batch_count,
                                const firn_stack_options* options) {
  firn_batch* handles[4];
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_stacked* stacked = NULL;
  for (size_t i = 0; i < batch_count; ++i) handles[i] = batch_of(batches[i]);
  OK(firn_stack(snapshot, (const firn_batch* const*)handles, batch_count, options, &stacked,
                error_slot()));
  for (size_t i = 0; i < batch_count; ++i) firn_batch_free(handles[i]);
  firn_snapshot_free(snapshot);
  return stacked;
}

static void independent_batches_become_one(void) {
  const char* const orders[][2] = {{kUpper, kShorter}, {kShorter, kUpper}};
  for (size_t order = 0; order < 2; ++order) {
    firn_stacked* stacked = stacked_of(orders[order], 2, NULL);
    firn_stack_source sources[4];
    CHECK_APPLIED(kText, firn_stacked_batch(stacked), "TWO\nthree\n");
    CHECK_NUMBER(firn_stacked_sources(stacked, NULL, 4), 3);
    CHECK_NUMBER(firn_stacked_sources(stacked, sources, 4), 3);
    CHECK_NUMBER(sources[0].batch_index, 1 - order);
    CHECK_NUMBER(sources[0].patch_index, 1);
    CHECK_NUMBER(sources[1].batch_index, order);
    CHECK_NUMBER(sources[1].patch_index, 0);
    CHECK_NUMBER(firn_stacked_collisions(stacked, NULL, 0), 0);
    CHECK_NUMBER(firn_stacked_collision_count(stacked), 0);
    CHECK_NUMBER(firn_stacked_refused(stacked, NULL, 0), 0);
    firn_stacked_free(stacked);
  }
  firn_stacked* stacked = stacked_of(NULL, 0, NULL);
  CHECK_NUMBER(firn_batch_patch_count(firn_stacked_batch(stacked)), 0);
  firn_stacked_free(stacked);
}

static void tells_which_patches_collide_and_where(void) {
  const char* const batches[] = {kShorter, kRival, kUpper};
  firn_stack_options options = FIRN_STACK_OPTIONS_INIT;
  firn_collision collisions[3];
  firn_stacked* stacked = stacked_of(batches, 3, &options);
  CHECK(firn_stacked_batch(stacked) == NULL);
  CHECK_NUMBER(firn_stacked_sources(stacked, NULL, 0), 0);
  CHECK_NUMBER(firn_stacked_collision_count(stacked), 2);
  CHECK_NUMBER(firn_stacked_collisions(stacked, collisions, 3), 2);
  CHECK_NUMBER(collisions[0].first.batch_index, 0);
  CHECK_VIEW(collisions[0].first.batch_id, "shorter");
  CHECK_NUMBER(collisions[0].first.patch.index, 1);
  CHECK_VIEW(collisions[0].first.patch.id, "p");
  CHECK_NUMBER(collisions[0].second.batch_index, 1);
  CHECK_VIEW(collisions[0].second.patch.id, "q");
  CHECK_RANGE(collisions[0].lines, 1, 1);
  CHECK(collisions[0].message.size > 0);
  CHECK_NUMBER(collisions[1].second.batch_index, 2);
  CHECK_RANGE(collisions[1].lines, 2, 2);
  firn_stacked_free(stacked);

  options.max_collisions = UINT64_MAX;
  stacked = stacked_of(batches, 3, &options);
  CHECK_NUMBER(firn_stacked_collisions(stacked, NULL, 0), 2);
  firn_stacked_free(stacked);
  options.max_collisions = 1;
  stacked = stacked_of(batches, 3, &options);
  CHECK_NUMBER(firn_stacked_collisions(stacked, NULL, 0), 1);
  CHECK_NUMBER(firn_stacked_collision_count(stacked), 2);
  firn_stacked_free(stacked);
}

static void tells_which_batches_are_refused_and_why(void) {
  const char* const batches[] = {
      kUpper,
      "{\"id\": \"far\", \"patches\": [{\"op\": \"delete\", \"line\": 9}, {\"op\": "
      "\"insert\", \"line\": 7, \"text\": \"x\"}]}"};
  firn_refused_batch refused[2];
  firn_stacked* stacked = stacked_of(batches, 2, NULL);
  CHECK(firn_stacked_batch(stacked) == NULL);
  CHECK_NUMBER(firn_stacked_refused(stacked, refused, 2), 1);
  CHECK_NUMBER(refused[0].batch_index, 1);
  CHECK_VIEW(refused[0].batch_id, "far");
  CHECK_NUMBER(firn_error_code(refused[0].error), FIRN_ERROR_LINE_OUT_OF_RANGE);
  CHECK_NUMBER(firn_error_violation_count(refused[0].error), 2);
  CHECK_NUMBER(firn_error_code(firn_error_violation(refused[0].error, 1)),
               FIRN_ERROR_INSERT_OUT_OF_BOUNDS);
  firn_buffer json = {NULL, 0};
  OK(firn_error_to_json(refused[0].error, &json, error_slot()));
  CHECK(json.size > 0);
  firn_buffer_free(&json);
  firn_stacked_free(stacked);
}

static void a_stale_revision_is_refused(void) {
  const char* const batch = "{\"revision\": 3, \"patches\": []}";
  const uint64_t revision = 4;
  firn_stack_options options = FIRN_STACK_OPTIONS_INIT;
  firn_refused_batch refused;
  options.revision = &revision;
  firn_stacked* stacked = stacked_of(&batch, 1, &options);
  CHECK_NUMBER(firn_stacked_refused(stacked, &refused, 1), 1);
  CHECK_NUMBER(firn_error_code(refused.error), FIRN_ERROR_STALE_REVISION);
  firn_stacked_free(stacked);
}

static void shows_as_json(void) {
  const char* const batches[] = {kUpper};
  firn_stacked* stacked = stacked_of(batches, 1, NULL);
  WRITES(firn_stacked_to_json(stacked, buffer_slot(), error_slot()),
         "{\"sources\":[{\"batch\":0,\"patch\":0}],\"collisions\":[],\"collisionCount\":0,"
         "\"refused\":[]}");
  REFUSED(firn_stacked_to_json(stacked, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  firn_stacked_free(stacked);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const uint64_t past = FIRN_MAX_COUNT + 1;
  firn_snapshot* snapshot = snapshot_of(kText);
  firn_batch* batch = batch_of("[]");
  const firn_batch* const batches[] = {batch, NULL};
  firn_stacked* stacked = (firn_stacked*)&stacked;
  firn_stack_options options = FIRN_STACK_OPTIONS_INIT;
  REFUSED(firn_stack(NULL, batches, 1, NULL, &stacked, error_slot()), invalid);
  CHECK(stacked == NULL);
  REFUSED(firn_stack(snapshot, NULL, 1, NULL, &stacked, error_slot()), invalid);
  REFUSED(firn_stack(snapshot, batches, 2, NULL, &stacked, error_slot()), invalid);
  REFUSED(firn_stack(snapshot, batches, 1, NULL, NULL, error_slot()), invalid);
  options.revision = &past;
  REFUSED(firn_stack(snapshot, batches, 1, &options, &stacked, error_slot()), invalid);
  options.revision = NULL;
  options.struct_size = 3;
  REFUSED(firn_stack(snapshot, batches, 1, &options, &stacked, error_slot()), invalid);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

static void answers_null(void) {
  firn_stacked_free(NULL);
  CHECK(firn_stacked_batch(NULL) == NULL);
  CHECK_NUMBER(firn_stacked_sources(NULL, NULL, 0), 0);
  CHECK_NUMBER(firn_stacked_collisions(NULL, NULL, 0), 0);
  CHECK_NUMBER(firn_stacked_collision_count(NULL), 0);
  CHECK_NUMBER(firn_stacked_refused(NULL, NULL, 0), 0);
  REFUSED(firn_stacked_to_json(NULL, buffer_slot(), error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(independent_batches_become_one),
      TEST_CASE(tells_which_patches_collide_and_where),
      TEST_CASE(tells_which_batches_are_refused_and_why),
      TEST_CASE(a_stale_revision_is_refused),
      TEST_CASE(shows_as_json),
      TEST_CASE(refuses_broken_arguments),
      TEST_CASE(answers_null),
  };
  return run_tests("c stack", tests, sizeof tests / sizeof tests[0]);
}
