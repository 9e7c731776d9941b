#include "verb_values.h"

#include <stdio.h>
#include <stdlib.h>

static json_t* integer(uint64_t number) { return json_integer((json_int_t)number); }

static json_t* range_value(firn_line_range range) {
  return json_pack("{s:o, s:o}", "from", integer(range.from), "to", integer(range.to));
}

static void set_text(json_t* object, const char* key, firn_view text, const json_t* by_json) {
  json_t* value = json_stringn(text.data, text.size);
  if (value == NULL) value = json_incref(json_object_get(by_json, key));
  json_object_set_new(object, key, value);
}

static void set_text_if_any(json_t* object, const char* key, firn_view text,
                            const json_t* by_json) {
  if (text.size != 0) set_text(object, key, text, by_json);
}

static void set_mode_if_any(json_t* object, const char* key, uint32_t mode) {
  char octal[16];
  snprintf(octal, sizeof octal, "%06o", mode);
  if (mode != 0) json_object_set_new(object, key, json_string(octal));
}

static json_t* hunk_value(firn_hunk hunk, const json_t* by_json) {
  json_t* value =
      json_pack("{s:o, s:o, s:o, s:o, s:o}", "oldLine", integer(hunk.old_line), "oldCount",
                integer(hunk.old_count), "newLine", integer(hunk.new_line), "newCount",
                integer(hunk.new_count), "diffLine", integer(hunk.diff_line));
  set_text(value, "section", hunk.section, by_json);
  return value;
}

/* The hunks of a file; the caller frees them. */
static firn_hunk* hunks_of(const firn_diff* diff, size_t file_index, size_t* count) {
  *count = firn_diff_hunks(diff, file_index, NULL, 0);
  firn_hunk* hunks = calloc(*count, sizeof *hunks);
  if (hunks == NULL && *count != 0) abort();
  firn_diff_hunks(diff, file_index, hunks, *count);
  return hunks;
}

static json_t* hunks_value(const firn_diff* diff, size_t file_index, const json_t* by_json) {
  size_t count = 0;
  firn_hunk* hunks = hunks_of(diff, file_index, &count);
  json_t* value = json_array();
  for (size_t i = 0; i < count; ++i) {
    json_array_append_new(value, hunk_value(hunks[i], json_array_get(by_json, i)));
  }
  free(hunks);
  return value;
}

static json_t* file_value(const firn_diff* diff, size_t file_index, const json_t* by_json) {
  static const char* const kinds[] = {"modify", "create", "remove", "rename", "copy"};
  firn_file_diff file;
  if (!firn_diff_file(diff, file_index, &file)) return json_null();
  json_t* value = json_pack("{s:s}", "kind", file.kind < 5 ? kinds[file.kind] : "none");
  set_text_if_any(value, "oldName", file.old_name, by_json);
  set_text_if_any(value, "newName", file.new_name, by_json);
  set_mode_if_any(value, "oldMode", file.old_mode);
  set_mode_if_any(value, "newMode", file.new_mode);
  if (file.has_similarity) {
    json_object_set_new(value, "similarityPercent", integer(file.similarity_percent));
  }
  set_text_if_any(value, "oldBlob", file.old_blob, by_json);
  set_text_if_any(value, "newBlob", file.new_blob, by_json);
  json_object_set_new(value, "hunks",
                      hunks_value(diff, file_index, json_object_get(by_json, "hunks")));
  return value;
}

json_t* files_value(const firn_diff* diff, const json_t* by_json) {
  json_t* value = json_array();
  for (size_t i = 0; i < firn_diff_file_count(diff); ++i) {
    json_array_append_new(value, file_value(diff, i, json_array_get(by_json, i)));
  }
  return value;
}

static void compare_lines_of(difference* first, const firn_diff* diff, size_t file_index,
                             size_t hunk_index, firn_hunk hunk) {
  firn_hunk_line* lines = calloc((size_t)hunk.line_count, sizeof *lines);
  uint64_t counts[3] = {0, 0, 0};
  if (lines == NULL && hunk.line_count != 0) abort();
  const size_t count =
      firn_diff_hunk_lines(diff, file_index, hunk_index, lines, (size_t)hunk.line_count);
  for (size_t i = 0; i < count && lines[i].kind < 3; ++i) ++counts[lines[i].kind];
  free(lines);
  const uint64_t old_count = counts[FIRN_HUNK_LINE_CONTEXT] + counts[FIRN_HUNK_LINE_REMOVED];
  const uint64_t new_count = counts[FIRN_HUNK_LINE_CONTEXT] + counts[FIRN_HUNK_LINE_ADDED];
  if (count != hunk.line_count || old_count != hunk.old_count || new_count != hunk.new_count) {
    note_text(first, "the lines of a hunk", "are not as many as it says");
  }
}

void compare_hunk_lines(difference* first, const firn_diff* diff) {
  for (size_t file = 0; file < firn_diff_file_count(diff); ++file) {
    size_t count = 0;
    firn_hunk* hunks = hunks_of(diff, file, &count);
    for (size_t i = 0; i < count; ++i) compare_lines_of(first, diff, file, i, hunks[i]);
    free(hunks);
  }
}

static json_t* placed_hunk_value(firn_placed_hunk hunk) {
  json_t* value =
      json_pack("{s:o, s:o, s:I, s:o}", "hunk", integer(hunk.hunk_index), "line",
                integer(hunk.line), "offset", (json_int_t)hunk.offset, "fuzz", integer(hunk.fuzz));
  if (hunk.ignored_white_space) json_object_set_new(value, "ignoredWhiteSpace", json_true());
  if (hunk.ignored_line_ends) json_object_set_new(value, "ignoredLineEnds", json_true());
  return value;
}

static json_t* rejected_value(firn_rejected_hunk rejected) {
  return json_pack("{s:o, s:b, s:o}", "hunk", integer(rejected.hunk_index), "alreadyApplied",
                   rejected.already_applied, "error", error_value(rejected.error));
}

json_t* placed_value(const firn_placed* placed) {
  const size_t hunk_count = firn_placed_hunks(placed, NULL, 0);
  const size_t rejected_count = firn_placed_rejected(placed, NULL, 0);
  firn_placed_hunk* hunks = calloc(hunk_count, sizeof *hunks);
  firn_rejected_hunk* rejected = calloc(rejected_count, sizeof *rejected);
  if ((hunks == NULL && hunk_count != 0) || (rejected == NULL && rejected_count != 0)) abort();
  firn_placed_hunks(placed, hunks, hunk_count);
  firn_placed_rejected(placed, rejected, rejected_count);
  json_t* placed_hunks = json_array();
  json_t* rejected_hunks = json_array();
  for (size_t i = 0; i < hunk_count; ++i) {
    json_array_append_new(placed_hunks, placed_hunk_value(hunks[i]));
  }
  for (size_t i = 0; i < rejected_count; ++i) {
    json_array_append_new(rejected_hunks, rejected_value(rejected[i]));
  }
  free(rejected);
  free(hunks);
  return json_pack("{s:o, s:o}", "hunks", placed_hunks, "rejected", rejected_hunks);
}

json_t* conflicts_value(const firn_merged* merged) {
  const size_t count = firn_merged_conflicts(merged, NULL, 0);
  firn_conflict* conflicts = calloc(count, sizeof *conflicts);
  if (conflicts == NULL && count != 0) abort();
  firn_merged_conflicts(merged, conflicts, count);
  json_t* value = json_array();
  for (size_t i = 0; i < count; ++i) {
    const firn_conflict conflict = conflicts[i];
    json_array_append_new(
        value, json_pack("{s:o, s:o, s:o, s:o}", "base", range_value(conflict.base), "ours",
                         range_value(conflict.ours), "theirs", range_value(conflict.theirs),
                         "merged", range_value(conflict.merged)));
  }
  free(conflicts);
  return value;
}

static json_t* carried_patch_value(firn_carried_patch patch, const json_t* by_json) {
  const firn_view name = firn_carried_name((firn_carried)patch.carried);
  json_t* value =
      json_pack("{s:o, s:s%, s:o, s:o}", "patch", ref_value(patch.patch), "carried", name.data,
                name.size, "from", range_value(patch.from), "to", range_value(patch.to));
  if (patch.carried == FIRN_CARRIED_CONFLICT) {
    set_text(value, "base", patch.base, by_json);
    set_text(value, "ours", patch.ours, by_json);
    set_text(value, "theirs", patch.theirs, by_json);
  }
  return value;
}

json_t* carried_value(const firn_rebased* rebased, const json_t* by_json) {
  const size_t count = firn_rebased_patches(rebased, NULL, 0);
  firn_carried_patch* patches = calloc(count, sizeof *patches);
  if (patches == NULL && count != 0) abort();
  firn_rebased_patches(rebased, patches, count);
  json_t* value = json_array();
  for (size_t i = 0; i < count; ++i) {
    json_array_append_new(value, carried_patch_value(patches[i], json_array_get(by_json, i)));
  }
  free(patches);
  return value;
}

static json_t* with_batch(json_t* value, uint64_t index, firn_view id) {
  json_object_set_new(value, "batch", integer(index));
  if (id.size > 0) json_object_set_new(value, "batchId", json_stringn(id.data, id.size));
  return value;
}

static json_t* stack_patch_value(firn_stack_patch patch) {
  json_t* value = json_pack("{s:o}", "patch", ref_value(patch.patch));
  return with_batch(value, patch.batch_index, patch.batch_id);
}

static json_t* sources_value(const firn_stacked* stacked) {
  const size_t count = firn_stacked_sources(stacked, NULL, 0);
  firn_stack_source* sources = calloc(count, sizeof *sources);
  if (sources == NULL && count != 0) abort();
  firn_stacked_sources(stacked, sources, count);
  json_t* value = json_array();
  for (size_t i = 0; i < count; ++i) {
    json_array_append_new(value, json_pack("{s:o, s:o}", "batch", integer(sources[i].batch_index),
                                           "patch", integer(sources[i].patch_index)));
  }
  free(sources);
  return value;
}

static json_t* collisions_value(const firn_stacked* stacked) {
  const size_t count = firn_stacked_collisions(stacked, NULL, 0);
  firn_collision* collisions = calloc(count, sizeof *collisions);
  if (collisions == NULL && count != 0) abort();
  firn_stacked_collisions(stacked, collisions, count);
  json_t* value = json_array();
  for (size_t i = 0; i < count; ++i) {
    const firn_collision collision = collisions[i];
    json_array_append_new(
        value,
        json_pack("{s:o, s:o, s:o}", "first", stack_patch_value(collision.first), "second",
                  stack_patch_value(collision.second), "lines", range_value(collision.lines)));
  }
  free(collisions);
  return value;
}

static json_t* refused_value(const firn_stacked* stacked) {
  const size_t count = firn_stacked_refused(stacked, NULL, 0);
  firn_refused_batch* refused = calloc(count, sizeof *refused);
  if (refused == NULL && count != 0) abort();
  firn_stacked_refused(stacked, refused, count);
  json_t* value = json_array();
  for (size_t i = 0; i < count; ++i) {
    json_t* violations = json_array();
    for (size_t k = 0; k < firn_error_violation_count(refused[i].error); ++k) {
      json_array_append_new(violations, error_value(firn_error_violation(refused[i].error, k)));
    }
    json_t* entry = json_pack("{s:o}", "violations", violations);
    json_array_append_new(value, with_batch(entry, refused[i].batch_index, refused[i].batch_id));
  }
  free(refused);
  return value;
}

json_t* stacked_value(const firn_stacked* stacked) {
  return json_pack("{s:o, s:o, s:o, s:o}", "sources", sources_value(stacked), "collisions",
                   collisions_value(stacked), "collisionCount",
                   integer(firn_stacked_collision_count(stacked)), "refused",
                   refused_value(stacked));
}
