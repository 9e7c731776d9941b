#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include "firn/plan.h"
#include "laws.h"
#include "line_claims.h"
#include "plan_builder.h"

namespace firn {

namespace {

/// A patch's place in the file: by line, and at one line in batch order.
struct Place {
  std::uint64_t line = 0;
  std::uint32_t patch_index = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

/// What the patches' own laws make of a batch: the places of the lawful, errors for the others.
struct Judged {
  std::vector<Place> places;  ///< In batch order.
  Violations violations;      ///< In batch order, at most one per patch.
};

Judged judge(const Snapshot& snapshot, const Batch& batch, Policy policy) {
  Judged judged;
  const std::span<const Patch> patches = batch.patches();
  judged.places.reserve(patches.size());
  const std::uint64_t line_count = snapshot.line_count();
  QuoteBudget budget;
  for (std::uint32_t index = 0; index < patches.size(); ++index) {
    const Patch& patch = patches[index];
    // Nothing can be wrong with most patches: so much is seen without a call.
    const bool plain = patch.end_line <= line_count && !patch.expect;
    auto violation = plain ? std::nullopt : violation_of_patch(snapshot, batch, index, budget);
    if (!violation) {
      judged.places.push_back({.line = patch.line, .patch_index = index});
      continue;
    }
    judged.violations.push_back(*std::move(violation));
    // Only an overlap of two patches before this one could come first.
    if (policy == Policy::fail_fast) break;
  }
  return judged;
}

/// Below this many it is as fast to put each in its place among those before it.
constexpr std::size_t kRadixFrom = 64;

/// REQUIRES batch order, as radix_sort() does.
void insertion_sort(std::span<Place> places) {
  for (std::size_t i = 1; i < places.size(); ++i) {
    const Place place = places[i];
    std::size_t at = i;
    for (; at > 0 && place.line < places[at - 1].line; --at) places[at] = places[at - 1];
    places[at] = place;
  }
}

/// By line, a byte at a time. REQUIRES batch order: it is stable, so patches at one line stay in
/// batch order. A shuffled batch costs a comparison sort one mispredicted branch in two
/// comparisons; here there is none.
void radix_sort(std::vector<Place>& places) {
  std::vector<Place> sorted(places.size());
  const std::uint64_t last_line = std::ranges::max(places, {}, &Place::line).line;
  for (unsigned shift = 0; shift < 64 && last_line >> shift != 0; shift += 8) {
    const auto digit = [shift](const Place& place) { return (place.line >> shift) & 0xFFU; };
    std::array<std::uint32_t, 257> begins{};
    for (const Place& place : places) ++begins[digit(place) + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    for (const Place& place : places) sorted[begins[digit(place)]++] = place;
    places.swap(sorted);
  }
}

/// People and editors write patches top down, careful ones bottom up: both are sorted in O(k).
/// REQUIRES batch order.
void sort_ascending(std::vector<Place>& places) {
  if (std::ranges::is_sorted(places)) return;
  if (std::ranges::is_sorted(places, std::ranges::greater{}, &Place::line)) {
    std::ranges::reverse(places);
    // Places at one line were in batch order and now stand the wrong way round.
    for (auto run = places.begin(); run != places.end();) {
      const auto end = std::find_if(run, places.end(),
                                    [&](const Place& place) { return place.line != run->line; });
      std::reverse(run, end);
      run = end;
    }
  } else if (places.size() < kRadixFrom) {
    insertion_sort(places);
  } else {
    radix_sort(places);
  }
}

/// Law 5 for patches in ascending order, by one walk: does any touch a line already covered?
bool are_disjoint(std::span<const Patch> patches, std::span<const Place> ascending, Ties ties) {
  std::uint64_t covered_to = 0;
  for (const Place& place : ascending) {
    const Patch& patch = patches[place.patch_index];
    if (patch.line <= covered_to) return false;
    if (patch.op != Op::insert_lines || ties == Ties::reject) covered_to = patch.end_line;
  }
  return true;
}

/// Finds every overlap in batch order and takes the patches that lose out of `places`, which are
/// in batch order. Under best_effort a loser holds no lines; otherwise it still does, so that
/// all there is to mend is reported at once.
Violations take_out_overlaps(const Batch& batch, std::vector<Place>& places,
                             const ApplyOptions& options) {
  Violations violations;
  LineClaims claims(options.ties);
  std::erase_if(places, [&](const Place& place) {
    const Patch& patch = batch.patches()[place.patch_index];
    const auto conflict = claims.conflict_of(patch);
    if (!conflict || options.policy != Policy::best_effort) claims.claim(patch, place.patch_index);
    if (!conflict) return false;
    violations.push_back(overlap(batch, place.patch_index, conflict->line, conflict->patch_index));
    return true;
  });
  return violations;
}

Violations merge_in_batch_order(Violations a, Violations b) {
  Violations merged;
  merged.reserve(a.size() + b.size());
  std::ranges::merge(
      std::make_move_iterator(a.begin()), std::make_move_iterator(a.end()),
      std::make_move_iterator(b.begin()), std::make_move_iterator(b.end()),
      std::back_inserter(merged), {}, [](const Error& error) { return error.patch->index; },
      [](const Error& error) { return error.patch->index; });
  return merged;
}

Violations refuse(Violations violations, Policy policy) {
  if (policy == Policy::fail_fast) violations.resize(1);
  return violations;
}

}  // namespace

std::expected<Normalized, Violations> normalize(const Snapshot& snapshot, const Batch& batch,
                                                const ApplyOptions& options) {
  if (Violations violations = violations_of_batch(snapshot, batch, options); !violations.empty()) {
    return std::unexpected(refuse(std::move(violations), options.policy));
  }
  auto [places, violations] = judge(snapshot, batch, options.policy);
  std::vector<Place> ascending = places;
  sort_ascending(ascending);
  if (!are_disjoint(batch.patches(), ascending, options.ties)) {
    violations =
        merge_in_batch_order(std::move(violations), take_out_overlaps(batch, places, options));
    ascending = std::move(places);
    sort_ascending(ascending);
  }
  if (!violations.empty() && options.policy != Policy::best_effort) {
    return std::unexpected(refuse(std::move(violations), options.policy));
  }

  std::vector<std::uint32_t> descending;
  descending.reserve(ascending.size());
  for (const Place& place : ascending | std::views::reverse) {
    descending.push_back(place.patch_index);
  }
  auto plan = PlanBuilder(snapshot, batch).build(descending);
  if (!plan) return std::unexpected(Violations{std::move(plan.error())});
  return Normalized{.plan = *std::move(plan), .failed = std::move(violations)};
}

}  // namespace firn
