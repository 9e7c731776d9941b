#include "given.h"

#include <stdlib.h>
#include <string.h>

bool went_well(difference* first, const char* where, firn_code code, firn_error* error) {
  if (code == FIRN_OK) return true;
  json_t* value = error_value(error);
  note(first, where, NULL, value);
  json_decref(value);
  firn_error_free(error);
  return false;
}

uint32_t number_of(const json_t* options, const char* key, const char* const* names,
                   uint32_t otherwise) {
  const char* name = json_string_value(json_object_get(options, key));
  if (name == NULL) return otherwise;
  uint32_t number = 0;
  while (names[number] != NULL && strcmp(names[number], name) != 0) ++number;
  return number;
}

firn_snapshot* freeze_in(difference* first, const json_t* test_case, const char* key,
                         const char* base64_key) {
  firn_snapshot* snapshot = NULL;
  firn_error* error = NULL;
  firn_buffer text = bytes_of(test_case, key, base64_key);
  const firn_code code = firn_snapshot_freeze(firn_buffer_view(&text), &snapshot, &error);
  free(text.data);
  went_well(first, key, code, error);
  return snapshot;
}

static firn_buffer dump(const json_t* value) {
  firn_buffer text = {json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT), 0};
  if (text.data == NULL) abort();
  text.size = strlen(text.data);
  return text;
}

static void read_limit(const json_t* limits, const char* key, uint64_t* limit) {
  const json_t* value = json_object_get(limits, key);
  if (value != NULL) *limit = (uint64_t)json_integer_value(value);
}

firn_code parse_batch(const json_t* test_case, firn_batch** batch, firn_error** error) {
  firn_limits limits = FIRN_LIMITS_INIT;
  const json_t* given = json_object_get(test_case, "limits");
  read_limit(given, "batchBytes", &limits.batch_bytes);
  read_limit(given, "patches", &limits.patches);
  read_limit(given, "textLines", &limits.text_lines);
  read_limit(given, "nesting", &limits.nesting);

  const json_t* value = json_object_get(test_case, "batch");
  firn_buffer text;
  if (value != NULL) {
    text = dump(value);
  } else {
    text = bytes_of(test_case, "batchText", "batchBase64");
  }
  const firn_code code = firn_batch_parse(firn_buffer_view(&text), &limits, batch, error);
  free(text.data);
  return code;
}

firn_batch* batch_of(difference* first, const json_t* value) {
  firn_batch* batch = NULL;
  firn_error* error = NULL;
  firn_buffer text = dump(value);
  const firn_code code = firn_batch_parse(firn_buffer_view(&text), NULL, &batch, &error);
  free(text.data);
  went_well(first, "batch", code, error);
  return batch;
}

firn_apply_options read_options(const json_t* test_case, uint64_t* revision) {
  static const char* const policies[] = {"fail-fast", "atomic", "best-effort", NULL};
  static const char* const ties_names[] = {"reject", "keep-order", NULL};
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  const json_t* given = json_object_get(test_case, "options");
  const json_t* revision_value = json_object_get(given, "revision");
  options.policy = number_of(given, "policy", policies, options.policy);
  options.ties = number_of(given, "ties", ties_names, options.ties);
  if (revision_value != NULL) {
    *revision = (uint64_t)json_integer_value(revision_value);
    options.revision = revision;
  }
  return options;
}

void compare_errors(difference* first, const json_t* expect, firn_error* error) {
  const json_t* expected = json_object_get(expect, "errors");
  const size_t violation_count = firn_error_violation_count(error);
  json_t* by_accessors = json_array();
  for (size_t i = 0; i < violation_count; ++i) {
    json_array_append_new(by_accessors, error_value(firn_error_violation(error, i)));
  }
  if (violation_count == 0) json_array_append_new(by_accessors, error_value(error));

  if (expected == NULL) {
    note(first, "errors", NULL, by_accessors);
  } else {
    compare(first, "errors", expected, by_accessors);
    firn_buffer json = {NULL, 0};
    firn_error* failure = NULL;
    const firn_code code = firn_error_to_json(error, &json, &failure);
    if (went_well(first, "errors as JSON", code, failure)) {
      json_t* value = take_json(first, "errors as JSON", &json);
      json_t* violations = json_object_get(value, "violations");
      json_t* by_json = violations != NULL ? json_incref(violations) : json_pack("[O]", value);
      compare(first, "errors as JSON", expected, by_json);
      json_decref(by_json);
      json_decref(value);
    }
  }
  json_decref(by_accessors);
  firn_error_free(error);
}

void compare_text(difference* first, const char* where, firn_view expected,
                  const firn_patched* patched) {
  firn_buffer found = {NULL, 0};
  firn_error* error = NULL;
  if (went_well(first, where, firn_patched_bytes(patched, &found, &error), error)) {
    compare_bytes(first, where, expected, firn_buffer_view(&found));
  }
  firn_buffer_free(&found);

  const size_t size = (size_t)firn_patched_byte_size(patched);
  found.data = malloc(size);
  found.size = size;
  if (found.data == NULL && size != 0) abort();
  const firn_code code = firn_patched_write_to(patched, found.data, size, &error);
  if (went_well(first, "text in the caller's memory", code, error)) {
    compare_bytes(first, "text in the caller's memory", expected, firn_buffer_view(&found));
  }
  free(found.data);
}

void compare_expected_text(difference* first, const json_t* expect, const firn_patched* patched) {
  firn_buffer expected = bytes_of(expect, "text", "textBase64");
  compare_text(first, "text", firn_buffer_view(&expected), patched);
  free(expected.data);
}

static json_t* change_value(firn_change change) {
  return json_pack("{s:o, s:I, s:I, s:{s:I, s:I}}", "patch", ref_value(change.patch), "from",
                   (json_int_t)change.patched.from, "to", (json_int_t)change.patched.to, "base",
                   "from", (json_int_t)change.base.from, "to", (json_int_t)change.base.to);
}

void compare_changes(difference* first, const json_t* expect, const firn_patched* patched) {
  const json_t* expected = json_object_get(expect, "changes");
  if (expected == NULL) return;
  const size_t count = firn_patched_changes(patched, NULL, 0);
  firn_change* changes = calloc(count, sizeof *changes);
  if (changes == NULL && count != 0) abort();
  firn_patched_changes(patched, changes, count);
  json_t* by_structs = json_array();
  for (size_t i = 0; i < count; ++i) json_array_append_new(by_structs, change_value(changes[i]));
  compare(first, "changes", expected, by_structs);
  json_decref(by_structs);
  free(changes);

  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  const firn_code code = firn_patched_changes_json(patched, &json, &error);
  if (!went_well(first, "changes as JSON", code, error)) return;
  json_t* by_json = take_json(first, "changes as JSON", &json);
  compare(first, "changes as JSON", expected, by_json);
  json_decref(by_json);
}

void compare_unified_diff(difference* first, const json_t* expect, const firn_patched* patched) {
  const json_t* expected = json_object_get(expect, "unifiedDiff");
  if (expected == NULL) return;
  firn_diff_style style = FIRN_DIFF_STYLE_INIT;
  style.context_lines = (uint64_t)json_integer_value(json_object_get(expected, "context"));
  firn_buffer found = {NULL, 0};
  firn_error* error = NULL;
  const firn_code code = firn_patched_unified_diff(patched, &style, &found, &error);
  if (!went_well(first, "unifiedDiff", code, error)) return;
  firn_buffer bytes = bytes_of(expected, "is", "isBase64");
  compare_bytes(first, "unifiedDiff", firn_buffer_view(&bytes), firn_buffer_view(&found));
  free(bytes.data);
  firn_buffer_free(&found);
}

void compare_source_map(difference* first, const json_t* expect, const firn_patched* patched) {
  const json_t* expected = json_object_get(expect, "sourceMap");
  if (expected == NULL) return;
  firn_source_map_style style = FIRN_SOURCE_MAP_STYLE_INIT;
  const char* hires = json_string_value(json_object_get(expected, "hires"));
  style.detail = strcmp(hires, "boundary") == 0 ? FIRN_MAP_BOUNDARY : FIRN_MAP_LINE;
  firn_buffer found = {NULL, 0};
  firn_error* error = NULL;
  const firn_code code = firn_patched_source_map(patched, &style, &found, &error);
  if (!went_well(first, "sourceMap", code, error)) return;
  firn_buffer bytes = bytes_of(expected, "is", "isBase64");
  compare_bytes(first, "sourceMap", firn_buffer_view(&bytes), firn_buffer_view(&found));
  free(bytes.data);
  firn_buffer_free(&found);
}
