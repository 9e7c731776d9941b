#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firn/merge.h"

namespace firn {

/// 0-based lines [begin, end) of one text.
struct LineSpan {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  [[nodiscard]] std::uint64_t size() const { return end - begin; }
};

enum class Side : std::uint8_t { conflict, ours, theirs, same };

/// A stretch in which something changed, in the lines of all three texts.
struct Stretch {
  Side side = Side::conflict;
  LineSpan base;
  LineSpan ours;
  LineSpan theirs;
};

[[nodiscard]] inline std::string_view text_of(const Snapshot& text, LineSpan lines) {
  return text.lines(lines.begin + 1, lines.end);
}

/// Writes the merged text: ours, with the stretches put in. It is gathered as views, so that it is
/// written once, where it stays.
class MergeWriter {
 public:
  MergeWriter(const Snapshot& base, const Snapshot& ours, const Snapshot& theirs,
              const MergeOptions& options)
      : base_(base), ours_(ours), theirs_(theirs), options_(options) {}

  void gather(std::span<const Stretch> stretches);
  [[nodiscard]] Result<Merged> write();

 private:
  struct Marker {
    std::string lf;
    std::string crlf;
  };

  [[nodiscard]] Marker marker(char mark, std::string_view label) const;
  void add(std::string_view bytes, std::uint64_t terminator_count);
  void add_lines(const Snapshot& text, LineSpan lines);
  void add_whole_lines(const Snapshot& text, LineSpan lines, bool with_crlf);
  void add_marker(const Marker& marker, bool with_crlf);
  void add_conflict(const Stretch& stretch);
  [[nodiscard]] bool wants_crlf(const Stretch& stretch) const;

  const Snapshot& base_;
  const Snapshot& ours_;
  const Snapshot& theirs_;
  const MergeOptions& options_;
  const Marker begin_ = marker('<', options_.ours_label);
  const Marker middle_ = marker('|', options_.base_label);
  const Marker between_ = marker('=', "");
  const Marker end_ = marker('>', options_.theirs_label);
  std::vector<std::string_view> pieces_;
  std::uint64_t byte_size_ = 0;
  std::uint64_t terminator_count_ = 0;
  std::vector<Conflict> conflicts_;
};

}  // namespace firn
