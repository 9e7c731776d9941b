#include "firn/stack.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "firn/to_json.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::Batch;
using firn::Snapshot;
using firn::Stacked;

/// Pairs of patches of different batches that want one line, told pair by pair.
std::uint64_t collisions_of(const std::vector<Batch>& batches, const Stacked& stacked) {
  std::vector<bool> refused(batches.size(), false);
  for (const auto& batch : stacked.refused) refused[batch.batch_index] = true;
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    for (std::size_t j = i + 1; j < batches.size(); ++j) {
      if (refused[i] || refused[j]) continue;
      for (const firn::Patch& a : batches[i].patches()) {
        for (const firn::Patch& b : batches[j].patches()) {
          count += a.line <= b.end_line && b.line <= a.end_line ? 1 : 0;
        }
      }
    }
  }
  return count;
}

void must_be_refused_rightly(const Snapshot& text, const std::vector<Batch>& batches,
                             const Stacked& stacked) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    const bool is_lawful =
        firn::apply(text, batches[i], {.policy = firn::Policy::atomic}).has_value();
    const bool is_refused = next < stacked.refused.size() && stacked.refused[next].batch_index == i;
    must(is_lawful != is_refused, "a batch is refused when it is not lawful by itself");
    next += is_refused ? 1 : 0;
  }
  must(next == stacked.refused.size(), "batches are refused once each, in order");
}

}  // namespace

/// Texts: the base; a batch each, as patches_in() reads them.
void stack(std::string_view bytes) {
  const Input input(bytes);
  constexpr std::size_t kMaxBatches = 8;
  const Snapshot text = frozen(input.text(0));
  std::vector<Batch> batches;
  for (std::size_t i = 1; i < input.text_count() && i <= kMaxBatches; ++i) {
    batches.push_back(build({.patches = patches_in(input.text(i), input.text(0))}));
  }
  const Stacked stacked = made(firn::stack(text, batches));
  must(is_json(firn::to_json(stacked)).value_or(true), "a stack is shown as JSON");
  must_be_refused_rightly(text, batches, stacked);
  must(stacked.collision_count == collisions_of(batches, stacked), "all collisions are counted");
  must(stacked.collisions.size() == std::min<std::uint64_t>(stacked.collision_count, 1000),
       "collisions are listed");
  must(stacked.batch.has_value() == (stacked.refused.empty() && stacked.collision_count == 0),
       "there is a batch where nothing is in the way");

  std::ranges::reverse(batches);
  const Stacked backwards = made(firn::stack(text, batches));
  must(backwards.batch.has_value() == stacked.batch.has_value(),
       "the order of batches decides nothing");
  if (!stacked.batch) return;
  must(result_of(text, *stacked.batch) == result_of(text, *backwards.batch),
       "the order of batches makes no difference to the text");
  std::size_t patch_count = 0;
  for (const Batch& batch : batches) patch_count += batch.patches().size();
  must(stacked.batch->patches().size() == patch_count && stacked.sources.size() == patch_count,
       "all patches are in the stack, and it is told where each is from");
}

}  // namespace firn_test::fuzz
