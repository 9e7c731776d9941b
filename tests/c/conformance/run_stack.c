#include "run_stack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verb_steps.h"
#include "verb_values.h"

enum { MOST_BATCHES = 8 };

/* The batches of the case, backwards if asked; how many there are. */
static size_t batches_in(difference* first, const json_t* test_case, bool backwards,
                         firn_batch* batches[MOST_BATCHES]) {
  const json_t* values = json_object_get(test_case, "batches");
  const size_t count = json_array_size(values);
  if (count > MOST_BATCHES) abort();
  for (size_t i = 0; i < count; ++i) {
    batches[i] = batch_of(first, json_array_get(values, backwards ? count - 1 - i : i));
  }
  return count;
}

/* NULL is noted. */
static firn_stacked* stacked_in(difference* first, const json_t* test_case,
                                const firn_snapshot* base, bool backwards) {
  firn_stack_options options = FIRN_STACK_OPTIONS_INIT;
  firn_stacked* stacked = NULL;
  firn_error* error = NULL;
  firn_batch* batches[MOST_BATCHES];
  uint64_t revision = 0;
  options.revision = read_options(test_case, &revision).revision;
  const size_t count = batches_in(first, test_case, backwards, batches);
  const firn_code code =
      firn_stack(base, (const firn_batch* const*)batches, count, &options, &stacked, &error);
  went_well(first, "stack", code, error);
  for (size_t i = 0; i < count; ++i) firn_batch_free(batches[i]);
  return stacked;
}

static void compare_stacked_keys(difference* first, const json_t* expect, const char* how,
                                 const json_t* found) {
  static const char* const keys[] = {"sources", "collisions", "collisionCount", "refused"};
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; ++i) {
    const json_t* expected = json_object_get(expect, keys[i]);
    char where[64];
    snprintf(where, sizeof where, "%s%s", keys[i], how);
    if (expected != NULL) compare(first, where, expected, json_object_get(found, keys[i]));
  }
}

/* Once by structs, once by JSON. */
static void compare_stacked(difference* first, const json_t* expect, const firn_stacked* stacked) {
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  json_t* by_structs = stacked_value(stacked);
  compare_stacked_keys(first, expect, "", by_structs);
  json_decref(by_structs);
  if (!went_well(first, "stacked", firn_stacked_to_json(stacked, &json, &error), error)) return;
  json_t* by_json = take_json(first, "stacked", &json);
  compare_stacked_keys(first, expect, " as JSON", by_json);
  json_decref(by_json);
}

/* The order of the batches must make no difference but to their own numbers. */
static void compare_backwards(difference* first, const json_t* test_case,
                              const firn_snapshot* base) {
  uint64_t revision = 0;
  const firn_apply_options options = read_options(test_case, &revision);
  firn_stacked* stacked = stacked_in(first, test_case, base, true);
  const firn_batch* batch = stacked != NULL ? firn_stacked_batch(stacked) : NULL;
  if (batch != NULL) compare_result(first, expect_of(test_case), base, batch, &options);
  firn_stacked_free(stacked);
}

void run_stack(difference* first, const json_t* test_case) {
  const json_t* expect = expect_of(test_case);
  uint64_t revision = 0;
  const firn_apply_options options = read_options(test_case, &revision);
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  firn_stacked* stacked = stacked_in(first, test_case, base, false);
  if (stacked != NULL) {
    const firn_batch* batch = firn_stacked_batch(stacked);
    compare_stacked(first, expect, stacked);
    if ((batch != NULL) != (json_object_get(expect, "collisions") == NULL)) {
      note_text(first, "batch", batch != NULL ? "nothing is in the way" : "something is");
    }
    if (batch != NULL) compare_result(first, expect, base, batch, &options);
    compare_backwards(first, test_case, base);
  }
  firn_stacked_free(stacked);
  firn_snapshot_free(base);
}

/* Both take a step from `history`; NULL when it was refused, and then that was compared. */
static firn_history* appended_to(difference* first, const firn_history* history,
                                 const json_t* step) {
  firn_append_options options = FIRN_APPEND_OPTIONS_INIT;
  firn_history* next = NULL;
  firn_patched* patched = NULL;
  firn_error* error = NULL;
  uint64_t revision = 0;
  const firn_apply_options given = read_options(step, &revision);
  options.policy = given.policy;
  options.ties = given.ties;
  firn_batch* batch = batch_of(first, json_object_get(step, "append"));
  const firn_code code = firn_history_append(history, batch, &options, &next, &patched, &error);
  firn_batch_free(batch);
  if (not_refused(first, step, code, error)) {
    compare_text(first, "the text appended", firn_snapshot_bytes(firn_history_text(next)), patched);
  }
  firn_patched_free(patched);
  return next;
}

static firn_history* undone_in(difference* first, const firn_history* history, const json_t* step) {
  const json_t* patches = json_object_get(step, "patches");
  const uint64_t revision = (uint64_t)json_integer_value(json_object_get(step, "undo"));
  firn_history* next = NULL;
  firn_rebased* rebased = NULL;
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  const firn_code code = firn_history_undo(history, revision, &next, &rebased, &error);
  if (not_refused(first, step, code, error) && patches != NULL &&
      went_well(first, "patches", firn_rebased_to_json(rebased, &json, &error), error)) {
    json_t* by_json = take_json(first, "patches", &json);
    json_t* by_structs = carried_value(rebased, json_object_get(by_json, "patches"));
    compare(first, "patches", patches, by_structs);
    compare(first, "patches as JSON", patches, json_object_get(by_json, "patches"));
    json_decref(by_structs);
    json_decref(by_json);
  }
  firn_rebased_free(rebased);
  return next;
}

static void compare_revision(difference* first, const firn_history* history,
                             const firn_revision* found, const json_t* text) {
  const firn_view expected = {json_string_value(text), json_string_length(text)};
  char fingerprint[FIRN_FINGERPRINT_CHARS];
  firn_snapshot* frozen = NULL;
  firn_patched* patched = NULL;
  firn_error* error = NULL;
  if (went_well(first, "text", firn_snapshot_freeze(expected, &frozen, &error), error)) {
    firn_snapshot_fingerprint(frozen, fingerprint);
    if (strcmp(fingerprint, found->fingerprint) != 0 ||
        firn_snapshot_line_count(frozen) != found->line_count) {
      note_text(first, "revision", "is listed as another text");
    }
  }
  firn_snapshot_free(frozen);
  const firn_code code = firn_history_at(history, found->revision, &patched, &error);
  if (went_well(first, "at", code, error)) compare_text(first, "at", expected, patched);
  firn_patched_free(patched);
}

static void compare_history(difference* first, const json_t* texts, const firn_history* history) {
  const size_t count = firn_history_revisions(history, NULL, 0);
  firn_revision* revisions = calloc(count, sizeof *revisions);
  if (revisions == NULL) abort();
  firn_history_revisions(history, revisions, count);
  if (count != json_array_size(texts)) note_text(first, "revisions", "are not as many as texts");
  for (size_t i = 0; i < count; ++i) {
    if (revisions[i].revision != firn_history_first_revision(history) + i) {
      note_text(first, "revisions", "are not numbered one after the other");
    }
    compare_revision(first, history, &revisions[i], json_array_get(texts, i));
  }
  free(revisions);
  const json_t* last = json_array_get(texts, json_array_size(texts) - 1);
  compare_bytes(first, "the last text",
                (firn_view){json_string_value(last), json_string_length(last)},
                firn_snapshot_bytes(firn_history_text(history)));
}

void run_history(difference* first, const json_t* test_case) {
  const json_t* revision = json_object_get(test_case, "revision");
  firn_history* history = NULL;
  firn_error* error = NULL;
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  const firn_code code =
      firn_history_new(base, (uint64_t)json_integer_value(revision), &history, &error);
  if (went_well(first, "history", code, error)) {
    size_t index;
    const json_t* step;
    json_array_foreach(json_object_get(test_case, "steps"), index, step) {
      firn_history* next = json_object_get(step, "append") != NULL
                               ? appended_to(first, history, step)
                               : undone_in(first, history, step);
      if (next == NULL) continue;
      firn_history_free(history);
      history = next;
    }
    compare_history(first, json_object_get(expect_of(test_case), "texts"), history);
    compare_bytes(first, "the root", firn_snapshot_bytes(base),
                  firn_snapshot_bytes(firn_history_root(history)));
  }
  firn_history_free(history);
  firn_snapshot_free(base);
}
