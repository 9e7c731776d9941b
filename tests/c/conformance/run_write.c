#include "run_write.h"

#include <stdlib.h>
#include <string.h>

#include "verb_steps.h"

/* `view` is where the option keeps its text; without the key it stays as it is. */
static void read_text(const json_t* given, const char* key, firn_view* view,
                      const firn_view** option) {
  const json_t* value = json_object_get(given, key);
  if (value == NULL) return;
  view->data = json_string_value(value);
  view->size = json_string_length(value);
  *option = view;
}

static uint32_t mode_in(const json_t* given, const char* key) {
  const json_t* value = json_object_get(given, key);
  return value != NULL ? (uint32_t)strtoul(json_string_value(value), NULL, 8) : 0;
}

/* `texts` is where the header keeps its four. */
static firn_git_header git_header_of(const json_t* given, firn_view texts[4]) {
  static const char* const kinds[] = {"modify", "create", "remove", "rename", "copy", NULL};
  const json_t* similarity = json_object_get(given, "similarityPercent");
  firn_git_header header = FIRN_GIT_HEADER_INIT(FIRN_FILE_MODIFY);
  header.kind = number_of(given, "kind", kinds, header.kind);
  read_text(given, "oldPath", &texts[0], &header.old_path);
  read_text(given, "newPath", &texts[1], &header.new_path);
  read_text(given, "oldBlob", &texts[2], &header.old_blob);
  read_text(given, "newBlob", &texts[3], &header.new_blob);
  header.old_mode = mode_in(given, "oldMode");
  header.new_mode = mode_in(given, "newMode");
  header.has_similarity = similarity != NULL;
  header.similarity_percent = (uint32_t)json_integer_value(similarity);
  return header;
}

static uint32_t function_names_in(const json_t* given, const firn_git_header* git) {
  static const char* const names[] = {"none", "plain", "cpp", "css", NULL};
  const json_t* name = json_object_get(given, "functionNames");
  const bool by_name = name != NULL && strcmp(json_string_value(name), "by-name") == 0;
  if (by_name) return (uint32_t)firn_function_names_of(*git->new_path);
  return number_of(given, "functionNames", names, FIRN_FUNCTION_NAMES_NONE);
}

static void compare_written(difference* first, const json_t* test_case,
                            const firn_patched* patched) {
  const json_t* given = json_object_get(test_case, "options");
  const json_t* context = json_object_get(given, "context");
  firn_view names[2];
  firn_view texts[4];
  firn_diff_style style = FIRN_DIFF_STYLE_INIT;
  const firn_git_header git = git_header_of(json_object_get(given, "git"), texts);
  firn_buffer diff = {NULL, 0};
  firn_error* error = NULL;
  if (context != NULL) style.context_lines = (uint64_t)json_integer_value(context);
  read_text(given, "oldName", &names[0], &style.old_name);
  read_text(given, "newName", &names[1], &style.new_name);
  style.function_names = function_names_in(given, &git);
  if (json_object_get(given, "git") != NULL) style.git = &git;
  const firn_code code = firn_patched_unified_diff(patched, &style, &diff, &error);
  if (!not_refused(first, expect_of(test_case), code, error)) return;
  firn_buffer expected = bytes_of(expect_of(test_case), "diff", "diffBase64");
  compare_bytes(first, "diff", firn_buffer_view(&expected), firn_buffer_view(&diff));
  free(expected.data);
  firn_buffer_free(&diff);
}

void run_write_diff(difference* first, const json_t* test_case) {
  firn_batch* batch = NULL;
  firn_error* error = NULL;
  firn_snapshot* before = freeze_in(first, test_case, "before", "beforeBase64");
  firn_snapshot* after = freeze_in(first, test_case, "after", "afterBase64");
  const firn_code code = firn_diff_texts(before, after, NULL, &batch, &error);
  if (went_well(first, "diff", code, error)) {
    firn_patched* patched = applied(first, "applying the diff", before, batch, NULL);
    if (patched != NULL) compare_written(first, test_case, patched);
    firn_patched_free(patched);
  }
  firn_batch_free(batch);
  firn_snapshot_free(after);
  firn_snapshot_free(before);
}

static firn_view string_in(const json_t* object, const char* key) {
  const json_t* value = json_object_get(object, key);
  return (firn_view){json_string_value(value), json_string_length(value)};
}

/* A line in pieces, unchanged and changed in turn. */
static json_t* pieces_value(firn_view line, const firn_word_change* changes, size_t count,
                            bool of_before) {
  json_t* pieces = json_array();
  uint64_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    const firn_byte_range range = of_before ? changes[i].before : changes[i].after;
    json_array_append_new(pieces, json_stringn(line.data + at, (size_t)(range.begin - at)));
    json_array_append_new(pieces,
                          json_stringn(line.data + range.begin, (size_t)(range.end - range.begin)));
    at = range.end;
  }
  json_array_append_new(pieces, json_stringn(line.data + at, (size_t)(line.size - at)));
  return pieces;
}

void run_words(difference* first, const json_t* test_case) {
  const firn_view before = string_in(test_case, "before");
  const firn_view after = string_in(test_case, "after");
  const size_t capacity = before.size + after.size + 1;
  firn_word_change* changes = calloc(capacity, sizeof *changes);
  size_t count = 0;
  firn_error* error = NULL;
  if (changes == NULL) abort();
  const firn_code code = firn_changed_words(before, after, changes, capacity, &count, &error);
  if (went_well(first, "words", code, error)) {
    json_t* old_pieces = pieces_value(before, changes, count, true);
    json_t* new_pieces = pieces_value(after, changes, count, false);
    compare(first, "before", json_object_get(expect_of(test_case), "before"), old_pieces);
    compare(first, "after", json_object_get(expect_of(test_case), "after"), new_pieces);
    json_decref(new_pieces);
    json_decref(old_pieces);
  }
  free(changes);
}
