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
#include "heap_sort.h"
#include "laws.h"
#include "line_claims.h"
#include "workspace_memory.h"

namespace firn {

namespace {

/// What the patches' own laws make of a batch: the places of the lawful, in batch order, and the
/// violations of the others, in batch order, at most one a patch.
Violations judge(const Snapshot& snapshot, const Batch& batch, Policy policy,
                 std::vector<PatchPlace>& places) {
  Violations violations;
  const std::span<const Patch> patches = batch.patches();
  places.clear();
  places.reserve(patches.size());
  const std::uint64_t line_count = snapshot.line_count();
  QuoteBudget budget;
  for (std::uint32_t index = 0; index < patches.size(); ++index) {
    const Patch& patch = patches[index];
    // Nothing can be wrong with most patches: so much is seen without a call.
    const bool plain = patch.end_line <= line_count && !patch.expect;
    auto violation = plain ? std::nullopt : violation_of_patch(snapshot, batch, index, budget);
    if (!violation) {
      places.push_back({.line = patch.line, .patch_index = index});
      continue;
    }
    violations.push_back(*std::move(violation));
    // Only an overlap of two patches before this one could come first.
    if (policy == Policy::fail_fast) break;
  }
  return violations;
}

/// Below this many it is as fast to put each in its place among those before it.
constexpr std::size_t kRadixFrom = 64;

/// REQUIRES batch order, as radix_sort() does.
void insertion_sort(std::span<PatchPlace> places) {
  for (std::size_t i = 1; i < places.size(); ++i) {
    const PatchPlace place = places[i];
    std::size_t at = i;
    for (; at > 0 && place.line < places[at - 1].line; --at) places[at] = places[at - 1];
    places[at] = place;
  }
}

/// By line, a byte at a time. REQUIRES batch order: it is stable, so patches at one line stay in
/// batch order. A shuffled batch costs a comparison sort one mispredicted branch in two
/// comparisons; here there is none.
void radix_sort(std::vector<PatchPlace>& places, std::vector<PatchPlace>& sorted) {
  sorted.resize(places.size());
  const std::uint64_t last_line = std::ranges::max(places, {}, &PatchPlace::line).line;
  for (unsigned shift = 0; shift < 64 && last_line >> shift != 0; shift += 8) {
    const auto digit = [shift](const PatchPlace& place) { return (place.line >> shift) & 0xFFU; };
    std::array<std::uint32_t, 257> begins{};
    for (const PatchPlace& place : places) ++begins[digit(place) + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    for (const PatchPlace& place : places) sorted[begins[digit(place)]++] = place;
    places.swap(sorted);
  }
}

/// People and editors write patches top down, careful ones bottom up: both are sorted in O(k).
/// REQUIRES batch order.
void sort_ascending(std::vector<PatchPlace>& places, std::vector<PatchPlace>& spare) {
  if (std::ranges::is_sorted(places)) return;
  if (std::ranges::is_sorted(places, std::ranges::greater{}, &PatchPlace::line)) {
    std::ranges::reverse(places);
    // Places at one line were in batch order and now stand the wrong way round.
    for (auto run = places.begin(); run != places.end();) {
      const auto end = std::find_if(
          run, places.end(), [&](const PatchPlace& place) { return place.line != run->line; });
      std::reverse(run, end);
      run = end;
    }
  } else if (places.size() < kRadixFrom) {
    insertion_sort(places);
  } else {
    radix_sort(places, spare);
  }
}

/// Law 5 for patches in ascending order, by one walk: does any touch a line already covered?
bool are_disjoint(std::span<const Patch> patches, std::span<const PatchPlace> ascending,
                  Ties ties) {
  std::uint64_t covered_to = 0;
  for (const PatchPlace& place : ascending) {
    const Patch& patch = patches[place.patch_index];
    if (patch.line <= covered_to) return false;
    if (patch.op != Op::insert_lines || ties == Ties::reject) covered_to = patch.end_line;
  }
  return true;
}

/// Finds every overlap in batch order, or under fail_fast the first, and takes the patches that
/// lose out of `places`, which are in batch order. Under best_effort a loser holds no lines;
/// otherwise it still does, so that all there is to mend is reported at once.
Violations take_out_overlaps(const Batch& batch, std::vector<PatchPlace>& places,
                             const ApplyOptions& options) {
  Violations violations;
  LineClaims claims(options.ties);
  QuoteBudget budget;
  std::erase_if(places, [&](const PatchPlace& place) {
    if (options.policy == Policy::fail_fast && !violations.empty()) return false;
    const Patch& patch = batch.patches()[place.patch_index];
    const auto conflict = claims.conflict_of(patch);
    if (!conflict || options.policy != Policy::best_effort) claims.claim(patch, place.patch_index);
    if (!conflict) return false;
    violations.push_back(
        overlap(batch, place.patch_index, conflict->line, conflict->patch_index, budget));
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
  Workspace workspace;
  return normalize(snapshot, batch, options, workspace);
}

std::expected<Normalized, Violations> normalize(const Snapshot& snapshot, const Batch& batch,
                                                const ApplyOptions& options, Workspace& workspace) {
  if (Violations violations = violations_of_batch(snapshot, batch, options); !violations.empty()) {
    return std::unexpected(refuse(std::move(violations), options.policy));
  }
  auto& [places, other_places, plan_memory] = *workspace.memory_;
  Violations violations = judge(snapshot, batch, options.policy, places);
  sort_ascending(places, other_places);
  if (!are_disjoint(batch.patches(), places, options.ties)) {
    heap_sort(places, &PatchPlace::patch_index);
    violations =
        merge_in_batch_order(std::move(violations), take_out_overlaps(batch, places, options));
    sort_ascending(places, other_places);
  }
  if (!violations.empty() && options.policy != Policy::best_effort) {
    return std::unexpected(refuse(std::move(violations), options.policy));
  }
  auto plan = PlanBuilder(snapshot, batch, plan_memory).build(places);
  if (!plan) return std::unexpected(Violations{std::move(plan.error())});
  return Normalized{.plan = *std::move(plan), .failed = std::move(violations)};
}

}  // namespace firn
