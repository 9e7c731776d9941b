#include <algorithm>
#include <utility>

#include "concat.h"
#include "firn/analysis.h"
#include "quote.h"
#include "take_line.h"

namespace firn {

namespace {

/// True when the lines that `patch` writes are those it replaces, terminators aside.
bool has_no_effect(const Snapshot& snapshot, const Patch& patch) {
  if (patch.op == Op::delete_lines) return false;
  if (patch.op == Op::insert_lines) return patch.text.empty();
  if (patch.end_line > snapshot.line_count()) return false;
  if (patch.verbatim) return patch.text == snapshot.lines(patch.line, patch.end_line);
  if (patch.text_line_count != patch.base_line_count()) return false;
  std::string_view rest = patch.text;
  for (std::uint64_t line = patch.line; line <= patch.end_line; ++line) {
    if (take_line(rest) != snapshot.line(line)) return false;
  }
  return true;
}

void add_warning(Analysis& analysis, WarningCode code, PatchRef patch, std::string_view what) {
  std::string message = concat(name_of(patch), " ", what);
  analysis.warnings.push_back(
      {.code = code, .patch = std::move(patch), .message = std::move(message)});
}

void count_op(Analysis& analysis, Op op) {
  switch (op) {
    case Op::replace_lines:
      ++analysis.replace_count;
      return;
    case Op::delete_lines:
      ++analysis.delete_count;
      return;
    case Op::insert_lines:
      ++analysis.insert_count;
      return;
  }
}

}  // namespace

std::string_view name_of(WarningCode code) noexcept {
  switch (code) {
    case WarningCode::no_effect:
      return "no_effect";
    case WarningCode::line_ends_converted:
      return "line_ends_converted";
  }
  return "";
}

Analysis analyze(const Snapshot& snapshot, const Batch& batch) {
  Analysis analysis;
  const std::span<const Patch> patches = batch.patches();
  for (std::uint64_t index = 0; index < patches.size(); ++index) {
    const Patch& patch = patches[index];
    count_op(analysis, patch.op);
    // Counts stop at what a JavaScript number counts to; only unlawful batches come near it.
    analysis.lines_removed = std::min(analysis.lines_removed + patch.base_line_count(), kMaxCount);
    analysis.lines_added = std::min(analysis.lines_added + patch.text_line_count, kMaxCount);
    analysis.first_line = index == 0 ? patch.line : std::min(analysis.first_line, patch.line);
    analysis.last_line = std::max(analysis.last_line, patch.end_line);
    if (has_no_effect(snapshot, patch)) {
      add_warning(analysis, WarningCode::no_effect, batch.ref(index), "changes nothing");
    }
    if (patch.written_with_crlf && snapshot.uses_only_lf()) {
      add_warning(analysis, WarningCode::line_ends_converted, batch.ref(index),
                  "is written with CR LF line ends; the file has LF, and so has the result");
    }
  }
  analysis.net_line_growth = static_cast<std::int64_t>(analysis.lines_added) -
                             static_cast<std::int64_t>(analysis.lines_removed);
  return analysis;
}

}  // namespace firn
