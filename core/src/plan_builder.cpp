#include "plan_builder.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "firn/out_of_memory.h"
#include "sole_owner.h"
#include "take_line.h"

namespace firn {

namespace {

/// Bytes of the last line of `text`, which ends with LF, without that LF.
std::size_t last_line_size(std::string_view text) {
  text.remove_suffix(1);
  const std::size_t line_break = text.rfind('\n');
  return line_break == std::string_view::npos ? text.size() : text.size() - line_break - 1;
}

/// True when a verbatim text may have to be given a terminator.
bool any_unterminated(const Batch& batch) {
  return std::ranges::any_of(batch.patches(), [](const Patch& patch) {
    return patch.verbatim && !patch.text.empty() && patch.text.back() != '\n';
  });
}

}  // namespace

std::shared_ptr<Plan::Storage> PlanBuilder::Memory::take(const Snapshot& snapshot,
                                                         const Batch& batch) {
  if (is_sole_owner(last_)) {
    last_->begin_anew(snapshot, batch);
  } else {
    last_ = std::make_shared<Plan::Storage>(snapshot, batch);
  }
  return last_;
}

PlanBuilder::PlanBuilder(const Snapshot& snapshot, const Batch& batch, Memory& memory)
    : snapshot_(snapshot),
      patches_(batch.patches()),
      storage_(memory.take(snapshot, batch)),
      rewrites_line_ends_(!snapshot.uses_only_lf()),
      rewrites_text_(rewrites_line_ends_ || any_unterminated(batch)),
      kept_end_(snapshot.byte_size()) {}

Result<Plan> PlanBuilder::build(std::span<const PatchPlace> ascending) {
  storage_->edits.reserve(ascending.size());
  storage_->rewritten_text.reserve(rewritten_room());
  for (const PatchPlace& place : ascending | std::views::reverse) add_edit(place.patch_index);
  if (!snapshot_.ends_with_terminator()) settle_end_of_file();

  auto index = LineIndex::build(storage_->rewritten_text);
  if (!index) {
    return std::unexpected(out_of_memory("the plan", storage_->rewritten_text.size()));
  }
  storage_->rewritten_index = *std::move(index);
  count_output();
  return Plan(std::move(storage_));
}

/// Edits hold views into the rewritten text, so it may not grow past this: a CR more for each line,
/// and one text a second time behind the terminator that leads it.
std::size_t PlanBuilder::rewritten_room() const {
  const std::size_t text_size = storage_->batch.text().size();
  const std::size_t with_crlf =
      text_size + static_cast<std::size_t>(storage_->batch.text_index().line_count());
  const std::size_t for_lead = snapshot_.ends_with_terminator() ? 0 : with_crlf + 2;
  return (rewrites_text_ ? with_crlf : 0) + for_lead;
}

void PlanBuilder::add_edit(std::uint32_t patch_index) {
  const Patch& patch = patches_[patch_index];
  const std::uint64_t removed = patch.base_line_count();
  if (removed == 0 && patch.text.empty()) return;  // An insert of no lines.
  // Filled where it stays: a copy would wait for each of these small writes to reach the cache.
  Edit& edit = storage_->edits.emplace_back();
  edit.begin = snapshot_.byte_offset_of(patch.line);
  edit.end = snapshot_.byte_offset_of(patch.line + removed);
  edit.base_line = patch.line;
  edit.base_line_count = removed;
  edit.text_line_count = patch.text_line_count;
  edit.patch_index = patch_index;
  if (patch.verbatim) {
    write_verbatim(patch, edit);
  } else {
    write_text(patch, edit);
  }
  if (edit.text.empty() && edit.end == kept_end_) kept_end_ = edit.begin;
  any_text_ |= !edit.text.empty();
}

/// Whatever its patch says, a line that another follows has a terminator.
void PlanBuilder::write_verbatim(const Patch& patch, Edit& edit) {
  const bool ends_the_result = edit.end == kept_end_ && !any_text_;
  const bool terminated = patch.text.empty() || patch.text.back() == '\n';
  edit.text = patch.text;
  edit.first_text_line = patch.first_text_line;
  if (terminated || ends_the_result) return;
  std::string& out = storage_->rewritten_text;
  const std::size_t begin = out.size();
  out.append(patch.text).append(terminator_at_or_before(patch.line - 1));
  edit.text = std::string_view(out).substr(begin);
  edit.rewritten = true;
  edit.first_text_line = rewritten_line_count_;
  rewritten_line_count_ += patch.text_line_count;
}

void PlanBuilder::write_text(const Patch& patch, Edit& edit) {
  if (!rewrites_line_ends_) {
    edit.text = patch.text;
    edit.first_text_line = patch.first_text_line;
    return;
  }
  std::string& out = storage_->rewritten_text;
  const std::size_t begin = out.size();
  edit.rewritten = true;
  edit.first_text_line = rewritten_line_count_;
  rewritten_line_count_ += patch.text_line_count;
  std::string_view terminator = terminator_at_or_before(patch.line - 1);
  std::string_view rest = patch.text;
  for (std::uint64_t i = 0; i < patch.text_line_count; ++i) {
    const std::string_view line = take_line(rest);
    if (i < edit.base_line_count) {
      const std::string_view own = snapshot_.terminator(patch.line + i);
      if (!own.empty()) terminator = own;
    }
    out.append(line).append(terminator);
  }
  edit.text = std::string_view(out).substr(begin);
}

/// What line `line` ends with or, where it has no terminator, the line before it; the file's
/// majority where there is none. Only the last line can lack one, so this looks twice at most.
std::string_view PlanBuilder::terminator_at_or_before(std::uint64_t line) const {
  for (; line > 0; --line) {
    const std::string_view terminator = snapshot_.terminator(line);
    if (!terminator.empty()) return terminator;
  }
  return snapshot_.majority_terminator();
}

/// For a text without final newline. So far every new line ends with a terminator, as if the last
/// line of the base did too; now the result loses its last one, and a line that is no longer the
/// last gets the one it lacks.
void PlanBuilder::settle_end_of_file() {
  std::span<Edit> edits = storage_->edits;
  const std::uint64_t size = snapshot_.byte_size();
  const auto at_end = static_cast<std::size_t>(
      std::ranges::partition_point(edits, [&](const Edit& edit) { return edit.end == size; }) -
      edits.begin());
  if (at_end == 0) return;  // The last line stays as it is.
  Edit& first_at_end = edits[at_end - 1];
  if (first_at_end.base_line_count == 0) lead_with_terminator(first_at_end);

  for (std::size_t i = 0; i < edits.size(); ++i) {
    // Such a patch says itself how the file ends.
    if (patches_[edits[i].patch_index].verbatim) return;
    if (!edits[i].text.empty()) return drop_last_terminator(edits[i]);
    const bool follows_an_edit = i + 1 < edits.size() && edits[i + 1].end == edits[i].begin;
    if (!follows_an_edit) return swallow_terminator_before(edits[i]);
  }
}

void PlanBuilder::lead_with_terminator(Edit& edit) {
  std::string& out = storage_->rewritten_text;
  const std::string_view terminator = terminator_at_or_before(snapshot_.line_count());
  const std::size_t begin = out.size();
  out.append(terminator).append(edit.text);
  edit.text = std::string_view(out).substr(begin);
  edit.lead_bytes = static_cast<std::uint8_t>(terminator.size());
  storage_->last_line_terminator = terminator;
  edit.first_text_line = rewritten_line_count_ + 1;  // The lead is a line of the store by itself.
  edit.rewritten = true;
}

/// An empty line without terminator is no line, so the last may go with its terminator.
void PlanBuilder::drop_last_terminator(Edit& edit) const {
  // A CR at the end may be content, so what was asked for tells how long the terminator is.
  const std::string_view asked = patches_[edit.patch_index].text;
  edit.text.remove_suffix(1 + last_line_size(edit.text) - last_line_size(asked));
  if (edit.text.empty() || edit.text.ends_with('\n')) --edit.text_line_count;
}

void PlanBuilder::swallow_terminator_before(Edit& edit) {
  if (edit.begin == 0) return;
  const std::uint64_t line_before = edit.base_line - 1;
  edit.begin -= snapshot_.terminator(line_before).size();
  if (!snapshot_.line(line_before).empty()) {
    storage_->unterminated_line = line_before;
    return;
  }
  --edit.base_line;
  ++edit.base_line_count;
}

void PlanBuilder::count_output() {
  std::uint64_t output_bytes = snapshot_.byte_size();
  std::uint64_t lines_before = 0;  // Growth by edits further up; it may wrap, and wraps back.
  for (Edit& edit : storage_->edits | std::views::reverse) {
    edit.patched_line = edit.base_line + lines_before;
    lines_before += edit.text_line_count - edit.base_line_count;
    output_bytes += edit.text.size() - (edit.end - edit.begin);
  }
  storage_->output_bytes = output_bytes;
  storage_->output_lines = snapshot_.line_count() + lines_before;
}

}  // namespace firn
