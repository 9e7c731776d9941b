#include "firn/rebase.h"

#include <algorithm>

#include "firn/to_json.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::Carried;
using firn::CarriedPatch;
using firn::Patched;
using firn::Rebased;
using firn::Snapshot;

void must_be_told_of_each_patch(const Patched& patched, const Rebased& rebased,
                                const Snapshot& new_text) {
  must(rebased.patches.size() == patched.applied_count(), "each patch that is applied is told of");
  must(std::ranges::is_sorted(rebased.patches, {}, &CarriedPatch::patch_index),
       "patches are told of in batch order");
  std::size_t carried = 0;
  for (const CarriedPatch& patch : rebased.patches) {
    must(patch.from.from >= 1 && patch.from.to <= patched.snapshot().line_count(),
         "a patch comes from lines of the old text");
    must(patch.to.from >= 1 && patch.to.to + 1 >= patch.to.from &&
             patch.to.to <= new_text.line_count(),
         "a patch comes to lines of the new text");
    carried += patch.carried == Carried::clean || patch.carried == Carried::moved ? 1 : 0;
    const bool has_sides = !patch.base.empty() || !patch.ours.empty() || !patch.theirs.empty();
    must(patch.carried == Carried::conflict || !has_sides, "only a conflict has sides");
  }
  must(rebased.batch.patches().size() == carried, "what is carried is in the batch");
}

}  // namespace

/// Settings: ties. Texts: the old text, the new one, patches of the old as patches_in() reads them.
void rebase(std::string_view bytes) {
  Input input(bytes);
  const auto ties = input.setting_of<firn::Ties>(2);
  const Snapshot old_text = frozen(input.text(0));
  const Snapshot new_text = frozen(input.text(1));
  const firn::Batch batch = build({.patches = patches_in(input.text(2), input.text(0))});
  const Patched patched =
      made(firn::apply(old_text, batch, {.policy = firn::Policy::best_effort, .ties = ties}));
  const Snapshot result = result_of(patched);

  const Rebased rebased = made(firn::rebase(patched, new_text));
  must_be_told_of_each_patch(patched, rebased, new_text);
  must(is_json(firn::to_json(rebased, batch)).value_or(true), "a rebase is shown as JSON");
  static_cast<void>(result_of(new_text, rebased.batch, {.ties = ties}));

  const Rebased stays = made(firn::rebase(patched, old_text));
  must(std::ranges::all_of(stays.patches,
                           [](const auto& patch) { return patch.carried == Carried::clean; }),
       "onto the same text all is clean");
  must(result_of(old_text, stays.batch, {.ties = ties}) == result,
       "onto the same text a rebase changes nothing");

  // Patches that undo each other may not, once they take the line ends of another text.
  if (!old_text.uses_only_lf() || !result.uses_only_lf()) return;
  const Rebased done = made(firn::rebase(patched, result));
  must(result_of(result, done.batch, {.ties = ties}) == result,
       "onto its own result nothing is done again");
}

}  // namespace firn_test::fuzz
