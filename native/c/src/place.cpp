#include "firn/place.h"

#include <functional>

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

static_assert(FIRN_PLACEMENT_EXACT == static_cast<int>(firn::Placement::exact));
static_assert(FIRN_PLACEMENT_SEARCH == static_cast<int>(firn::Placement::search));
static_assert(FIRN_PLACEMENT_FUZZY == static_cast<int>(firn::Placement::fuzzy));
static_assert(FIRN_WHITE_SPACE_COMPARE == static_cast<int>(firn::WhiteSpace::compare));
static_assert(FIRN_WHITE_SPACE_IGNORE_TRAILING ==
              static_cast<int>(firn::WhiteSpace::ignore_trailing));
static_assert(FIRN_WHITE_SPACE_IGNORE_AMOUNT == static_cast<int>(firn::WhiteSpace::ignore_amount));

constexpr firn_place_options kDefaults = FIRN_PLACE_OPTIONS_INIT;
static_assert(kDefaults.max_fuzz == firn::PlaceOptions{}.max_fuzz);
static_assert(kDefaults.placement == static_cast<uint32_t>(firn::PlaceOptions{}.placement));
static_assert(kDefaults.white_space == static_cast<uint32_t>(firn::PlaceOptions{}.white_space));
static_assert(kDefaults.ignore_line_ends == firn::PlaceOptions{}.ignore_line_ends);
static_assert(kDefaults.reverse == firn::PlaceOptions{}.reverse);
static_assert(kDefaults.policy == static_cast<uint32_t>(firn::PlaceOptions{}.policy));

constexpr const char* kNull = "the placed file or the result pointer is NULL";

// FIRN_OK, and `error` left alone, if the options can be used.
firn_code read_options(const firn_place_options* options, firn::PlaceOptions& core,
                       firn_error** error) {
  const auto given = read_struct(options, kDefaults);
  if (!given) return unknown_size(error, "options", "FIRN_PLACE_OPTIONS_INIT");
  if (given->placement > FIRN_PLACEMENT_FUZZY) return no_such(error, "placement", given->placement);
  if (given->white_space > FIRN_WHITE_SPACE_IGNORE_AMOUNT) {
    return no_such(error, "white space", given->white_space);
  }
  if (given->policy > FIRN_POLICY_BEST_EFFORT) return no_such(error, "policy", given->policy);
  if (given->ignore_line_ends > 1) return no_flag(error, "ignore_line_ends");
  if (given->reverse > 1) return no_flag(error, "reverse");
  if (given->reserved != 0) return invalid_argument(error, "reserved is not 0");
  core = {.placement = static_cast<firn::Placement>(given->placement),
          .max_fuzz = given->max_fuzz,
          .white_space = static_cast<firn::WhiteSpace>(given->white_space),
          .ignore_line_ends = given->ignore_line_ends != 0,
          .reverse = given->reverse != 0,
          .policy = static_cast<firn::Policy>(given->policy)};
  return FIRN_OK;
}

firn_placed_hunk to_placed_hunk(const firn::PlacedHunk& hunk) {
  return {.hunk_index = hunk.hunk_index,
          .line = hunk.line,
          .offset = hunk.offset,
          .fuzz = hunk.fuzz,
          .ignored_white_space = hunk.ignored_white_space,
          .ignored_line_ends = hunk.ignored_line_ends};
}

}  // namespace

firn_code firn_diff_place(const firn_diff* diff, size_t file_index, const firn_snapshot* snapshot,
                          const firn_place_options* options, firn_placed** placed,
                          firn_error** error) try {
  clear(placed);
  if (diff == nullptr || snapshot == nullptr || placed == nullptr) {
    return invalid_argument(error, "the diff, the snapshot or the result pointer is NULL");
  }
  const firn::FileDiff* file = file_of(diff, file_index);
  if (file == nullptr) {
    return invalid_argument(error, "there is no file " + std::to_string(file_index) +
                                       " in a diff of " +
                                       std::to_string(firn_diff_file_count(diff)));
  }
  firn::PlaceOptions core_options;
  if (const auto code = read_options(options, core_options, error); code != FIRN_OK) return code;
  auto found = firn::place(snapshot->value, *file, core_options);
  if (!found) return fail(error, std::move(found).error());
  *placed = new firn_placed(diff->value, file_index, *std::move(found));
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_placed_free(firn_placed* placed) { delete placed; }

const firn_batch* firn_placed_batch(const firn_placed* placed) {
  return placed == nullptr ? nullptr : &placed->batch;
}

size_t firn_placed_hunks(const firn_placed* placed, firn_placed_hunk* hunks, size_t capacity) {
  if (placed == nullptr) return 0;
  return list(placed->value.hunks, hunks, capacity, to_placed_hunk);
}

size_t firn_placed_rejected(const firn_placed* placed, firn_rejected_hunk* rejected,
                            size_t capacity) {
  if (placed == nullptr) return 0;
  return list(placed->rejected, rejected, capacity, std::identity());
}

firn_code firn_placed_rejects(const firn_placed* placed, firn_buffer* diff,
                              firn_error** error) try {
  clear(diff);
  if (placed == nullptr || diff == nullptr) return invalid_argument(error, kNull);
  return give(diff, firn::rejects_of(*placed->file, placed->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_placed_to_json(const firn_placed* placed, firn_buffer* json,
                              firn_error** error) try {
  clear(json);
  if (placed == nullptr || json == nullptr) return invalid_argument(error, kNull);
  return give(json, to_json(placed->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}
