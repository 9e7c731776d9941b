/* patch_file <base> <batch.json> <output>
 *
 * Applies a batch to a file, whole or not at all. The change goes to standard output as a unified
 * diff; what stands against it to standard error, one line for each violation. Status 0: written;
 * 1: refused, and nothing written; 2: a file could not be read or written. */

#include <firn.h>
#include <stdio.h>
#include <stdlib.h>

#include "files.h"

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
