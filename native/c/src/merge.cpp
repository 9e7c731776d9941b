#include "firn/merge.h"

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

static_assert(FIRN_CONFLICT_MERGE == static_cast<int>(firn::ConflictStyle::merge));
static_assert(FIRN_CONFLICT_DIFF3 == static_cast<int>(firn::ConflictStyle::diff3));
static_assert(FIRN_CONFLICT_ZDIFF3 == static_cast<int>(firn::ConflictStyle::zdiff3));
static_assert(FIRN_FAVOR_NOBODY == static_cast<int>(firn::Favor::nobody));
static_assert(FIRN_FAVOR_OURS == static_cast<int>(firn::Favor::ours));
static_assert(FIRN_FAVOR_THEIRS == static_cast<int>(firn::Favor::theirs));
static_assert(FIRN_FAVOR_BOTH == static_cast<int>(firn::Favor::both));

constexpr firn_merge_options kDefaults = FIRN_MERGE_OPTIONS_INIT;
constexpr firn::MergeOptions kCoreDefaults{};
static_assert(kDefaults.style == static_cast<uint32_t>(kCoreDefaults.style));
static_assert(kDefaults.favor == static_cast<uint32_t>(kCoreDefaults.favor));
static_assert(kDefaults.marker_size == kCoreDefaults.marker_size);

// FIRN_OK, and `error` left alone, if the options can be used. The bounds of what they say are
// core's.
firn_code read_options(const firn_merge_options* options, firn::MergeOptions& core,
                       firn_error** error) {
  const auto given = read_struct(options, kDefaults);
  if (!given) return unknown_size(error, "options", "FIRN_MERGE_OPTIONS_INIT");
  if (given->style > FIRN_CONFLICT_ZDIFF3) return no_such(error, "conflict style", given->style);
  if (given->favor > FIRN_FAVOR_BOTH) return no_such(error, "favor", given->favor);
  if (given->reserved != 0) return invalid_argument(error, "reserved is not 0");
  if (!is_readable(given->ours_label) || !is_readable(given->base_label) ||
      !is_readable(given->theirs_label)) {
    return invalid_argument(error, "a label is NULL, but has a size");
  }
  core.style = static_cast<firn::ConflictStyle>(given->style);
  core.favor = static_cast<firn::Favor>(given->favor);
  core.marker_size = given->marker_size;
  core.ours_label = from_view(given->ours_label).value_or(core.ours_label);
  core.base_label = from_view(given->base_label).value_or(core.base_label);
  core.theirs_label = from_view(given->theirs_label).value_or(core.theirs_label);
  return FIRN_OK;
}

firn_conflict to_conflict(const firn::Conflict& conflict) {
  return {.base = to_range(conflict.base),
          .ours = to_range(conflict.ours),
          .theirs = to_range(conflict.theirs),
          .merged = to_range(conflict.merged)};
}

}  // namespace

firn_code firn_merge(const firn_snapshot* base, const firn_snapshot* ours,
                     const firn_snapshot* theirs, const firn_merge_options* options,
                     firn_merged** merged, firn_error** error) try {
  clear(merged);
  if (base == nullptr || ours == nullptr || theirs == nullptr || merged == nullptr) {
    return invalid_argument(error, "a snapshot or the result pointer is NULL");
  }
  firn::MergeOptions core_options;
  if (const auto code = read_options(options, core_options, error); code != FIRN_OK) return code;
  return give(merged, firn::merge(base->value, ours->value, theirs->value, core_options), error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_merged_free(firn_merged* merged) { delete merged; }

firn_view firn_merged_bytes(const firn_merged* merged) {
  return to_view(merged == nullptr ? std::string_view() : merged->value.text.view());
}

size_t firn_merged_conflicts(const firn_merged* merged, firn_conflict* conflicts, size_t capacity) {
  if (merged == nullptr) return 0;
  return list(merged->value.conflicts, conflicts, capacity, to_conflict);
}

firn_code firn_merged_to_json(const firn_merged* merged, firn_buffer* json,
                              firn_error** error) try {
  clear(json);
  if (merged == nullptr || json == nullptr)
    return invalid_argument(error, "the merged text or the result pointer is NULL");
  return give(json, to_json(merged->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}
