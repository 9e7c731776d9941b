#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "firn/bytes.h"

namespace firn {

/// Where each line of a text begins.
///
/// Layout: line_count + 1 offsets, each 4 bytes (8 for texts past 4 GiB):
///
///     text     a b \n c \r \n d            line_count 3, not terminated
///     offset   0 1 2  3 4  5  6
///     starts   0      3       6  7         the last is the text's size
///
/// A line ends with LF; bytes after the last LF are a line too. So "" has no line, "a" and "a\n"
/// have one, "a\n\nb" three. Lines are 0-based here, and only here and in what is built on it:
/// everything a caller sees counts from 1.
///
/// Threads: immutable after build(); read it from any thread.
class LineIndex {
 public:
  LineIndex() noexcept = default;
  LineIndex(LineIndex&& other) noexcept
      : starts_(std::move(other.starts_)), counts_(std::exchange(other.counts_, {})) {}
  LineIndex& operator=(LineIndex&& other) noexcept {
    starts_ = std::move(other.starts_);
    counts_ = std::exchange(other.counts_, {});
    return *this;
  }

  /// Indexes `text`, which is not kept. O(n) at vector speed, two passes: count, then fill, so
  /// that the index is exactly as large as it must be. Nothing when the memory is not there.
  [[nodiscard]] static std::optional<LineIndex> build(std::string_view text) noexcept;

  [[nodiscard]] std::uint64_t line_count() const noexcept { return counts_.lines; }

  /// How many lines end with CR LF.
  [[nodiscard]] std::uint64_t crlf_count() const noexcept { return counts_.crlf; }

  /// How many lines end with LF or CR LF: line_count(), or one less.
  [[nodiscard]] std::uint64_t terminator_count() const noexcept { return counts_.terminators; }

  /// Byte offset of 0-based line `line`; REQUIRES line <= line_count(), which gives the size. O(1).
  [[nodiscard]] std::uint64_t begin_of(std::uint64_t line) const noexcept {
    if (counts_.lines == 0) return 0;
    if (counts_.wide) return reinterpret_cast<const std::uint64_t*>(starts_.data())[line];
    return reinterpret_cast<const std::uint32_t*>(starts_.data())[line];
  }

  [[nodiscard]] std::size_t memory_bytes() const noexcept { return starts_.size(); }

  friend bool operator==(const LineIndex& a, const LineIndex& b) noexcept {
    return a.counts_.lines == b.counts_.lines && a.starts_.view() == b.starts_.view();
  }

 private:
  struct Counts {
    std::uint64_t lines = 0;
    std::uint64_t crlf = 0;
    std::uint64_t terminators = 0;
    bool wide = false;  ///< Offsets of 8 bytes.
  };

  Bytes starts_;
  Counts counts_;
};

}  // namespace firn
