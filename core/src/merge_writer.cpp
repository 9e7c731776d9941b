#include "merge_writer.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "firn/out_of_memory.h"

namespace firn {

namespace {

/// Whether a line of `text` near 0-based `line` ends with CR LF; nothing where no line can tell.
std::optional<bool> ends_with_crlf(const Snapshot& text, std::uint64_t line) {
  const std::uint64_t line_count = text.line_count();
  if (line_count == 0) return std::nullopt;
  std::uint64_t number = std::min(line + 1, line_count);
  if (text.terminator(number).empty()) {
    if (number == 1) return std::nullopt;
    --number;
  }
  return text.terminator(number) == "\r\n";
}

}  // namespace

MergeWriter::Marker MergeWriter::marker(char mark, std::string_view label) const {
  std::string line(options_.marker_size, mark);
  if (!label.empty()) line.append(" ").append(label);
  return {.lf = line + "\n", .crlf = line + "\r\n"};
}

void MergeWriter::add(std::string_view bytes, std::uint64_t terminator_count) {
  if (bytes.empty()) return;
  pieces_.push_back(bytes);
  byte_size_ += bytes.size();
  terminator_count_ += terminator_count;
}

void MergeWriter::add_lines(const Snapshot& text, LineSpan lines) {
  const std::string_view bytes = text_of(text, lines);
  add(bytes, lines.size() - (bytes.ends_with('\n') || lines.size() == 0 ? 0 : 1));
}

/// The same, with the last line ended if it is not.
void MergeWriter::add_whole_lines(const Snapshot& text, LineSpan lines, bool with_crlf) {
  add_lines(text, lines);
  const std::string_view bytes = text_of(text, lines);
  if (!bytes.empty() && !bytes.ends_with('\n')) add(with_crlf ? "\r\n" : "\n", 1);
}

void MergeWriter::add_marker(const Marker& marker, bool with_crlf) {
  add(with_crlf ? marker.crlf : marker.lf, 1);
}

/// Markers end with CR LF when the base does and neither side's line in front of the conflict is
/// known not to.
bool MergeWriter::wants_crlf(const Stretch& stretch) const {
  const auto before = [](std::uint64_t line) { return line > 0 ? line - 1 : 0; };
  return ends_with_crlf(base_, 0).value_or(false) &&
         ends_with_crlf(ours_, before(stretch.ours.begin)).value_or(true) &&
         ends_with_crlf(theirs_, before(stretch.theirs.begin)).value_or(true);
}

void MergeWriter::add_conflict(const Stretch& stretch) {
  const bool with_crlf = wants_crlf(stretch);
  const std::uint64_t first = terminator_count_ + 1;
  add_marker(begin_, with_crlf);
  add_whole_lines(ours_, stretch.ours, with_crlf);
  if (options_.style != ConflictStyle::merge) {
    add_marker(middle_, with_crlf);
    add_whole_lines(base_, stretch.base, with_crlf);
  }
  add_marker(between_, with_crlf);
  add_whole_lines(theirs_, stretch.theirs, with_crlf);
  add_marker(end_, with_crlf);
  const auto range = [](LineSpan lines) { return LineRange{lines.begin + 1, lines.end}; };
  conflicts_.push_back({.base = range(stretch.base),
                        .ours = range(stretch.ours),
                        .theirs = range(stretch.theirs),
                        .merged = {.from = first, .to = terminator_count_}});
}

void MergeWriter::gather(std::span<const Stretch> stretches) {
  std::uint64_t our_line = 0;
  for (const Stretch& stretch : stretches) {
    if (stretch.side == Side::same) continue;
    const bool is_conflict = stretch.side == Side::conflict;
    const Favor favor = is_conflict ? options_.favor : Favor::nobody;
    if (stretch.side == Side::ours || favor == Favor::ours) continue;
    add_lines(ours_, {our_line, stretch.ours.begin});
    our_line = stretch.ours.end;
    if (stretch.side == Side::theirs || favor == Favor::theirs) {
      add_lines(theirs_, stretch.theirs);
    } else if (favor == Favor::both) {
      add_whole_lines(ours_, stretch.ours, wants_crlf(stretch));
      add_lines(theirs_, stretch.theirs);
    } else {
      add_conflict(stretch);
    }
  }
  add_lines(ours_, {our_line, ours_.line_count()});
}

Result<Merged> MergeWriter::write() {
  auto text = byte_size_ > std::numeric_limits<std::size_t>::max()
                  ? std::nullopt
                  : Bytes::allocate(static_cast<std::size_t>(byte_size_));
  if (!text) return std::unexpected(out_of_memory("the merged text", byte_size_));
  char* to = text->data();
  for (const std::string_view piece : pieces_) to = std::ranges::copy(piece, to).out;
  return Merged{.text = *std::move(text), .conflicts = std::move(conflicts_)};
}

}  // namespace firn
