#include <stdlib.h>
#include <string.h>

#include "testing.h"

/* Base lines 1-5, patched:  one / TWO / 2b / three / four (inserted before line 5) / five without
 * newline; line 4 is gone. */
static firn_patched* example(void) {
  return patched_of("one\ntwo\nthree\nfour\r\nfive",
                    "{\"file\": \"numbers.txt\", \"patches\": ["
                    "{\"id\": \"ins\", \"op\": \"insert\", \"line\": 5, \"text\": \"new\"}, "
                    "{\"id\": \"rep\", \"op\": \"replace\", \"line\": 2, \"text\": \"TWO\\n2b\"}, "
                    "{\"op\": \"delete\", \"line\": 4}]}");
}

static const char* const kResult = "one\nTWO\n2b\nthree\nnew\r\nfive";

static void gives_its_bytes(void) {
  firn_patched* patched = example();
  firn_buffer bytes;
  CHECK_NUMBER(firn_patched_byte_size(patched), strlen(kResult));
  CHECK_NUMBER(firn_patched_line_count(patched), 6);
  OK(firn_patched_bytes(patched, &bytes, error_slot()));
  CHECK_VIEW(firn_buffer_view(&bytes), kResult);

  firn_snapshot* snapshot = snapshot_of(kResult);
  char of_patched[FIRN_FINGERPRINT_CHARS];
  char of_snapshot[FIRN_FINGERPRINT_CHARS];
  firn_patched_fingerprint(patched, of_patched);
  firn_snapshot_fingerprint(snapshot, of_snapshot);
  CHECK_VIEW(firn_view_of(of_patched), of_snapshot);
  firn_patched_fingerprint(patched, NULL);
  firn_snapshot_free(snapshot);
  firn_buffer_free(&bytes);
  firn_patched_free(patched);
}

static void writes_to_the_callers_memory(void) {
  firn_patched* patched = example();
  const size_t size = strlen(kResult);
  char* fitting = malloc(size);
  char larger[64];
  if (fitting == NULL) abort();
  memset(larger, '#', sizeof larger);
  OK(firn_patched_write_to(patched, fitting, size, error_slot()));
  CHECK_VIEW(((firn_view){fitting, size}), kResult);
  OK(firn_patched_write_to(patched, larger, sizeof larger, error_slot()));
  CHECK_VIEW(((firn_view){larger, size}), kResult);
  CHECK(larger[size] == '#');

  memset(fitting, '#', size);
  REFUSED(firn_patched_write_to(patched, fitting, size - 1, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  CHECK(fitting[0] == '#' && fitting[size - 2] == '#');
  REFUSED(firn_patched_write_to(patched, NULL, size, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  REFUSED(firn_patched_write_to(patched, NULL, 0, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  free(fitting);
  firn_patched_free(patched);
}

static void an_empty_result_needs_no_memory(void) {
  firn_patched* patched = patched_of("a\n", "[{\"op\": \"delete\", \"line\": 1}]");
  firn_buffer bytes = {NULL, 7};
  CHECK_NUMBER(firn_patched_byte_size(patched), 0);
  CHECK_NUMBER(firn_patched_line_count(patched), 0);
  OK(firn_patched_bytes(patched, &bytes, error_slot()));
  CHECK_NUMBER(bytes.size, 0);
  firn_buffer_free(&bytes);
  OK(firn_patched_write_to(patched, NULL, 0, error_slot()));
  OK(firn_patched_lines(patched, 1, 0, &bytes, error_slot()));
  CHECK_NUMBER(bytes.size, 0);
  firn_buffer_free(&bytes);
  OK(firn_patched_provenance(patched, 1, 0, NULL, 0, error_slot()));
  REFUSED(firn_patched_line(patched, 1, NULL, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  firn_patched_free(patched);
}

static void gives_lines(void) {
  firn_patched* patched = example();
  firn_view content;
  firn_view terminator;
  firn_buffer lines;
  OK(firn_patched_line(patched, 5, &content, &terminator, error_slot()));
  CHECK_VIEW(content, "new");
  CHECK_VIEW(terminator, "\r\n");
  OK(firn_patched_line(patched, 6, &content, &terminator, error_slot()));
  CHECK_VIEW(content, "five");
  CHECK_VIEW(terminator, "");
  OK(firn_patched_lines(patched, 2, 6, &lines, error_slot()));
  CHECK_VIEW(firn_buffer_view(&lines), "TWO\n2b\nthree\nnew\nfive\n");
  firn_buffer_free(&lines);
  OK(firn_patched_lines(patched, 7, 6, &lines, error_slot()));
  CHECK_NUMBER(lines.size, 0);
  firn_buffer_free(&lines);
  firn_patched_free(patched);
}

static void gives_changes(void) {
  static const struct {
    uint64_t index;
    const char* id;
    firn_line_range base;
    firn_line_range patched;
  } rows[] = {{1, "rep", {2, 2}, {2, 3}}, {2, "", {4, 4}, {5, 4}}, {0, "ins", {5, 4}, {5, 5}}};
  firn_patched* patched = example();
  firn_change changes[4];
  memset(changes, 0, sizeof changes);
  CHECK_NUMBER(firn_patched_changes(patched, NULL, 0), 3);
  CHECK_NUMBER(firn_patched_changes(patched, NULL, 4), 3);
  CHECK_NUMBER(firn_patched_changes(patched, changes, 4), 3);
  for (size_t i = 0; i < 3; ++i) {
    CHECK_NUMBER(changes[i].patch.index, rows[i].index);
    CHECK_VIEW(changes[i].patch.id, rows[i].id);
    CHECK_NUMBER(changes[i].base.from, rows[i].base.from);
    CHECK_NUMBER(changes[i].base.to, rows[i].base.to);
    CHECK_NUMBER(changes[i].patched.from, rows[i].patched.from);
    CHECK_NUMBER(changes[i].patched.to, rows[i].patched.to);
  }
  memset(changes, 0, sizeof changes);
  CHECK_NUMBER(firn_patched_changes(patched, changes, 1), 3);
  CHECK_NUMBER(changes[0].base.from, 2);
  CHECK_NUMBER(changes[1].base.from, 0);

  firn_buffer json;
  OK(firn_patched_changes_json(patched, &json, error_slot()));
  CHECK_VIEW(firn_buffer_view(&json),
             "[{\"patch\":{\"index\":1,\"id\":\"rep\"},\"from\":2,\"to\":3,"
             "\"base\":{\"from\":2,\"to\":2}},"
             "{\"patch\":{\"index\":2},\"from\":5,\"to\":4,\"base\":{\"from\":4,\"to\":4}},"
             "{\"patch\":{\"index\":0,\"id\":\"ins\"},\"from\":5,\"to\":5,"
             "\"base\":{\"from\":5,\"to\":4}}]");
  firn_buffer_free(&json);
  firn_patched_free(patched);
}

static void gives_provenance(void) {
  static const struct {
    uint64_t base_line;
    uint64_t index;
    const char* id;
  } rows[] = {{1, 0, ""}, {0, 1, "rep"}, {0, 1, "rep"}, {3, 0, ""}, {0, 0, "ins"}, {5, 0, ""}};
  firn_patched* patched = example();
  firn_origin origins[6];
  OK(firn_patched_provenance(patched, 1, 6, origins, 6, error_slot()));
  for (size_t i = 0; i < 6; ++i) {
    CHECK_NUMBER(origins[i].base_line, rows[i].base_line);
    CHECK_NUMBER(origins[i].patch.index, rows[i].index);
    CHECK_VIEW(origins[i].patch.id, rows[i].id);
  }
  firn_buffer json;
  OK(firn_patched_provenance_json(patched, 4, 5, &json, error_slot()));
  CHECK_VIEW(firn_buffer_view(&json), "[{\"base\":3},{\"patch\":{\"index\":0,\"id\":\"ins\"}}]");
  firn_buffer_free(&json);

  memset(origins, 0, sizeof origins);
  REFUSED(firn_patched_provenance(patched, 1, 6, origins, 5, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  CHECK_NUMBER(origins[0].base_line, 0);
  REFUSED(firn_patched_provenance(patched, 1, 6, NULL, 6, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  firn_patched_free(patched);
}

static void maps_lines_both_ways(void) {
  static const uint64_t patched_lines[] = {1, 0, 4, 0, 6};
  static const uint64_t base_lines[] = {1, 0, 0, 3, 0, 5};
  firn_patched* patched = example();
  uint64_t mapped = 99;
  for (uint64_t line = 1; line <= 5; ++line) {
    OK(firn_patched_map_line(patched, line, &mapped, error_slot()));
    CHECK_NUMBER(mapped, patched_lines[line - 1]);
  }
  for (uint64_t line = 1; line <= 6; ++line) {
    OK(firn_patched_unmap_line(patched, line, &mapped, error_slot()));
    CHECK_NUMBER(mapped, base_lines[line - 1]);
  }
  firn_patched_free(patched);
}

static void refuses_lines_that_are_not_there(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  static const uint64_t no_ranges[][2] = {
      {0, 0}, {0, 1}, {1, 7}, {8, 6}, {3, 1}, {1, UINT64_MAX}, {UINT64_MAX, UINT64_MAX - 1},
  };
  firn_patched* patched = example();
  firn_origin origins[8];
  firn_buffer buffer;
  firn_view view;
  uint64_t line = 99;
  for (size_t i = 0; i < sizeof no_ranges / sizeof no_ranges[0]; ++i) {
    const uint64_t from = no_ranges[i][0];
    const uint64_t to = no_ranges[i][1];
    REFUSED(firn_patched_lines(patched, from, to, &buffer, error_slot()), invalid);
    REFUSED(firn_patched_provenance(patched, from, to, origins, 8, error_slot()), invalid);
    REFUSED(firn_patched_provenance_json(patched, from, to, &buffer, error_slot()), invalid);
    CHECK(buffer.data == NULL && buffer.size == 0);
  }
  REFUSED(firn_patched_line(patched, 0, &view, NULL, error_slot()), invalid);
  REFUSED(firn_patched_line(patched, 7, &view, NULL, error_slot()), invalid);
  REFUSED(firn_patched_map_line(patched, 0, &line, error_slot()), invalid);
  CHECK_NUMBER(line, 0);
  REFUSED(firn_patched_map_line(patched, 6, &line, error_slot()), invalid);
  REFUSED(firn_patched_unmap_line(patched, 0, &line, error_slot()), invalid);
  REFUSED(firn_patched_unmap_line(patched, 7, &line, error_slot()), invalid);
  CHECK(firn_error_limit(last_error(), &line));
  CHECK_NUMBER(line, 6);
  firn_patched_free(patched);
}

static void reports(void) {
  firn_patched* patched = example();
  firn_buffer json;
  OK(firn_patched_report_json(patched, &json, error_slot()));
  static const char begin[] = "{\"revision\":1,\"applied\":[{\"index\":0,\"id\":\"ins\"},";
  CHECK(json.size > sizeof begin && memcmp(json.data, begin, sizeof begin - 1) == 0);
  firn_buffer_free(&json);
  firn_patched_free(patched);
}

static void answers_null(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_buffer buffer = {NULL, 7};
  firn_view view;
  firn_origin origin;
  char hex[FIRN_FINGERPRINT_CHARS] = "old";
  uint64_t line = 99;
  firn_patched_free(NULL);
  CHECK_NUMBER(firn_patched_byte_size(NULL), 0);
  CHECK_NUMBER(firn_patched_line_count(NULL), 0);
  CHECK_NUMBER(firn_patched_revision(NULL), 0);
  CHECK_NUMBER(firn_patched_applied_count(NULL), 0);
  CHECK_NUMBER(firn_patched_failed_count(NULL), 0);
  CHECK(firn_patched_failed(NULL, 0) == NULL);
  CHECK_NUMBER(firn_patched_changes(NULL, NULL, 0), 0);
  firn_patched_fingerprint(NULL, hex);
  CHECK_VIEW(firn_view_of(hex), "");
  REFUSED(firn_patched_bytes(NULL, &buffer, error_slot()), invalid);
  CHECK_NUMBER(buffer.size, 0);
  REFUSED(firn_patched_write_to(NULL, hex, sizeof hex, error_slot()), invalid);
  REFUSED(firn_patched_line(NULL, 1, &view, NULL, error_slot()), invalid);
  REFUSED(firn_patched_lines(NULL, 1, 1, &buffer, error_slot()), invalid);
  REFUSED(firn_patched_changes_json(NULL, &buffer, error_slot()), invalid);
  REFUSED(firn_patched_provenance(NULL, 1, 1, &origin, 1, error_slot()), invalid);
  REFUSED(firn_patched_provenance_json(NULL, 1, 1, &buffer, error_slot()), invalid);
  REFUSED(firn_patched_map_line(NULL, 1, &line, error_slot()), invalid);
  CHECK_NUMBER(line, 0);
  REFUSED(firn_patched_unmap_line(NULL, 1, &line, error_slot()), invalid);
  REFUSED(firn_patched_report_json(NULL, &buffer, error_slot()), invalid);

  firn_patched* patched = example();
  REFUSED(firn_patched_bytes(patched, NULL, error_slot()), invalid);
  OK(firn_patched_line(patched, 1, NULL, NULL, error_slot()));
  REFUSED(firn_patched_lines(patched, 1, 1, NULL, error_slot()), invalid);
  REFUSED(firn_patched_changes_json(patched, NULL, error_slot()), invalid);
  REFUSED(firn_patched_provenance_json(patched, 1, 1, NULL, error_slot()), invalid);
  REFUSED(firn_patched_map_line(patched, 1, NULL, error_slot()), invalid);
  REFUSED(firn_patched_unmap_line(patched, 1, NULL, error_slot()), invalid);
  REFUSED(firn_patched_report_json(patched, NULL, error_slot()), invalid);
  firn_patched_free(patched);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(gives_its_bytes),
      TEST_CASE(writes_to_the_callers_memory),
      TEST_CASE(an_empty_result_needs_no_memory),
      TEST_CASE(gives_lines),
      TEST_CASE(gives_changes),
      TEST_CASE(gives_provenance),
      TEST_CASE(maps_lines_both_ways),
      TEST_CASE(refuses_lines_that_are_not_there),
      TEST_CASE(reports),
      TEST_CASE(answers_null),
  };
  return run_tests("c patched", tests, sizeof tests / sizeof tests[0]);
}
