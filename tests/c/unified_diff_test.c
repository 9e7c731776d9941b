#include <stdlib.h>
#include <string.h>

#include "testing.h"

static firn_patched* example(void) {
  return patched_of("1\n2\n3\n",
                    "{\"file\": \"n.txt\", \"patches\": [{\"op\": \"delete\", \"line\": 2}]}");
}

static const char* const kDiff = "--- a/n.txt\n+++ b/n.txt\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n";

static void writes_names_and_context_as_asked(void) {
  firn_patched* patched = example();
  const firn_view old_name = exact_text("before");
  const firn_view new_name = exact_text("after");
  firn_diff_style style = FIRN_DIFF_STYLE_INIT;
  WRITES(firn_patched_unified_diff(patched, NULL, buffer_slot(), error_slot()), kDiff);
  WRITES(firn_patched_unified_diff(patched, &style, buffer_slot(), error_slot()), kDiff);
  style.context_lines = 0;
  style.old_name = &old_name;
  style.new_name = &new_name;
  WRITES(firn_patched_unified_diff(patched, &style, buffer_slot(), error_slot()),
         "--- before\n+++ after\n@@ -2 +1,0 @@\n-2\n");
  style.context_lines = UINT64_MAX;
  OK(firn_patched_unified_diff(patched, &style, buffer_slot(), error_slot()));
  firn_patched_free(patched);
}

static void writes_function_names(void) {
  firn_patched* patched =
      patched_of("void f() {\n  a;\n  b;\n  c;\n  d;\n}\n",
                 "{\"file\": \"f.c\", \"patches\": [{\"op\": \"delete\", \"line\": 4}]}");
  firn_diff_style style = FIRN_DIFF_STYLE_INIT;
  style.context_lines = 1;
  style.function_names = (uint32_t)firn_function_names_of(exact_text("f.c"));
  CHECK_NUMBER(style.function_names, FIRN_FUNCTION_NAMES_CPP);
  WRITES(firn_patched_unified_diff(patched, &style, buffer_slot(), error_slot()),
         "--- a/f.c\n+++ b/f.c\n@@ -3,3 +3,2 @@ void f() {\n   b;\n-  c;\n   d;\n");
  firn_patched_free(patched);
  CHECK_NUMBER(firn_function_names_of(exact_text("a.css")), FIRN_FUNCTION_NAMES_CSS);
  CHECK_NUMBER(firn_function_names_of(exact_text("a.ts")), FIRN_FUNCTION_NAMES_PLAIN);
  CHECK_NUMBER(firn_function_names_of(unreadable()), FIRN_FUNCTION_NAMES_PLAIN);
}

static void writes_what_git_says_of_files(void) {
  const firn_view old_path = exact_text("old.txt");
  const firn_view new_path = exact_text("new.txt");
  firn_git_header git = FIRN_GIT_HEADER_INIT(FIRN_FILE_RENAME);
  firn_diff_style style = FIRN_DIFF_STYLE_INIT;
  firn_patched* patched = example();
  style.git = &git;
  git.old_path = &old_path;
  git.new_path = &new_path;
  git.has_similarity = 1;
  git.similarity_percent = 66;
  WRITES(firn_patched_unified_diff(patched, &style, buffer_slot(), error_slot()),
         "diff --git a/old.txt b/new.txt\nsimilarity index 66%\nrename from old.txt\n"
         "rename to new.txt\n--- a/old.txt\n+++ b/new.txt\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n");

  /* A file that is said to be new has nothing before it. */
  git = (firn_git_header)FIRN_GIT_HEADER_INIT(FIRN_FILE_CREATE);
  git.new_path = &new_path;
  git.new_mode = 0100755;
  REFUSED(firn_patched_unified_diff(patched, &style, buffer_slot(), error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  firn_patched_free(patched);
  patched = patched_of("", "[{\"op\": \"insert\", \"line\": 1, \"text\": \"hello\"}]");
  WRITES(firn_patched_unified_diff(patched, &style, buffer_slot(), error_slot()),
         "diff --git a/new.txt b/new.txt\nnew file mode 100755\n--- /dev/null\n+++ b/new.txt\n"
         "@@ -0,0 +1 @@\n+hello\n");
  firn_patched_free(patched);
}

/* The struct as the first version of the header had it. */
typedef struct first_diff_style {
  size_t struct_size;
  uint64_t context_lines;
  const firn_view* old_name;
  const firn_view* new_name;
} first_diff_style;

static void code_built_against_the_first_header_keeps_working(void) {
  first_diff_style* style = malloc(sizeof *style);
  if (style == NULL) abort();
  *style = (first_diff_style){sizeof *style, 0, NULL, NULL};
  firn_patched* patched = example();
  WRITES(firn_patched_unified_diff(patched, (const firn_diff_style*)(const void*)style,
                                   buffer_slot(), error_slot()),
         "--- a/n.txt\n+++ b/n.txt\n@@ -2 +1,0 @@\n-2\n");
  free(style);
  firn_patched_free(patched);
}

static void refuses_broken_arguments(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const firn_view bad = unreadable();
  const firn_view path = exact_text("x");
  firn_patched* patched = example();
  firn_git_header git = FIRN_GIT_HEADER_INIT(FIRN_FILE_MODIFY);
  firn_buffer diff = {NULL, 7};
  REFUSED(firn_patched_unified_diff(NULL, NULL, &diff, error_slot()), invalid);
  CHECK(diff.data == NULL && diff.size == 0);
  REFUSED(firn_patched_unified_diff(patched, NULL, NULL, error_slot()), invalid);

  firn_diff_style broken[6];
  for (size_t i = 0; i < 6; ++i) broken[i] = (firn_diff_style)FIRN_DIFF_STYLE_INIT;
  broken[0].old_name = &bad;
  broken[1].new_name = &bad;
  broken[2].function_names = 4;
  broken[3].reserved = 1;
  broken[4].struct_size = sizeof(first_diff_style) - 1;
  broken[5].struct_size = sizeof(first_diff_style) + 1;
  for (size_t i = 0; i < 6; ++i) {
    REFUSED(firn_patched_unified_diff(patched, &broken[i], &diff, error_slot()), invalid);
  }

  git.old_path = &path;
  firn_git_header headers[11];
  for (size_t i = 0; i < 11; ++i) headers[i] = git;
  headers[0].struct_size = 1;
  headers[1].kind = 5;
  headers[2].has_similarity = 2;
  headers[3].similarity_percent = 101;
  headers[4].reserved = 1;
  headers[5].old_path = &bad;
  headers[6].new_path = &bad;
  headers[7].old_blob = &bad;
  headers[8].new_blob = &bad;
  headers[9].old_mode = 01000000;
  headers[10].new_mode = UINT32_MAX;
  for (size_t i = 0; i < 11; ++i) {
    firn_diff_style style = FIRN_DIFF_STYLE_INIT;
    style.git = &headers[i];
    REFUSED(firn_patched_unified_diff(patched, &style, &diff, error_slot()), invalid);
  }
  firn_patched_free(patched);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(writes_names_and_context_as_asked),
      TEST_CASE(writes_function_names),
      TEST_CASE(writes_what_git_says_of_files),
      TEST_CASE(code_built_against_the_first_header_keeps_working),
      TEST_CASE(refuses_broken_arguments),
  };
  return run_tests("c unified diff", tests, sizeof tests / sizeof tests[0]);
}
