#include "testing.h"

static firn_patched* example(void) {
  return patched_of("a b\nc\n",
                    "{\"file\": \"x.js\", \"patches\": [{\"op\": \"replace\", \"line\": 2, "
                    "\"text\": \"C\"}]}");
}

static void maps_lines_of_the_base_to_themselves(void) {
  firn_patched* patched = example();
  WRITES(firn_patched_source_map(patched, NULL, buffer_slot(), error_slot()),
         "{\"version\":3,\"sources\":[\"x.js\"],\"sourcesContent\":[\"a b\\nc\\n\"],"
         "\"names\":[],\"mappings\":\"AAAA;A\"}");
  firn_patched_free(patched);
}

static void writes_what_was_asked_for(void) {
  firn_patched* patched = example();
  const firn_view file = exact_text("out.js");
  const firn_view source = exact_text("in.js");
  firn_source_map_style style = FIRN_SOURCE_MAP_STYLE_INIT;
  style.file = &file;
  style.source = &source;
  style.with_content = 0;
  style.detail = FIRN_MAP_BOUNDARY;
  WRITES(firn_patched_source_map(patched, &style, buffer_slot(), error_slot()),
         "{\"version\":3,\"file\":\"out.js\",\"sources\":[\"in.js\"],"
         "\"names\":[],\"mappings\":\"AAAA,CAAC,CAAC;A\"}");
  firn_patched_free(patched);
}

static void writes_the_mappings_alone(void) {
  firn_patched* patched = example();
  WRITES(firn_patched_mappings(patched, FIRN_MAP_LINE, buffer_slot(), error_slot()), "AAAA;A");
  WRITES(firn_patched_mappings(patched, FIRN_MAP_BOUNDARY, buffer_slot(), error_slot()),
         "AAAA,CAAC,CAAC;A");
  firn_patched_free(patched);
}

static void says_which_line_is_not_utf8(void) {
  firn_patched* patched = patched_of("a\n\xFF\n", "[]");
  uint64_t line = 0;
  REFUSED(firn_patched_source_map(patched, NULL, buffer_slot(), error_slot()),
          FIRN_ERROR_MALFORMED_TEXT);
  CHECK(firn_error_line(last_error(), &line));
  CHECK_NUMBER(line, 2);
  REFUSED(firn_patched_mappings(patched, FIRN_MAP_BOUNDARY, buffer_slot(), error_slot()),
          FIRN_ERROR_MALFORMED_TEXT);
  WRITES(firn_patched_mappings(patched, FIRN_MAP_LINE, buffer_slot(), error_slot()), "AAAA;AACA");
  firn_patched_free(patched);
}

static void takes_names_of_any_bytes(void) {
  firn_patched* patched = example();
  const firn_view name = exact("\xFF", 1);
  firn_source_map_style style = FIRN_SOURCE_MAP_STYLE_INIT;
  style.file = &name;
  style.source = &name;
  OK(firn_patched_source_map(patched, &style, buffer_slot(), error_slot()));
  firn_patched_free(patched);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const firn_view bad = unreadable();
  firn_patched* patched = example();
  firn_source_map_style broken[5];
  for (size_t i = 0; i < 5; ++i) broken[i] = (firn_source_map_style)FIRN_SOURCE_MAP_STYLE_INIT;
  broken[0].file = &bad;
  broken[1].source = &bad;
  broken[2].with_content = 2;
  broken[3].detail = 2;
  broken[4].struct_size = 0;
  for (size_t i = 0; i < 5; ++i) {
    REFUSED(firn_patched_source_map(patched, &broken[i], buffer_slot(), error_slot()), invalid);
  }
  REFUSED(firn_patched_source_map(NULL, NULL, buffer_slot(), error_slot()), invalid);
  REFUSED(firn_patched_source_map(patched, NULL, NULL, error_slot()), invalid);
  REFUSED(firn_patched_mappings(NULL, FIRN_MAP_LINE, buffer_slot(), error_slot()), invalid);
  REFUSED(firn_patched_mappings(patched, FIRN_MAP_LINE, NULL, error_slot()), invalid);
  REFUSED(firn_patched_mappings(patched, 2, buffer_slot(), error_slot()), invalid);
  firn_patched_free(patched);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(maps_lines_of_the_base_to_themselves),
      TEST_CASE(writes_what_was_asked_for),
      TEST_CASE(writes_the_mappings_alone),
      TEST_CASE(says_which_line_is_not_utf8),
      TEST_CASE(takes_names_of_any_bytes),
      TEST_CASE(refuses_broken_arguments),
  };
  return run_tests("c source map", tests, sizeof tests / sizeof tests[0]);
}
