#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Text the slow way: what the engine is held against, and what test output shows.
namespace firn_test {

/// A line as a reader of the bytes sees it.
struct TextLine {
  std::string content{};
  std::string terminator{};  ///< "\n", "\r\n", or "" for a last line without one.

  friend bool operator==(const TextLine&, const TextLine&) = default;
};

/// Splits by looking at one byte after another: LF ends a line, a CR before it belongs to the
/// terminator, and bytes after the last LF are a line too.
[[nodiscard]] std::vector<TextLine> split_lines(std::string_view text);

[[nodiscard]] std::string join_lines(const std::vector<TextLine>& lines);

/// The lines that a patch's text or expectation means: "" is one empty line.
[[nodiscard]] std::vector<std::string> lines_of_text(std::string_view text);

/// The bytes as a C++ literal, "a\n\000"s, that can be pasted into a test.
[[nodiscard]] std::string literal(std::string_view bytes);

/// "line 1\nline 2\n" and so on.
[[nodiscard]] std::string numbered_lines(std::uint64_t count);

/// A copy in a heap block of exactly its size: the sanitizer sees whoever reads past it.
class ExactCopy {
 public:
  explicit ExactCopy(std::string_view bytes)
      : bytes_(std::make_unique_for_overwrite<char[]>(bytes.size())), size_(bytes.size()) {
    if (!bytes.empty()) std::memcpy(bytes_.get(), bytes.data(), bytes.size());
  }

  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

}  // namespace firn_test
