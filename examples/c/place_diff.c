/* place_diff <base> <diff> <output>
 *
 * Applies the first file of a unified diff to a text that has moved on since the diff was made,
 * whole or not at all. Standard output says where each hunk came to lie; standard error what does
 * not fit. Status 0: written; 1: refused, and nothing written; 2: a file could not be read or
 * written. */

#include <firn.h>
#include <stdio.h>
#include <stdlib.h>

#include "files.h"

static void tell_places(const firn_placed* placed) {
  const size_t hunk_count = firn_placed_hunks(placed, NULL, 0);
  firn_placed_hunk* hunks = calloc(hunk_count, sizeof *hunks);
  if (hunks == NULL) return;
  firn_placed_hunks(placed, hunks, hunk_count);
  for (size_t i = 0; i < hunk_count; ++i) {
    printf("hunk %llu at line %llu, offset %+lld\n", (unsigned long long)hunks[i].hunk_index + 1,
           (unsigned long long)hunks[i].line, (long long)hunks[i].offset);
  }
  free(hunks);
}

static int place(firn_view base, const char* diff_path, firn_view diff_text,
                 const char* output_path) {
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  firn_snapshot* snapshot = NULL;
  firn_diff* diff = NULL;
  firn_placed* placed = NULL;
  firn_patched* patched = NULL;
  firn_buffer bytes = {NULL, 0};
  firn_error* error = NULL;
  int status = WRITTEN;
  options.placement = FIRN_PLACEMENT_SEARCH; /* Lines may have moved, but not changed. */
  options.policy = FIRN_POLICY_ATOMIC;       /* Tell every hunk that does not fit. */
  if (firn_snapshot_freeze(base, &snapshot, &error) != FIRN_OK ||
      firn_diff_parse(diff_text, NULL, &diff, &error) != FIRN_OK ||
      firn_diff_place(diff, 0, snapshot, &options, &placed, &error) != FIRN_OK ||
      firn_apply(snapshot, firn_placed_batch(placed), NULL, &patched, &error) != FIRN_OK ||
      firn_patched_bytes(patched, &bytes, &error) != FIRN_OK) {
    status = refuse(diff_path, error);
  } else {
    status = write_file(output_path, firn_buffer_view(&bytes));
    if (status == WRITTEN) tell_places(placed);
  }
  firn_buffer_free(&bytes);
  firn_patched_free(patched);
  firn_placed_free(placed);
  firn_diff_free(diff);
  firn_snapshot_free(snapshot);
  return status;
}

int main(int argc, char** argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s <base> <diff> <output>\n", argv[0]);
    return NO_FILE;
  }
  firn_view base;
  firn_view diff;
  char* base_bytes = read_file(argv[1], &base.size);
  if (base_bytes == NULL) return cannot("read", argv[1]);
  char* diff_bytes = read_file(argv[2], &diff.size);
  if (diff_bytes == NULL) {
    free(base_bytes);
    return cannot("read", argv[2]);
  }
  base.data = base_bytes;
  diff.data = diff_bytes;
  const int status = place(base, argv[2], diff, argv[3]);
  free(diff_bytes);
  free(base_bytes);
  return status;
}
