#include "line_tokens.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>

#include "xxh3.h"

namespace firn {

namespace {

std::uint64_t load_word(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// How many leading bytes the two share.
std::size_t common_prefix(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  std::size_t i = 0;
  for (; i + 8 <= limit; i += 8) {
    const std::uint64_t difference = load_word(a.data() + i) ^ load_word(b.data() + i);
    if (difference != 0) return i + static_cast<std::size_t>(std::countr_zero(difference)) / 8;
  }
  while (i < limit && a[i] == b[i]) ++i;
  return i;
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  const char* const a_end = a.data() + a.size();
  const char* const b_end = b.data() + b.size();
  std::size_t i = 0;
  for (; i + 8 <= limit; i += 8) {
    const std::uint64_t difference = load_word(a_end - i - 8) ^ load_word(b_end - i - 8);
    if (difference != 0) return i + static_cast<std::size_t>(std::countl_zero(difference)) / 8;
  }
  while (i < limit && *(a_end - i - 1) == *(b_end - i - 1)) ++i;
  return i;
}

/// The first 1-based line, of line_count + 1 beginnings, that begins at or past
/// `byte_offset`.
std::uint64_t first_line_from(const Snapshot& text, std::uint64_t byte_offset) {
  std::uint64_t low = 1;
  std::uint64_t high = text.line_count() + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (text.byte_offset_of(middle) < byte_offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::uint64_t equal_lines_at_top(const Snapshot& before, const Snapshot& after) {
  const std::size_t shared = common_prefix(before.bytes(), after.bytes());
  // A line counts when its terminator is shared too, or when both texts end
  // with it.
  if (shared == before.byte_size() && shared == after.byte_size()) return before.line_count();
  const std::size_t last_break = before.bytes().substr(0, shared).rfind('\n');
  if (last_break == std::string_view::npos) return 0;
  return first_line_from(before, last_break + 1) - 1;
}

std::uint64_t equal_lines_at_bottom(const Snapshot& before, const Snapshot& after,
                                    std::uint64_t prefix_lines) {
  const std::uint64_t begin = before.byte_offset_of(prefix_lines + 1);
  const std::size_t shared =
      common_suffix(before.bytes().substr(begin), after.bytes().substr(begin));
  // The byte in front of a shared line must be shared too, or else be where the
  // middle begins.
  const std::uint64_t from = before.byte_size() - shared;
  const bool both_begin_there = from == begin && after.byte_size() - shared == begin;
  const std::uint64_t first = first_line_from(before, both_begin_there ? from : from + 1);
  return before.line_count() + 1 - std::min(first, before.line_count() + 1);
}

/// Numbers lines in the order in which they first appear. Open addressing over
/// 32 bits of each line's hash; a hit is confirmed against the line itself.
class Interner {
 public:
  explicit Interner(std::uint64_t line_count)
      : slots_(std::bit_ceil(std::max<std::uint64_t>(line_count * 2, 16))),
        mask_(slots_.size() - 1) {
    lines_.reserve(line_count);
  }

  std::uint32_t token_of(std::string_view line) {
    const std::uint64_t hash = XXH3_64bits(line.data(), line.size());
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::uint64_t slot = hash & mask_;; slot = (slot + 1) & mask_) {
      Slot& entry = slots_[slot];
      if (entry.token_plus_one == 0) {
        lines_.push_back(line);
        entry = {.tag = tag, .token_plus_one = static_cast<std::uint32_t>(lines_.size())};
        return entry.token_plus_one - 1;
      }
      if (entry.tag == tag && lines_[entry.token_plus_one - 1] == line) {
        return entry.token_plus_one - 1;
      }
    }
  }

  [[nodiscard]] std::uint32_t token_count() const {
    return static_cast<std::uint32_t>(lines_.size());
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t token_plus_one = 0;  ///< 0: free.
  };

  std::vector<Slot> slots_;
  std::uint64_t mask_;
  std::vector<std::string_view> lines_;
};

/// Appends the tokens of lines [from, to] of `text`.
void append_tokens(const Snapshot& text, std::uint64_t from, std::uint64_t to, Interner& interner,
                   std::vector<std::uint32_t>& tokens) {
  std::uint64_t begin = text.byte_offset_of(from);
  for (std::uint64_t line = from; line <= to; ++line) {
    const std::uint64_t end = text.byte_offset_of(line + 1);
    tokens.push_back(interner.token_of(text.bytes().substr(begin, end - begin)));
    begin = end;
  }
}

std::vector<std::uint32_t> tokens_of(const Snapshot& text, const LineTokens& ends,
                                     Interner& interner) {
  std::vector<std::uint32_t> tokens;
  const std::uint64_t last = text.line_count() - ends.suffix_lines;
  tokens.reserve(last - ends.prefix_lines);
  append_tokens(text, ends.prefix_lines + 1, last, interner, tokens);
  return tokens;
}

/// The tokens of `text`, of which the lines that it shares with `base` at both ends have theirs.
std::vector<std::uint32_t> tokens_beside(const Snapshot& text, const Snapshot& base,
                                         const std::vector<std::uint32_t>& base_tokens,
                                         Interner& interner) {
  const std::uint64_t top = equal_lines_at_top(base, text);
  const std::uint64_t bottom = equal_lines_at_bottom(base, text, top);
  std::vector<std::uint32_t> tokens;
  tokens.reserve(text.line_count());
  const auto top_end = base_tokens.begin() + static_cast<std::ptrdiff_t>(top);
  tokens.insert(tokens.end(), base_tokens.begin(), top_end);
  append_tokens(text, top + 1, text.line_count() - bottom, interner, tokens);
  const auto bottom_begin = base_tokens.end() - static_cast<std::ptrdiff_t>(bottom);
  tokens.insert(tokens.end(), bottom_begin, base_tokens.end());
  return tokens;
}

}  // namespace

LineTokens tokenize_lines(const Snapshot& before, const Snapshot& after) {
  LineTokens tokens;
  tokens.prefix_lines = equal_lines_at_top(before, after);
  tokens.suffix_lines = equal_lines_at_bottom(before, after, tokens.prefix_lines);
  const std::uint64_t shared = tokens.prefix_lines + tokens.suffix_lines;
  Interner interner(before.line_count() + after.line_count() - 2 * shared);
  tokens.before = tokens_of(before, tokens, interner);
  tokens.after = tokens_of(after, tokens, interner);
  tokens.token_count = interner.token_count();
  return tokens;
}

MergeTokens tokenize_merge(const Snapshot& base, const Snapshot& ours, const Snapshot& theirs) {
  Interner interner(base.line_count() + ours.line_count() + theirs.line_count());
  MergeTokens tokens;
  tokens.base.reserve(base.line_count());
  append_tokens(base, 1, base.line_count(), interner, tokens.base);
  tokens.ours = tokens_beside(ours, base, tokens.base, interner);
  tokens.theirs = tokens_beside(theirs, base, tokens.base, interner);
  tokens.token_count = interner.token_count();
  return tokens;
}

}  // namespace firn
