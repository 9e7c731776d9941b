/* firn_conformance_c <folder of cases> <file for the count>: runs the corpus through the C API, as
 * tests/conformance/README.md says. */

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "run_case.h"

typedef struct counts {
  size_t passed;
  size_t failed;
} counts;

static counts run_file(const char* folder, const char* name) {
  counts result = {0, 0};
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  json_error_t error;
  json_t* file = json_load_file(path, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
  const json_t* cases = json_object_get(file, "cases");
  if (json_array_size(cases) == 0) {
    printf("%s: no cases: %s\n", name, error.text);
    result.failed = 1;
  }
  size_t index;
  json_t* test_case;
  json_array_foreach(cases, index, test_case) {
    const difference first = run_case(test_case);
    if (!first.found) {
      ++result.passed;
      continue;
    }
    ++result.failed;
    printf("%s: %s: %s: %s\n", name, json_string_value(json_object_get(test_case, "name")),
           first.where, first.what);
  }
  json_decref(file);
  return result;
}

static int is_json(const struct dirent* entry) {
  const size_t size = strlen(entry->d_name);
  return size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

static bool make_folders_of(const char* path) {
  char folder[4096];
  snprintf(folder, sizeof folder, "%s", path);
  for (char* slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) return false;
    *slash = '/';
  }
  return true;
}

static bool write_counts(const char* path, counts total) {
  FILE* file = make_folders_of(path) ? fopen(path, "w") : NULL;
  if (file == NULL) return false;
  fprintf(file, "{\"runner\": \"c\", \"passed\": %zu, \"failed\": %zu}\n", total.passed,
          total.failed);
  return fclose(file) == 0;
}

int main(int argc, char** argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s <folder of cases> <file for the count>\n", argv[0]);
    return 2;
  }
  struct dirent** entries = NULL;
  const int entry_count = scandir(argv[1], &entries, is_json, alphasort);
  counts total = {0, 0};
  for (int i = 0; i < entry_count; ++i) {
    const counts of_file = run_file(argv[1], entries[i]->d_name);
    total.passed += of_file.passed;
    total.failed += of_file.failed;
    free(entries[i]);
  }
  free(entries);
  printf("conformance (c): %zu passed, %zu failed\n", total.passed, total.failed);
  if (!write_counts(argv[2], total)) {
    fprintf(stderr, "%s: %s\n", argv[2], strerror(errno));
    return EXIT_FAILURE;
  }
  return total.failed == 0 && total.passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
