#include "firn/stack.h"

#include <algorithm>
#include <map>
#include <utility>

#include "concat.h"
#include "firn/plan.h"
#include "laws.h"
#include "quote.h"
#include "verbatim_patch.h"
#include "want_of_memory.h"

namespace firn {

namespace {

/// The lines that a patch touches, and whose it is.
struct TouchedLines {
  std::uint64_t line = 0;
  std::uint64_t end_line = 0;
  StackSource source{};

  friend auto operator<=>(const TouchedLines&, const TouchedLines&) = default;
};

/// What refused batches quote in all is bounded as in one report: those behind quote a line.
class QuoteAllowance {
 public:
  void spend(Violations& violations) {
    for (Error& error : violations) {
      if (bytes_left_ == 0) {
        if (error.expected) error.expected = cut(*error.expected, kLineOfQuote);
        if (error.found) error.found = cut(*error.found, kLineOfQuote);
        if (error.other) error.other->id.clear();
      }
      const std::size_t bytes = error.expected.value_or("").size() +
                                error.found.value_or("").size() +
                                (error.other ? error.other->id.size() : 0);
      bytes_left_ -= std::min(bytes_left_, bytes);
    }
  }

 private:
  std::size_t bytes_left_ = kMaxQuotedBytesOfReport;
};

class Stacker {
 public:
  Stacker(const Snapshot& snapshot, std::span<const Batch> batches, const StackOptions& options)
      : snapshot_(snapshot), batches_(batches), options_(options), revision_(options.revision) {
    if (revision_) return;
    for (const Batch& batch : batches) revision_ = std::max(revision_, batch.revision());
  }

  Result<Stacked> run();

 private:
  [[nodiscard]] Result<void> judge();
  void count_collisions();
  void list_collisions();
  void add_collision(const TouchedLines& above, const TouchedLines& below);
  [[nodiscard]] std::vector<std::string> ids() const;
  [[nodiscard]] std::string_view file() const;
  Result<Batch> combined() const;

  [[nodiscard]] const Patch& patch_at(StackSource source) const {
    return batches_[source.batch_index].patches()[source.patch_index];
  }
  [[nodiscard]] StackPatch named(StackSource source) const;
  [[nodiscard]] std::string deed_of(const StackPatch& patch) const;

  const Snapshot& snapshot_;
  std::span<const Batch> batches_;
  const StackOptions& options_;
  std::optional<std::uint64_t> revision_;
  std::vector<TouchedLines> touched_;  ///< Ascending; those of one batch are disjoint.
  Stacked stacked_;
};

/// Each batch by itself: the lines that it touches, or why it is refused.
Result<void> Stacker::judge() {
  const ApplyOptions alone{.policy = Policy::atomic, .revision = revision_};
  QuoteAllowance allowance;
  for (std::uint64_t index = 0; index < batches_.size(); ++index) {
    const Batch& batch = batches_[index];
    auto normalized = normalize(snapshot_, batch, alone);
    if (!normalized) {
      Violations& violations = normalized.error();
      if (is_for_want_of_memory(violations)) return std::unexpected(std::move(violations.front()));
      allowance.spend(violations);
      stacked_.refused.push_back({.batch_index = index,
                                  .batch_id = std::string(batch.id()),
                                  .violations = std::move(violations)});
      continue;
    }
    const std::span<const Patch> patches = batch.patches();
    for (std::uint64_t patch = 0; patch < patches.size(); ++patch) {
      touched_.push_back({.line = patches[patch].line,
                          .end_line = patches[patch].end_line,
                          .source = {.batch_index = index, .patch_index = patch}});
    }
  }
  std::ranges::sort(touched_);
  return {};
}

/// A patch collides with every one that begins no later and has not ended before it begins.
void Stacker::count_collisions() {
  std::vector<std::uint64_t> ends;
  ends.reserve(touched_.size());
  for (const TouchedLines& lines : touched_) ends.push_back(lines.end_line);
  std::ranges::sort(ends);
  std::uint64_t begun = 0;
  std::uint64_t ended = 0;
  for (const TouchedLines& lines : touched_) {
    while (ends[ended] < lines.line) ++ended;
    stacked_.collision_count += begun - ended;
    ++begun;
  }
}

/// Sweeps downwards over the patches that have not ended yet: each one looked at either collides
/// or has ended, and is then never looked at again.
void Stacker::list_collisions() {
  const std::uint64_t wanted = std::min(options_.max_collisions, stacked_.collision_count);
  std::vector<const TouchedLines*> open;
  for (const TouchedLines& lines : touched_) {
    if (stacked_.collisions.size() == wanted) return;
    std::erase_if(open, [&](const TouchedLines* above) { return above->end_line < lines.line; });
    for (const TouchedLines* above : open) {
      if (stacked_.collisions.size() < wanted) add_collision(*above, lines);
    }
    open.push_back(&lines);
  }
}

StackPatch Stacker::named(StackSource source) const {
  const Batch& batch = batches_[source.batch_index];
  return {.batch_index = source.batch_index,
          .batch_id = std::string(batch.id()),
          .patch = batch.ref(source.patch_index)};
}

/// "patches[2] of batches[0] ("id") replaces lines 4-6"
std::string Stacker::deed_of(const StackPatch& patch) const {
  const Patch& asked = patch_at({patch.batch_index, patch.patch.index});
  return concat(name_of(patch.patch), " of batches[", patch.batch_index, "]",
                patch.batch_id.empty() ? "" : concat(" (", quoted(patch.batch_id), ")"), " ",
                firn::deed_of(asked));
}

void Stacker::add_collision(const TouchedLines& above, const TouchedLines& below) {
  const auto [first, second] = std::minmax(above.source, below.source);
  Collision collision{
      .first = named(first),
      .second = named(second),
      .lines = {.from = below.line, .to = std::min(above.end_line, below.end_line)}};
  collision.message = concat(deed_of(collision.first), ", and ", deed_of(collision.second));
  stacked_.collisions.push_back(std::move(collision));
}

/// The ids of the patches in `touched_`, in its order; empty: none.
std::vector<std::string> Stacker::ids() const {
  std::vector<std::string> ids;
  std::map<std::string_view, std::uint64_t> uses;
  ids.reserve(touched_.size());
  for (const TouchedLines& lines : touched_) {
    const std::string_view batch_id = batches_[lines.source.batch_index].id();
    const std::string_view own = patch_at(lines.source).id;
    std::string& id = ids.emplace_back();
    if (own.empty()) continue;
    id = batch_id.empty() ? std::string(own) : concat(batch_id, "/", own);
    if (id.size() > kMaxIdBytes) id.clear();
  }
  for (const std::string& id : ids) ++uses[id];
  std::vector<std::string> unique(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (uses[ids[i]] == 1) unique[i] = ids[i];
  }
  return unique;
}

std::string_view Stacker::file() const {
  std::string_view file;
  for (const Batch& batch : batches_) {
    if (batch.file().empty() || batch.file() == file) continue;
    if (!file.empty()) return "";
    file = batch.file();
  }
  return file;
}

Result<Batch> Stacker::combined() const {
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = snapshot_.fingerprint(), .line_count = snapshot_.line_count()});
  builder.set_file(file());
  if (revision_) builder.set_revision(*revision_);
  const std::vector<std::string> ids = this->ids();
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    auto added = builder.add_copy(patch_at(touched_[i].source), ids[i]);
    if (!added) return std::unexpected(std::move(added.error()));
  }
  return builder.build();
}

Result<Stacked> Stacker::run() {
  if (auto judged = judge(); !judged) return std::unexpected(std::move(judged.error()));
  count_collisions();
  list_collisions();
  if (!stacked_.refused.empty() || stacked_.collision_count > 0) return std::move(stacked_);
  auto batch = combined();
  if (!batch) return std::unexpected(std::move(batch.error()));
  stacked_.batch = *std::move(batch);
  for (const TouchedLines& lines : touched_) stacked_.sources.push_back(lines.source);
  return std::move(stacked_);
}

}  // namespace

Result<Stacked> stack(const Snapshot& snapshot, std::span<const Batch> batches,
                      const StackOptions& options) {
  return Stacker(snapshot, batches, options).run();
}

}  // namespace firn
