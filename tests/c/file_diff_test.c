#include <string.h>

#include "testing.h"

static const char* const kFourFiles =
    "A mail about it.\n"
    "diff --git a/src/x.js b/src/x.js\n"
    "index 01234ab..89cdef0 100644\n"
    "--- a/src/x.js\n"
    "+++ b/src/x.js\n"
    "@@ -1,3 +1,2 @@ function f() {\n"
    " a\n"
    "-b\n"
    " c\n"
    "@@ -9 +8,2 @@\n"
    "-old\n"
    "\\ No newline at end of file\n"
    "+new\n"
    "+end\n"
    "diff --git \"a/tab\\t\" b/made\n"
    "similarity index 97%\n"
    "rename from \"tab\\t\"\n"
    "rename to made\n"
    "--- \"a/tab\\t\"\n"
    "+++ b/made\n"
    "@@ -2 +2 @@\n"
    "-x\n"
    "+y\n"
    "diff --git a/run b/run\n"
    "old mode 100644\n"
    "new mode 100755\n"
    "diff --git a/born b/born\n"
    "new file mode 100644\n"
    "--- /dev/null\n"
    "+++ b/born\n"
    "@@ -0,0 +1 @@\n"
    "+hello\n";

static firn_diff* diff_of(const char* text) {
  firn_diff* diff = NULL;
  OK(firn_diff_parse(exact_text(text), NULL, &diff, error_slot()));
  return diff;
}

static void reads_headers(void) {
  static const struct {
    const char* old_name;
    const char* new_name;
    uint32_t kind;
    uint32_t old_mode;
    uint32_t new_mode;
    uint64_t hunk_count;
  } rows[] = {
      {"a/src/x.js", "b/src/x.js", FIRN_FILE_MODIFY, 0100644, 0100644, 2},
      {"a/tab\t", "b/made", FIRN_FILE_RENAME, 0, 0, 1},
      {"a/run", "b/run", FIRN_FILE_MODIFY, 0100644, 0100755, 0},
      {"", "b/born", FIRN_FILE_CREATE, 0, 0100644, 1},
  };
  firn_diff* diff = diff_of(kFourFiles);
  CHECK_NUMBER(firn_diff_file_count(diff), 4);
  firn_file_diff file;
  for (size_t i = 0; i < 4; ++i) {
    CHECK(firn_diff_file(diff, i, &file));
    CHECK_VIEW(file.old_name, rows[i].old_name);
    CHECK_VIEW(file.new_name, rows[i].new_name);
    CHECK_NUMBER(file.kind, rows[i].kind);
    CHECK_NUMBER(file.old_mode, rows[i].old_mode);
    CHECK_NUMBER(file.new_mode, rows[i].new_mode);
    CHECK_NUMBER(file.hunk_count, rows[i].hunk_count);
    CHECK_NUMBER(file.has_similarity, i == 1);
    CHECK_NUMBER(file.similarity_percent, i == 1 ? 97 : 0);
    CHECK_VIEW(file.old_blob, i == 0 ? "01234ab" : "");
    CHECK_VIEW(file.new_blob, i == 0 ? "89cdef0" : "");
  }
  memset(&file, 7, sizeof file);
  CHECK(!firn_diff_file(diff, 4, &file));
  CHECK_NUMBER(file.kind, 0x07070707);
  CHECK(!firn_diff_file(diff, 0, NULL));
  firn_diff_free(diff);
}

static void reads_hunks_and_their_lines(void) {
  firn_diff* diff = diff_of(kFourFiles);
  firn_hunk hunks[3];
  memset(hunks, 0, sizeof hunks);
  CHECK_NUMBER(firn_diff_hunks(diff, 0, NULL, 0), 2);
  CHECK_NUMBER(firn_diff_hunks(diff, 0, NULL, 9), 2);
  CHECK_NUMBER(firn_diff_hunks(diff, 0, hunks, 1), 2);
  CHECK_NUMBER(hunks[1].old_line, 0);
  CHECK_NUMBER(firn_diff_hunks(diff, 0, hunks, 3), 2);
  CHECK_NUMBER(hunks[0].old_line, 1);
  CHECK_NUMBER(hunks[0].old_count, 3);
  CHECK_NUMBER(hunks[0].new_line, 1);
  CHECK_NUMBER(hunks[0].new_count, 2);
  CHECK_NUMBER(hunks[0].line_count, 3);
  CHECK_NUMBER(hunks[0].diff_line, 6);
  CHECK_VIEW(hunks[0].section, "function f() {");
  CHECK_NUMBER(hunks[1].old_line, 9);
  CHECK_NUMBER(hunks[1].old_count, 1);
  CHECK_NUMBER(hunks[1].new_count, 2);
  CHECK_VIEW(hunks[1].section, "");

  firn_hunk_line lines[3];
  CHECK_NUMBER(firn_diff_hunk_lines(diff, 0, 1, lines, 3), 3);
  CHECK_NUMBER(lines[0].kind, FIRN_HUNK_LINE_REMOVED);
  CHECK_VIEW(lines[0].text, "old");
  CHECK_NUMBER(lines[2].kind, FIRN_HUNK_LINE_ADDED);
  CHECK_VIEW(lines[2].text, "end\n");
  CHECK_NUMBER(firn_diff_hunk_lines(diff, 0, 0, lines, 1), 3);
  CHECK_NUMBER(lines[0].kind, FIRN_HUNK_LINE_CONTEXT);

  CHECK_NUMBER(firn_diff_hunks(diff, 2, hunks, 3), 0);
  CHECK_NUMBER(firn_diff_hunks(diff, 4, hunks, 3), 0);
  CHECK_NUMBER(firn_diff_hunk_lines(diff, 0, 2, lines, 3), 0);
  CHECK_NUMBER(firn_diff_hunk_lines(diff, 4, 0, lines, 3), 0);
  firn_diff_free(diff);
}

static void says_where_a_diff_is_malformed(void) {
  static const struct {
    const char* text;
    firn_code code;
    uint64_t line;
  } rows[] = {
      {"no diff at all\n", FIRN_ERROR_MALFORMED_DIFF, 0},
      {"--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n+b\n", FIRN_ERROR_MALFORMED_DIFF, 0},
      {"--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n", FIRN_ERROR_UNSAFE_PATH, 1},
      {"diff --git a/x b/x\nindex 12..34\nBinary files a/x and b/x differ\n",
       FIRN_ERROR_BINARY_PATCH, 3},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    firn_diff* diff = (firn_diff*)&diff;
    firn_position position = {0, 0, 0};
    REFUSED(firn_diff_parse(exact_text(rows[i].text), NULL, &diff, error_slot()), rows[i].code);
    CHECK(diff == NULL);
    CHECK(firn_error_position(last_error(), &position));
    if (rows[i].line != 0) CHECK_NUMBER(position.line, rows[i].line);
  }
}

static void shows_as_json(void) {
  firn_diff* diff = diff_of(
      "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n"
      "--- a/run\n+++ b/run\n@@ -1 +1 @@ here\n-a\n+b\n");
  WRITES(firn_diff_to_json(diff, buffer_slot(), error_slot()),
         "{\"files\":[{\"kind\":\"modify\",\"oldName\":\"a/run\",\"newName\":\"b/run\","
         "\"oldMode\":\"100644\",\"newMode\":\"100755\",\"hunks\":[{\"oldLine\":1,\"oldCount\":1,"
         "\"newLine\":1,\"newCount\":1,\"section\":\"here\",\"diffLine\":6}]}]}");
  REFUSED(firn_diff_to_json(diff, NULL, error_slot()), FIRN_ERROR_INVALID_ARGUMENT);
  firn_diff_free(diff);
}

static void recounts_when_asked(void) {
  static const char* const edited = "--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-a\n+b\n+c\n";
  firn_diff_parse_options options = FIRN_DIFF_PARSE_OPTIONS_INIT;
  firn_diff* diff = NULL;
  firn_hunk hunk;
  options.recount = 1;
  REFUSED(firn_diff_parse(exact_text(edited), NULL, &diff, error_slot()),
          FIRN_ERROR_MALFORMED_DIFF);
  OK(firn_diff_parse(exact_text(edited), &options, &diff, error_slot()));
  CHECK_NUMBER(firn_diff_hunks(diff, 0, &hunk, 1), 1);
  CHECK_NUMBER(hunk.old_count, 1);
  CHECK_NUMBER(hunk.new_count, 2);
  firn_diff_free(diff);
}

static void takes_any_names_when_asked(void) {
  static const char* const elsewhere = "--- ../x\n+++ /y\n@@ -1 +1 @@\n-a\n+b\n";
  firn_diff_parse_options options = FIRN_DIFF_PARSE_OPTIONS_INIT;
  firn_diff* diff = NULL;
  options.any_names = 1;
  REFUSED(firn_diff_parse(exact_text(elsewhere), NULL, &diff, error_slot()),
          FIRN_ERROR_UNSAFE_PATH);
  OK(firn_diff_parse(exact_text(elsewhere), &options, &diff, error_slot()));
  CHECK_NUMBER(firn_diff_file_count(diff), 1);
  firn_diff_free(diff);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const firn_view text = exact_text(kFourFiles);
  firn_diff* diff = NULL;
  firn_diff_parse_options options = FIRN_DIFF_PARSE_OPTIONS_INIT;
  REFUSED(firn_diff_parse(text, NULL, NULL, error_slot()), invalid);
  REFUSED(firn_diff_parse(unreadable(), NULL, &diff, error_slot()), invalid);
  options.recount = 2;
  REFUSED(firn_diff_parse(text, &options, &diff, error_slot()), invalid);
  options.recount = 0;
  options.any_names = 2;
  REFUSED(firn_diff_parse(text, &options, &diff, error_slot()), invalid);
  options.any_names = 0;
  options.struct_size -= 1;
  REFUSED(firn_diff_parse(text, &options, &diff, error_slot()), invalid);
  CHECK(diff == NULL);

  firn_file_diff file;
  firn_diff_free(NULL);
  CHECK_NUMBER(firn_diff_file_count(NULL), 0);
  CHECK(!firn_diff_file(NULL, 0, &file));
  CHECK_NUMBER(firn_diff_hunks(NULL, 0, NULL, 0), 0);
  CHECK_NUMBER(firn_diff_hunk_lines(NULL, 0, 0, NULL, 0), 0);
  REFUSED(firn_diff_to_json(NULL, buffer_slot(), error_slot()), invalid);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(reads_headers),
      TEST_CASE(reads_hunks_and_their_lines),
      TEST_CASE(says_where_a_diff_is_malformed),
      TEST_CASE(shows_as_json),
      TEST_CASE(recounts_when_asked),
      TEST_CASE(takes_any_names_when_asked),
      TEST_CASE(refuses_broken_arguments),
  };
  return run_tests("c file diff", tests, sizeof tests / sizeof tests[0]);
}
