#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "case.h"
#include "diff_laws.h"
#include "naive_text.h"
#include "small_texts.h"
#include "thorough.h"
#include "worlds.h"

namespace firn_test {

namespace {

using firn::DiffAlgorithm;
using firn::DiffHunk;
using firn::DiffOptions;
using firn::Slide;
using firn::Snapshot;

constexpr std::array kAlgorithms = {DiffAlgorithm::histogram, DiffAlgorithm::myers,
                                    DiffAlgorithm::minimal};
constexpr std::array kSlides = {Slide::none, Slide::down, Slide::indent};
constexpr std::size_t kMaxLines = 6;

/// What is wrong with the batch that turns `before` into `after`.
std::string check_batch(const Snapshot& before, const Snapshot& after, const DiffOptions& options,
                        const std::vector<DiffHunk>& hunks) {
  const auto batch = firn::diff(before, after, options);
  if (!batch) return batch.error().message;
  if (batch->patches().size() != hunks.size()) return "a patch that is no hunk";
  const auto patched = firn::apply(before, *batch);
  if (!patched) return patched.error().front().message;
  if (patched->bytes().value().view() != after.bytes()) return "the batch leads to another text";
  const auto back = firn::invert(*patched);
  if (!back) return back.error().message;
  const auto restored = firn::apply(after, *back);
  if (!restored) return restored.error().front().message;
  if (restored->bytes().value().view() != before.bytes()) return "the inverse leads elsewhere";
  return "";
}

std::string check_diff(const Snapshot& before, const Snapshot& after, const DiffOptions& options) {
  const auto hunks = firn::diff_lines(before, after, options);
  if (!hunks) return hunks.error().message;
  if (auto invalid = why_invalid(before, after, *hunks); !invalid.empty()) return invalid;
  const std::uint64_t kept = before.line_count() - removed_lines(*hunks);
  if (options.algorithm != DiffAlgorithm::histogram &&
      kept != longest_common_subsequence(before, after)) {
    return "more lines are removed than must be";
  }
  return check_batch(before, after, options, *hunks);
}

std::string describe(const Snapshot& before, const Snapshot& after, const DiffOptions& options,
                     const std::string& fault) {
  return fault + ": from " + literal(before.bytes()) + " to " + literal(after.bytes()) +
         ", algorithm " + std::to_string(static_cast<int>(options.algorithm)) + ", slide " +
         std::to_string(static_cast<int>(options.slide));
}

std::vector<Snapshot> snapshots_for(Extent extent) {
  constexpr std::array<std::string_view, 2> contents = {"a", "b"};
  constexpr std::array<LineEnds, 4> all_ends = {kLf, kLfBare, kCrLf, kCrLfBare};
  const std::size_t end_count = extent == Extent::whole ? 4 : 2;
  const std::size_t max_lines = extent == Extent::whole || kThorough ? kMaxLines : kMaxLines - 2;
  std::vector<Snapshot> snapshots;
  for (const std::string& text :
       texts_up_to(max_lines, contents, std::span(all_ends).first(end_count))) {
    snapshots.push_back(frozen(text));
  }
  return snapshots;
}

}  // namespace

Findings try_diffs(Extent extent) {
  const std::vector<Snapshot> snapshots = snapshots_for(extent);
  std::uint64_t diff_count = 0;
  for (const Snapshot& before : snapshots) {
    for (const Snapshot& after : snapshots) {
      for (const DiffAlgorithm algorithm : kAlgorithms) {
        for (const Slide slide : kSlides) {
          const DiffOptions options{.algorithm = algorithm, .slide = slide};
          const std::string fault = check_diff(before, after, options);
          if (!fault.empty()) return {.fault = describe(before, after, options, fault)};
          ++diff_count;
        }
      }
    }
  }
  return {.counts = {{"snapshots", snapshots.size()},
                     {"pairs", snapshots.size() * snapshots.size()},
                     {"diffs that lead there and back", diff_count}}};
}

}  // namespace firn_test
