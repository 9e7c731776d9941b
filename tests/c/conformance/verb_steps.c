#include "verb_steps.h"

const json_t* expect_of(const json_t* test_case) { return json_object_get(test_case, "expect"); }

bool not_refused(difference* first, const json_t* expect, firn_code code, firn_error* error) {
  if (code != FIRN_OK) {
    compare_errors(first, expect, error);
    return false;
  }
  if (json_object_get(expect, "errors") == NULL) return true;
  note(first, "errors", json_object_get(expect, "errors"), NULL);
  return false;
}

firn_patched* applied(difference* first, const char* where, const firn_snapshot* snapshot,
                      const firn_batch* batch, const firn_apply_options* options) {
  firn_patched* patched = NULL;
  firn_error* error = NULL;
  if (snapshot == NULL || batch == NULL) return NULL;
  went_well(first, where, firn_apply(snapshot, batch, options, &patched, &error), error);
  return patched;
}

firn_snapshot* frozen_text(difference* first, const firn_patched* patched) {
  firn_buffer bytes = {NULL, 0};
  firn_snapshot* snapshot = NULL;
  firn_error* error = NULL;
  if (!went_well(first, "bytes", firn_patched_bytes(patched, &bytes, &error), error)) return NULL;
  const firn_code code = firn_snapshot_freeze(firn_buffer_view(&bytes), &snapshot, &error);
  went_well(first, "freezing the result", code, error);
  firn_buffer_free(&bytes);
  return snapshot;
}

void compare_result(difference* first, const json_t* expect, const firn_snapshot* snapshot,
                    const firn_batch* batch, const firn_apply_options* options) {
  firn_patched* patched = applied(first, "applying the result", snapshot, batch, options);
  if (patched == NULL) return;
  compare_expected_text(first, expect, patched);
  compare_changes(first, expect, patched);
  firn_patched_free(patched);
}
