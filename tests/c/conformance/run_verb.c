#include "run_verb.h"

#include <stdlib.h>
#include <string.h>

#include "run_stack.h"
#include "run_write.h"
#include "verb_steps.h"
#include "verb_values.h"

/* NULL when it was refused, and then that was compared. */
static firn_diff* diff_in(difference* first, const json_t* test_case) {
  firn_diff_parse_options options = FIRN_DIFF_PARSE_OPTIONS_INIT;
  firn_diff* diff = NULL;
  firn_error* error = NULL;
  options.recount = json_is_true(json_object_get(test_case, "recount"));
  options.any_names = json_is_true(json_object_get(test_case, "anyNames"));
  firn_buffer text = bytes_of(test_case, "diff", "diffBase64");
  const firn_code code = firn_diff_parse(firn_buffer_view(&text), &options, &diff, &error);
  free(text.data);
  if (code != FIRN_OK) compare_errors(first, expect_of(test_case), error);
  return diff;
}

static void run_read_diff(difference* first, const json_t* test_case) {
  const json_t* expect = expect_of(test_case);
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  firn_diff* diff = diff_in(first, test_case);
  if (diff == NULL) return;
  if (not_refused(first, expect_of(test_case), FIRN_OK, NULL) &&
      went_well(first, "files", firn_diff_to_json(diff, &json, &error), error)) {
    json_t* by_json = take_json(first, "files", &json);
    json_t* by_structs = files_value(diff, json_object_get(by_json, "files"));
    compare_keys(first, "", expect, by_json);
    compare(first, "files by structs", json_object_get(expect, "files"), by_structs);
    compare_hunk_lines(first, diff);
    json_decref(by_structs);
    json_decref(by_json);
  }
  firn_diff_free(diff);
}

static firn_place_options place_options_of(const json_t* test_case) {
  static const char* const placements[] = {"exact", "search", "fuzzy", NULL};
  static const char* const white_spaces[] = {"compare", "ignore-trailing", "ignore-amount", NULL};
  const json_t* given = json_object_get(test_case, "options");
  const json_t* max_fuzz = json_object_get(given, "maxFuzz");
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  uint64_t revision = 0;
  options.placement = number_of(given, "placement", placements, options.placement);
  options.white_space = number_of(given, "whiteSpace", white_spaces, options.white_space);
  options.policy = read_options(test_case, &revision).policy;
  options.ignore_line_ends = json_is_true(json_object_get(given, "ignoreLineEnds"));
  options.reverse = json_is_true(json_object_get(given, "reverse"));
  if (max_fuzz != NULL) options.max_fuzz = (uint64_t)json_integer_value(max_fuzz);
  return options;
}

static void compare_placed(difference* first, const json_t* expect, const firn_placed* placed) {
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  if (went_well(first, "placed", firn_placed_to_json(placed, &json, &error), error)) {
    json_t* by_json = take_json(first, "placed", &json);
    json_t* by_structs = placed_value(placed);
    static const char* const keys[] = {"hunks", "rejected"};
    for (size_t i = 0; i < 2; ++i) {
      const json_t* expected = json_object_get(expect, keys[i]);
      if (expected == NULL) continue;
      compare(first, keys[i], expected, json_object_get(by_json, keys[i]));
      compare(first, keys[i], expected, json_object_get(by_structs, keys[i]));
    }
    json_decref(by_structs);
    json_decref(by_json);
  }
  if (json_object_get(expect, "rejects") == NULL) return;
  firn_buffer rejects = {NULL, 0};
  if (!went_well(first, "rejects", firn_placed_rejects(placed, &rejects, &error), error)) return;
  firn_buffer expected = bytes_of(expect, "rejects", "rejectsBase64");
  compare_bytes(first, "rejects", firn_buffer_view(&expected), firn_buffer_view(&rejects));
  free(expected.data);
  firn_buffer_free(&rejects);
}

static void run_place(difference* first, const json_t* test_case) {
  const json_t* expect = expect_of(test_case);
  const size_t file = (size_t)json_integer_value(json_object_get(test_case, "file"));
  const firn_place_options options = place_options_of(test_case);
  firn_placed* placed = NULL;
  firn_error* error = NULL;
  firn_diff* diff = diff_in(first, test_case);
  if (diff == NULL) return;
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  const firn_code code = firn_diff_place(diff, file, base, &options, &placed, &error);
  firn_diff_free(diff);
  if (not_refused(first, expect_of(test_case), code, error)) {
    compare_placed(first, expect, placed);
    compare_result(first, expect, base, firn_placed_batch(placed), NULL);
  }
  firn_placed_free(placed);
  firn_snapshot_free(base);
}

static void run_diff(difference* first, const json_t* test_case) {
  static const char* const algorithms[] = {"histogram", "myers", "minimal", NULL};
  static const char* const slides[] = {"none", "down", "indent", NULL};
  const json_t* expect = expect_of(test_case);
  const json_t* given = json_object_get(test_case, "options");
  firn_diff_options options = FIRN_DIFF_OPTIONS_INIT;
  firn_batch* batch = NULL;
  firn_error* error = NULL;
  options.algorithm = number_of(given, "algorithm", algorithms, options.algorithm);
  options.slide = number_of(given, "slide", slides, options.slide);
  firn_snapshot* before = freeze_in(first, test_case, "before", "beforeBase64");
  firn_snapshot* after = freeze_in(first, test_case, "after", "afterBase64");
  const firn_code code = firn_diff_texts(before, after, &options, &batch, &error);
  if (went_well(first, "diff", code, error)) {
    firn_patched* patched = applied(first, "applying the diff", before, batch, NULL);
    if (patched != NULL) {
      compare_text(first, "the text that the diff makes", firn_snapshot_bytes(after), patched);
      compare_changes(first, expect, patched);
      compare_unified_diff(first, expect, patched);
    }
    firn_patched_free(patched);
  }
  firn_batch_free(batch);
  firn_snapshot_free(after);
  firn_snapshot_free(before);
}

/* `label` is where the options keep theirs, and may stay empty. */
static void read_label(const json_t* options, const char* key, firn_view* label,
                       const firn_view** option) {
  const json_t* value = json_object_get(options, key);
  if (value == NULL) return;
  label->data = json_string_value(value);
  label->size = json_string_length(value);
  *option = label;
}

static void compare_merged(difference* first, const json_t* expect, const firn_merged* merged) {
  const json_t* conflicts = json_object_get(expect, "conflicts");
  firn_buffer text = bytes_of(expect, "text", "textBase64");
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  compare_bytes(first, "text", firn_buffer_view(&text), firn_merged_bytes(merged));
  free(text.data);
  json_t* by_structs = conflicts_value(merged);
  compare(first, "conflicts", conflicts, by_structs);
  json_decref(by_structs);
  if (!went_well(first, "conflicts", firn_merged_to_json(merged, &json, &error), error)) return;
  json_t* by_json = take_json(first, "conflicts", &json);
  compare(first, "conflicts as JSON", conflicts, json_object_get(by_json, "conflicts"));
  json_decref(by_json);
}

static void run_merge(difference* first, const json_t* test_case) {
  static const char* const styles[] = {"merge", "diff3", "zdiff3", NULL};
  static const char* const favors[] = {"nobody", "ours", "theirs", "both", NULL};
  const json_t* given = json_object_get(test_case, "options");
  const json_t* marker_size = json_object_get(given, "markerSize");
  firn_merge_options options = FIRN_MERGE_OPTIONS_INIT;
  firn_view labels[3];
  firn_merged* merged = NULL;
  firn_error* error = NULL;
  options.style = number_of(given, "style", styles, options.style);
  options.favor = number_of(given, "favor", favors, options.favor);
  if (marker_size != NULL) options.marker_size = (uint32_t)json_integer_value(marker_size);
  read_label(given, "oursLabel", &labels[0], &options.ours_label);
  read_label(given, "baseLabel", &labels[1], &options.base_label);
  read_label(given, "theirsLabel", &labels[2], &options.theirs_label);
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  firn_snapshot* ours = freeze_in(first, test_case, "ours", "oursBase64");
  firn_snapshot* theirs = freeze_in(first, test_case, "theirs", "theirsBase64");
  const firn_code code = firn_merge(base, ours, theirs, &options, &merged, &error);
  firn_snapshot_free(theirs);
  firn_snapshot_free(ours);
  firn_snapshot_free(base);
  if (not_refused(first, expect_of(test_case), code, error)) {
    compare_merged(first, expect_of(test_case), merged);
  }
  firn_merged_free(merged);
}

/* The batch under `key` over `snapshot`, with the options of the case; NULL is noted. */
static firn_patched* applied_in(difference* first, const json_t* test_case, const char* key,
                                const firn_snapshot* snapshot) {
  uint64_t revision = 0;
  const firn_apply_options options = read_options(test_case, &revision);
  firn_batch* batch = batch_of(first, json_object_get(test_case, key));
  firn_patched* patched = applied(first, key, snapshot, batch, &options);
  firn_batch_free(batch);
  return patched;
}

static void compare_inverse(difference* first, const json_t* test_case, const firn_snapshot* base,
                            const firn_patched* patched) {
  firn_batch* inverse = NULL;
  firn_error* error = NULL;
  compare_expected_text(first, expect_of(test_case), patched);
  firn_snapshot* result = frozen_text(first, patched);
  if (went_well(first, "invert", firn_patched_invert(patched, &inverse, &error), error)) {
    firn_patched* back = applied(first, "applying the inverse", result, inverse, NULL);
    if (back != NULL) {
      compare_text(first, "the text taken back", firn_snapshot_bytes(base), back);
      compare_changes(first, expect_of(test_case), back);
    }
    firn_patched_free(back);
  }
  firn_batch_free(inverse);
  firn_snapshot_free(result);
}

static firn_code selection_of(const firn_batch* batch, const json_t* given, firn_batch** selection,
                              firn_error** error) {
  const size_t count = json_array_size(given);
  uint32_t* places = calloc(count + 1, sizeof *places);
  if (places == NULL) abort();
  for (size_t i = 0; i < count; ++i) {
    places[i] = (uint32_t)json_integer_value(json_array_get(given, i));
  }
  const firn_code code = firn_batch_select(batch, places, count, selection, error);
  free(places);
  return code;
}

static void run_select(difference* first, const json_t* test_case) {
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  firn_batch* batch = batch_of(first, json_object_get(test_case, "batch"));
  firn_batch* selection = NULL;
  firn_error* error = NULL;
  const firn_code code =
      selection_of(batch, json_object_get(test_case, "places"), &selection, &error);
  if (not_refused(first, expect_of(test_case), code, error)) {
    compare_result(first, expect_of(test_case), base, selection, NULL);
  }
  firn_batch_free(selection);
  firn_batch_free(batch);
  firn_snapshot_free(base);
}

static void run_invert(difference* first, const json_t* test_case) {
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  firn_patched* patched = applied_in(first, test_case, "batch", base);
  if (patched != NULL) compare_inverse(first, test_case, base, patched);
  firn_patched_free(patched);
  firn_snapshot_free(base);
}

static void compare_composition(difference* first, const json_t* test_case,
                                const firn_snapshot* base, const firn_patched* one,
                                const firn_patched* other) {
  const json_t* expect = expect_of(test_case);
  firn_buffer text = bytes_of(expect, "text", "textBase64");
  firn_batch* both = NULL;
  firn_error* error = NULL;
  compare_text(first, "text, one after the other", firn_buffer_view(&text), other);
  free(text.data);
  if (went_well(first, "compose", firn_patched_compose(one, other, &both, &error), error)) {
    compare_result(first, expect, base, both, NULL);
  }
  firn_batch_free(both);
}

static void run_compose(difference* first, const json_t* test_case) {
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  firn_patched* one = applied_in(first, test_case, "batch", base);
  firn_snapshot* middle = one != NULL ? frozen_text(first, one) : NULL;
  firn_patched* other = applied_in(first, test_case, "second", middle);
  if (other != NULL) compare_composition(first, test_case, base, one, other);
  firn_patched_free(other);
  firn_snapshot_free(middle);
  firn_patched_free(one);
  firn_snapshot_free(base);
}

static void compare_rebased(difference* first, const json_t* test_case, const firn_snapshot* onto,
                            const firn_rebased* rebased) {
  const json_t* expect = expect_of(test_case);
  const json_t* patches = json_object_get(expect, "patches");
  uint64_t revision = 0;
  const firn_apply_options options = read_options(test_case, &revision);
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  if (went_well(first, "patches", firn_rebased_to_json(rebased, &json, &error), error)) {
    json_t* by_json = take_json(first, "patches", &json);
    json_t* by_structs = carried_value(rebased, json_object_get(by_json, "patches"));
    compare(first, "patches", patches, by_structs);
    compare(first, "patches as JSON", patches, json_object_get(by_json, "patches"));
    json_decref(by_structs);
    json_decref(by_json);
  }
  compare_result(first, expect, onto, firn_rebased_batch(rebased), &options);
}

static void run_rebase(difference* first, const json_t* test_case) {
  firn_rebased* rebased = NULL;
  firn_error* error = NULL;
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  firn_snapshot* onto = freeze_in(first, test_case, "onto", "ontoBase64");
  firn_patched* patched = applied_in(first, test_case, "batch", base);
  firn_snapshot_free(base);
  if (patched != NULL &&
      went_well(first, "rebase", firn_patched_rebase(patched, onto, &rebased, &error), error)) {
    firn_patched_free(patched);
    patched = NULL;
    compare_rebased(first, test_case, onto, rebased);
  }
  firn_rebased_free(rebased);
  firn_patched_free(patched);
  firn_snapshot_free(onto);
}

static firn_text_position position_in(const json_t* range, const char* key) {
  const json_t* place = json_object_get(range, key);
  return (firn_text_position){(uint64_t)json_integer_value(json_object_get(place, "line")),
                              (uint64_t)json_integer_value(json_object_get(place, "character"))};
}

/* The edits as structs. */
static firn_code batch_of_structs(const firn_snapshot* base, const json_t* edits,
                                  firn_batch** batch, firn_error** error) {
  const size_t count = json_array_size(edits);
  firn_text_edit* structs = calloc(count, sizeof *structs);
  if (structs == NULL && count != 0) abort();
  size_t index;
  json_t* edit;
  json_array_foreach(edits, index, edit) {
    const json_t* range = json_object_get(edit, "range");
    const json_t* text = json_object_get(edit, "newText");
    structs[index].start = position_in(range, "start");
    structs[index].end = position_in(range, "end");
    structs[index].new_text = (firn_view){json_string_value(text), json_string_length(text)};
  }
  const firn_code code = firn_batch_of_text_edits(base, structs, count, batch, error);
  free(structs);
  return code;
}

static firn_code batch_of_json(const firn_snapshot* base, const json_t* edits, firn_batch** batch,
                               firn_error** error) {
  char* text = json_dumps(edits, JSON_COMPACT);
  if (text == NULL) abort();
  const firn_code code =
      firn_batch_of_text_edits_json(base, firn_view_of(text), NULL, batch, error);
  free(text);
  return code;
}

/* Once by structs, once by JSON. */
static void run_text_edits(difference* first, const json_t* test_case) {
  const json_t* edits = json_object_get(test_case, "edits");
  firn_snapshot* base = freeze_in(first, test_case, "base", "baseBase64");
  for (int by_json = 0; by_json < 2; ++by_json) {
    firn_batch* batch = NULL;
    firn_error* error = NULL;
    const firn_code code = by_json ? batch_of_json(base, edits, &batch, &error)
                                   : batch_of_structs(base, edits, &batch, &error);
    if (not_refused(first, expect_of(test_case), code, error)) {
      compare_result(first, expect_of(test_case), base, batch, NULL);
    }
    firn_batch_free(batch);
  }
  firn_snapshot_free(base);
}

void run_verb(difference* first, const json_t* test_case) {
  static const struct {
    const char* name;
    void (*run)(difference* first, const json_t* test_case);
  } verbs[] = {
      {"read-diff", run_read_diff}, {"place", run_place},           {"diff", run_diff},
      {"merge", run_merge},         {"invert", run_invert},         {"compose", run_compose},
      {"rebase", run_rebase},       {"text-edits", run_text_edits}, {"stack", run_stack},
      {"history", run_history},     {"write-diff", run_write_diff}, {"words", run_words},
      {"select", run_select},
  };
  const json_t* name = json_object_get(test_case, "verb");
  for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; ++i) {
    if (strcmp(verbs[i].name, json_string_value(name)) != 0) continue;
    verbs[i].run(first, test_case);
    return;
  }
  note(first, "verb", NULL, name);
}
