#include "run_case.h"

#include "given.h"
#include "run_verb.h"

#include <stdlib.h>
#include <string.h>

static void compare_count(difference* first, const char* where, const json_t* expect,
                          const char* key, uint64_t found) {
  const json_t* expected = json_object_get(expect, key);
  json_t* value = json_integer((json_int_t)found);
  if (expected != NULL) compare(first, where, expected, value);
  json_decref(value);
}

static void compare_fingerprint(difference* first, const char* where, const json_t* expect,
                                const char hex[FIRN_FINGERPRINT_CHARS]) {
  const json_t* expected = json_object_get(expect, "fingerprint");
  json_t* value = json_string(hex);
  if (expected != NULL) compare(first, where, expected, value);
  json_decref(value);
}

static void compare_snapshot(difference* first, const json_t* expect,
                             const firn_snapshot* snapshot) {
  char hex[FIRN_FINGERPRINT_CHARS];
  firn_snapshot_fingerprint(snapshot, hex);
  compare_fingerprint(first, "snapshot.fingerprint", expect, hex);
  compare_count(first, "snapshot.lineCount", expect, "lineCount",
                firn_snapshot_line_count(snapshot));
  compare_count(first, "snapshot.byteLength", expect, "byteLength",
                firn_snapshot_byte_size(snapshot));
  const json_t* lines = json_object_get(expect, "lines");
  if (lines == NULL) return;
  json_t* found = json_array();
  for (uint64_t line = 1; line <= firn_snapshot_line_count(snapshot); ++line) {
    firn_view content;
    firn_error* error = NULL;
    const firn_code code = firn_snapshot_line(snapshot, line, &content, NULL, &error);
    if (!went_well(first, "snapshot.lines", code, error)) break;
    json_array_append_new(found, json_stringn(content.data, content.size));
  }
  compare(first, "snapshot.lines", lines, found);
  json_decref(found);
}

static void compare_check(difference* first, const json_t* expect, const firn_snapshot* snapshot,
                          const firn_batch* batch, const firn_apply_options* options) {
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  const firn_code code = firn_check(snapshot, batch, options, &json, &error);
  if (!went_well(first, "check", code, error)) return;
  json_t* found = take_json(first, "check", &json);
  compare_keys(first, "check", json_object_get(expect, "check"), found);
  json_decref(found);
}

static void compare_report(difference* first, const json_t* expect, const firn_patched* patched) {
  const json_t* expected = json_object_get(expect, "report");
  if (expected == NULL) return;
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  const firn_code code = firn_patched_report_json(patched, &json, &error);
  if (!went_well(first, "report", code, error)) return;
  json_t* found = take_json(first, "report", &json);
  compare_keys(first, "report", expected, found);
  json_decref(found);

  const json_t* failed = json_object_get(expected, "failed");
  if (failed != NULL) {
    json_t* by_accessors = json_array();
    for (size_t i = 0; i < firn_patched_failed_count(patched); ++i) {
      json_array_append_new(by_accessors, error_value(firn_patched_failed(patched, i)));
    }
    compare(first, "report.failed by accessors", failed, by_accessors);
    json_decref(by_accessors);
  }
  const json_t* applied = json_object_get(expected, "applied");
  if (applied != NULL && json_array_size(applied) != firn_patched_applied_count(patched)) {
    note_text(first, "report.applied", "is not as long as firn_patched_applied_count says");
  }
}

/* Once as a viewport, once line by line. */
static void compare_lines(difference* first, const json_t* viewport, const firn_patched* patched) {
  const json_t* expected = json_object_get(viewport, "is");
  const uint64_t from = (uint64_t)json_integer_value(json_object_get(viewport, "from"));
  const uint64_t to = (uint64_t)json_integer_value(json_object_get(viewport, "to"));
  firn_buffer text = {NULL, 0};
  firn_error* error = NULL;
  const firn_code code = firn_patched_lines(patched, from, to, &text, &error);
  if (!went_well(first, "lines", code, error)) return;
  json_t* found = json_array();
  size_t begin = 0;
  while (begin < text.size) {
    const char* end = memchr(text.data + begin, '\n', text.size - begin);
    const size_t size = (end != NULL ? (size_t)(end - text.data) : text.size) - begin;
    json_array_append_new(found, json_stringn(text.data + begin, size));
    begin += size + 1;
  }
  compare(first, "lines", expected, found);
  json_decref(found);
  firn_buffer_free(&text);

  found = json_array();
  for (uint64_t line = from; line <= to; ++line) {
    firn_view content;
    const firn_code line_code = firn_patched_line(patched, line, &content, NULL, &error);
    if (!went_well(first, "lines one by one", line_code, error)) break;
    json_array_append_new(found, json_stringn(content.data, content.size));
  }
  compare(first, "lines one by one", expected, found);
  json_decref(found);
}

static void compare_provenance(difference* first, const json_t* viewport,
                               const firn_patched* patched) {
  const json_t* expected = json_object_get(viewport, "is");
  const uint64_t from = (uint64_t)json_integer_value(json_object_get(viewport, "from"));
  const uint64_t to = (uint64_t)json_integer_value(json_object_get(viewport, "to"));
  const size_t count = (size_t)(to + 1 - from);
  firn_origin* origins = calloc(count, sizeof *origins);
  firn_buffer json = {NULL, 0};
  firn_error* error = NULL;
  if (origins == NULL && count != 0) abort();

  firn_code code = firn_patched_provenance(patched, from, to, origins, count, &error);
  if (went_well(first, "provenance", code, error)) {
    json_t* found = json_array();
    for (size_t i = 0; i < count; ++i) {
      const firn_origin origin = origins[i];
      json_array_append_new(found, origin.base_line != 0
                                       ? json_pack("{s:I}", "base", (json_int_t)origin.base_line)
                                       : json_pack("{s:o}", "patch", ref_value(origin.patch)));
    }
    compare(first, "provenance", expected, found);
    json_decref(found);
  }
  free(origins);

  code = firn_patched_provenance_json(patched, from, to, &json, &error);
  if (!went_well(first, "provenance as JSON", code, error)) return;
  json_t* by_json = take_json(first, "provenance as JSON", &json);
  compare(first, "provenance as JSON", expected, by_json);
  json_decref(by_json);
}

typedef firn_code (*line_map)(const firn_patched*, uint64_t, uint64_t*, firn_error**);

static void compare_map(difference* first, const char* key, const json_t* expect, uint64_t count,
                        line_map map, const firn_patched* patched) {
  const json_t* expected = json_object_get(expect, key);
  if (expected == NULL) return;
  json_t* found = json_array();
  for (uint64_t line = 1; line <= count; ++line) {
    uint64_t mapped = 0;
    firn_error* error = NULL;
    if (!went_well(first, key, map(patched, line, &mapped, &error), error)) break;
    json_array_append_new(found, mapped == 0 ? json_null() : json_integer((json_int_t)mapped));
  }
  compare(first, key, expected, found);
  json_decref(found);
}

static void compare_patched(difference* first, const json_t* expect, uint64_t base_line_count,
                            const firn_patched* patched) {
  char hex[FIRN_FINGERPRINT_CHARS];
  firn_patched_fingerprint(patched, hex);
  compare_expected_text(first, expect, patched);
  compare_count(first, "revision", expect, "revision", firn_patched_revision(patched));
  compare_count(first, "lineCount", expect, "lineCount", firn_patched_line_count(patched));
  compare_count(first, "byteLength", expect, "byteLength", firn_patched_byte_size(patched));
  compare_fingerprint(first, "fingerprint", expect, hex);
  compare_report(first, expect, patched);
  compare_changes(first, expect, patched);
  compare_map(first, "mapLine", expect, base_line_count, firn_patched_map_line, patched);
  compare_map(first, "unmapLine", expect, firn_patched_line_count(patched), firn_patched_unmap_line,
              patched);
  compare_unified_diff(first, expect, patched);
  compare_source_map(first, expect, patched);
  size_t index;
  json_t* viewport;
  json_array_foreach(json_object_get(expect, "lines"), index, viewport) {
    compare_lines(first, viewport, patched);
  }
  json_array_foreach(json_object_get(expect, "provenance"), index, viewport) {
    compare_provenance(first, viewport, patched);
  }
}

/* True when `expect` asks for nothing that applying would show. */
static bool is_done_after_check(const json_t* expect) {
  const char* key;
  json_t* value;
  json_object_foreach((json_t*)expect, key, value) {
    if (strcmp(key, "snapshot") != 0 && strcmp(key, "check") != 0) return false;
  }
  return true;
}

static void run_batch(difference* first, const json_t* test_case, const firn_snapshot* snapshot,
                      const firn_batch* batch) {
  const json_t* expect = json_object_get(test_case, "expect");
  uint64_t revision = 0;
  const firn_apply_options options = read_options(test_case, &revision);
  if (json_object_get(expect, "check") != NULL) {
    compare_check(first, expect, snapshot, batch, &options);
  }
  if (is_done_after_check(expect)) return;
  firn_patched* patched = NULL;
  firn_error* error = NULL;
  if (firn_apply(snapshot, batch, &options, &patched, &error) != FIRN_OK) {
    compare_errors(first, expect, error);
  } else if (json_object_get(expect, "errors") != NULL) {
    note(first, "errors", json_object_get(expect, "errors"), NULL);
  } else {
    compare_patched(first, expect, firn_snapshot_line_count(snapshot), patched);
  }
  firn_patched_free(patched);
}

static void run_apply(difference* first, const json_t* test_case) {
  const json_t* expect = json_object_get(test_case, "expect");
  const bool has_batch = json_object_get(test_case, "batch") != NULL ||
                         json_object_get(test_case, "batchText") != NULL ||
                         json_object_get(test_case, "batchBase64") != NULL;
  firn_snapshot* snapshot = freeze_in(first, test_case, "base", "baseBase64");
  firn_batch* batch = NULL;
  firn_error* error = NULL;
  if (snapshot == NULL) return;

  compare_snapshot(first, json_object_get(expect, "snapshot"), snapshot);
  if (has_batch && parse_batch(test_case, &batch, &error) != FIRN_OK) {
    compare_errors(first, expect, error);
  } else if (has_batch) {
    run_batch(first, test_case, snapshot, batch);
  }
  /* Laws 3 and 7, after whatever the case did. */
  went_well(first, "the snapshot afterwards", firn_snapshot_verify(snapshot, &error), error);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
}

difference run_case(const json_t* test_case) {
  difference first = {0};
  if (json_object_get(test_case, "verb") != NULL) {
    run_verb(&first, test_case);
  } else {
    run_apply(&first, test_case);
  }
  return first;
}
