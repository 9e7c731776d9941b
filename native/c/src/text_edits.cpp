#include "firn/text_edits.h"

#include "convert.h"
#include "firn.h"
#include "firn/read_text_edits.h"

using namespace firn::c;

namespace {

constexpr const char* kNull = "the snapshot or the result pointer is NULL";

firn::TextPosition from_position(const firn_text_position& position) {
  return {.line = position.line, .utf16_column = position.utf16_column};
}

}  // namespace

firn_code firn_batch_of_text_edits(const firn_snapshot* snapshot, const firn_text_edit* edits,
                                   size_t edit_count, firn_batch** batch, firn_error** error) try {
  clear(batch);
  if (snapshot == nullptr || batch == nullptr) return invalid_argument(error, kNull);
  if (edits == nullptr && edit_count != 0) {
    return invalid_argument(error, "edits is NULL, but edit_count is not 0");
  }
  std::vector<firn::TextEdit> core_edits;
  core_edits.reserve(edit_count);
  for (const firn_text_edit& edit : std::span(edits, edit_count)) {
    if (!is_readable(edit.new_text)) {
      return invalid_argument(error, "a new_text is NULL, but has a size");
    }
    core_edits.push_back({.start = from_position(edit.start),
                          .end = from_position(edit.end),
                          .new_text = from_view(edit.new_text)});
  }
  return give(batch, firn::batch_of_text_edits(snapshot->value, core_edits), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_of_text_edits_json(const firn_snapshot* snapshot, firn_view json,
                                        const firn_limits* limits, firn_batch** batch,
                                        firn_error** error) try {
  clear(batch);
  if (snapshot == nullptr || batch == nullptr) return invalid_argument(error, kNull);
  if (!is_readable(json)) return invalid_argument(error, "the JSON is NULL, but has a size");
  const auto core_limits = read_limits(limits);
  if (!core_limits) return unknown_limits(error);
  const auto edits = firn::read_text_edits(from_view(json), *core_limits);
  if (!edits) return fail(error, edits.error());
  return give(batch, firn::batch_of_text_edits(snapshot->value, edits->edits()), error);
} catch (const std::exception&) {
  return no_memory(error);
}
