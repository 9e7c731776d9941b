#include "firn/history.h"

#include <vector>

#include "firn/to_json.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::History;
using firn::Snapshot;

void must_hold(const History& history, const std::vector<Snapshot>& texts) {
  must(history.revision() == history.first_revision() + texts.size() - 1,
       "each batch that was applied is one revision");
  must(history.text() == texts.back(), "a history ends with its last text");
  const auto entries = history.entries();
  must(entries.size() == texts.size(), "each revision is listed");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::uint64_t revision = history.first_revision() + i;
    must(result_of(made(history.at(revision))) == texts[i], "each revision is read as it was");
    must(made(history.fingerprint_of(revision)) == texts[i].fingerprint(),
         "each revision has the fingerprint of its text");
    must(entries[i].revision == revision && entries[i].fingerprint == texts[i].fingerprint() &&
             entries[i].line_count == texts[i].line_count(),
         "each revision is listed as it is");
  }
  must(is_json(firn::to_json(history)).value_or(true), "a history is shown as JSON");
}

}  // namespace

/// Settings: the first revision; then for each step, an undo of that revision, or 0: the next
/// batch. Texts: the root; a batch each, as patches_in() reads them.
void history(std::string_view bytes) {
  Input input(bytes);
  constexpr std::uint64_t kMaxSteps = 24;
  const std::uint64_t first_revision = input.setting(3);
  std::vector<Snapshot> texts = {frozen(input.text(0))};
  History history(texts.front(), first_revision);
  std::size_t next_batch = 1;
  for (std::uint64_t step = 0; step < kMaxSteps; ++step) {
    const std::uint64_t undo = input.setting(16);
    if (undo == 0 && next_batch >= input.text_count()) break;
    if (undo == 0) {
      const auto batch =
          build({.patches = patches_in(input.text(next_batch++), texts.back().bytes())});
      auto appended = made(history.append(batch, {.policy = firn::Policy::best_effort}));
      const bool grew = appended.history.revision() != history.revision();
      must(grew == (appended.patched.applied_count() > 0), "what is applied makes a revision");
      history = std::move(appended.history);
      if (grew) texts.push_back(result_of(appended.patched));
      continue;
    }
    const std::uint64_t revision = first_revision + undo;
    const bool is_there = revision > first_revision && revision <= history.revision();
    auto undone = history.undo(revision);
    must(undone.has_value() == is_there, "a revision that is there, and no other, is undone");
    if (!undone) continue;
    const bool grew = undone->history.revision() != history.revision();
    must(!grew || !undone->has_conflict(), "where there is a conflict nothing is undone");
    const bool was_last = revision == history.revision();
    must(!was_last || !undone->has_conflict(), "the last revision can always be undone");
    history = std::move(undone->history);
    if (grew) texts.push_back(history.text());
    if (was_last) {
      must(history.text() == texts[revision - first_revision - 1],
           "the last revision undone is the one before it");
    }
  }
  must_hold(history, texts);
}

}  // namespace firn_test::fuzz
