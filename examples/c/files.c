#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cannot(const char* what, const char* path) {
  fprintf(stderr, "%s: cannot %s: %s\n", path, what, strerror(errno));
  return NO_FILE;
}

char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* bytes = NULL;
  long end = -1;
  if (file == NULL) return NULL;
  if (fseek(file, 0, SEEK_END) == 0) end = ftell(file);
  if (end >= 0 && fseek(file, 0, SEEK_SET) == 0) bytes = malloc((size_t)end + 1);
  if (bytes != NULL && fread(bytes, 1, (size_t)end, file) != (size_t)end) {
    free(bytes);
    bytes = NULL;
  }
  fclose(file);
  *size = bytes != NULL ? (size_t)end : 0;
  return bytes;
}

int write_file(const char* path, firn_view bytes) {
  char beside[4096];
  snprintf(beside, sizeof beside, "%s.new", path);
  FILE* file = fopen(beside, "wb");
  if (file == NULL) return cannot("write", beside);
  const size_t written = fwrite(bytes.data, 1, bytes.size, file);
  if (fclose(file) != 0 || written != bytes.size) return cannot("write", beside);
  return rename(beside, path) == 0 ? WRITTEN : cannot("write", path);
}

static void complain(const char* path, const firn_error* error) {
  const firn_view name = firn_code_name(firn_error_code(error));
  const firn_view message = firn_error_message(error);
  firn_position position;
  fprintf(stderr, "%s:", path);
  if (firn_error_position(error, &position)) {
    fprintf(stderr, "%llu:%llu:", (unsigned long long)position.line,
            (unsigned long long)position.byte_column);
  }
  fprintf(stderr, " " FIRN_VIEW_FORMAT " [" FIRN_VIEW_FORMAT "]\n", FIRN_VIEW_ARGS(message),
          FIRN_VIEW_ARGS(name));
}

int refuse(const char* path, firn_error* error) {
  const size_t violation_count = firn_error_violation_count(error);
  for (size_t i = 0; i < violation_count; ++i) complain(path, firn_error_violation(error, i));
  if (violation_count == 0) complain(path, error);
  firn_error_free(error);
  return REFUSED;
}
