/* patch_file <base> <batch.json> <output>
 *
 * Applies a batch to a file, whole or not at all. The change goes to standard output as a unified
 * diff; what stands against it to standard error, one line for each violation. Status 0: written;
 * 1: refused, and nothing written; 2: a file could not be read or written. */

#include <errno.h>
#include <firn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRITTEN = 0, REFUSED = 1, NO_FILE = 2 };

static int cannot(const char* what, const char* path) {
  fprintf(stderr, "%s: cannot %s: %s\n", path, what, strerror(errno));
  return NO_FILE;
}

/* The bytes of a file, for free(); NULL when it cannot be read. */
static char* read_file(const char* path, size_t* size) {
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

/* First beside it, then in its place: nobody ever sees half a file. */
static int write_file(const char* path, firn_view bytes) {
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

/* Every violation of a refused batch; any other error by itself. Frees it. */
static int refuse(const char* path, firn_error* error) {
  const size_t violation_count = firn_error_violation_count(error);
  for (size_t i = 0; i < violation_count; ++i) complain(path, firn_error_violation(error, i));
  if (violation_count == 0) complain(path, error);
  firn_error_free(error);
  return REFUSED;
}

static int write_patched(const char* path, const firn_patched* patched) {
  firn_buffer bytes = {NULL, 0};
  firn_buffer diff = {NULL, 0};
  firn_error* error = NULL;
  int status = WRITTEN;
  if (firn_patched_bytes(patched, &bytes, &error) != FIRN_OK ||
      firn_patched_unified_diff(patched, NULL, &diff, &error) != FIRN_OK) {
    status = refuse(path, error);
  } else {
    status = write_file(path, firn_buffer_view(&bytes));
    if (status == WRITTEN) fwrite(diff.data, 1, diff.size, stdout);
  }
  firn_buffer_free(&diff);
  firn_buffer_free(&bytes);
  return status;
}

static int patch(firn_view base, const char* batch_path, firn_view json, const char* output_path) {
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  firn_snapshot* snapshot = NULL;
  firn_batch* batch = NULL;
  firn_patched* patched = NULL;
  firn_error* error = NULL;
  int status = WRITTEN;
  options.policy = FIRN_POLICY_ATOMIC; /* Tell everything that is wrong, not only the first. */
  if (firn_snapshot_freeze(base, &snapshot, &error) != FIRN_OK ||
      firn_batch_parse(json, NULL, &batch, &error) != FIRN_OK ||
      firn_apply(snapshot, batch, &options, &patched, &error) != FIRN_OK) {
    status = refuse(batch_path, error);
  } else {
    status = write_patched(output_path, patched);
  }
  firn_patched_free(patched);
  firn_batch_free(batch);
  firn_snapshot_free(snapshot);
  return status;
}

int main(int argc, char** argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s <base> <batch.json> <output>\n", argv[0]);
    return NO_FILE;
  }
  firn_view base;
  firn_view json;
  char* base_bytes = read_file(argv[1], &base.size);
  if (base_bytes == NULL) return cannot("read", argv[1]);
  char* json_bytes = read_file(argv[2], &json.size);
  if (json_bytes == NULL) {
    free(base_bytes);
    return cannot("read", argv[2]);
  }
  base.data = base_bytes;
  json.data = json_bytes;
  const int status = patch(base, argv[2], json, argv[3]);
  free(json_bytes);
  free(base_bytes);
  return status;
}
