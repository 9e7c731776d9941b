#include "naive_diff.h"

#include <charconv>
#include <cstdint>
#include <vector>

namespace firn_test {

namespace {

/// A piece of text up to and with its LF; the last may lack one.
std::vector<std::string> raw_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

struct HunkRange {
  std::uint64_t line = 0;
  std::uint64_t count = 1;
};

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_number(std::string_view& text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take_range(std::string_view& text, HunkRange& range) {
  return take_number(text, range.line) && (!take(text, ",") || take_number(text, range.count));
}

class DiffApplier {
 public:
  DiffApplier(std::string_view base, std::string_view diff)
      : base_(raw_lines(base)), diff_(raw_lines(diff)) {}

  std::expected<std::string, std::string> run() {
    if (diff_.empty()) return rest();
    if (diff_.size() < 2 || !diff_[0].starts_with("--- ") || !diff_[1].starts_with("+++ ")) {
      return std::unexpected("no header");
    }
    at_ = 2;
    if (at_ == diff_.size()) return std::unexpected("no hunk");
    while (at_ < diff_.size()) {
      if (!apply_hunk())
        return std::unexpected(error_ + " at diff line " + std::to_string(at_ + 1));
    }
    return rest();
  }

 private:
  bool fail(std::string reason) {
    error_ = std::move(reason);
    return false;
  }

  std::string rest() {
    while (done_ < base_.size()) out_.push_back(base_[done_++]);
    std::string text;
    for (const std::string& line : out_) text += line;
    return text;
  }

  /// `line` of a range of no lines is the line before the place.
  static std::uint64_t lines_before(const HunkRange& range) {
    return range.count == 0 ? range.line : range.line - 1;
  }

  bool apply_hunk() {
    std::string_view header = diff_[at_];
    HunkRange old_range;
    HunkRange new_range;
    if (!take(header, "@@ -") || !take_range(header, old_range) || !take(header, " +") ||
        !take_range(header, new_range) || header != " @@\n") {
      return fail("not a hunk header");
    }
    ++at_;
    if (lines_before(old_range) < done_ || lines_before(old_range) > base_.size()) {
      return fail("a hunk out of order or past the end");
    }
    while (done_ < lines_before(old_range)) out_.push_back(base_[done_++]);
    if (out_.size() != lines_before(new_range)) return fail("a wrong new line number");
    const std::uint64_t old_end = done_ + old_range.count;
    const std::uint64_t new_end = out_.size() + new_range.count;
    while (done_ < old_end || out_.size() < new_end) {
      if (at_ == diff_.size()) return fail("a hunk that ends too soon");
      if (!apply_line()) return false;
    }
    return (done_ == old_end && out_.size() == new_end) || fail("more lines than announced");
  }

  bool apply_line() {
    const std::string& marked = diff_[at_++];
    std::string line = marked.substr(1);
    if (at_ < diff_.size() && diff_[at_] == "\\ No newline at end of file\n") {
      line.pop_back();
      ++at_;
    }
    const char mark = marked[0];
    if (mark != ' ' && mark != '-' && mark != '+') return fail("an unknown mark");
    if (mark != '+') {
      if (done_ == base_.size() || base_[done_] != line) return fail("a line that is not there");
      ++done_;
    }
    if (mark != '-') out_.push_back(std::move(line));
    return true;
  }

  std::vector<std::string> base_;
  std::vector<std::string> diff_;
  std::vector<std::string> out_;
  std::size_t at_ = 0;
  std::size_t done_ = 0;  ///< Lines of the base that are dealt with.
  std::string error_;
};

}  // namespace

std::expected<std::string, std::string> apply_diff(std::string_view base, std::string_view diff) {
  return DiffApplier(base, diff).run();
}

}  // namespace firn_test
