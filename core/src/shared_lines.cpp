#include "shared_lines.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

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

/// The first 1-based line, of line_count + 1 beginnings, that begins at or past `byte_offset`.
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

}  // namespace

std::uint64_t shared_lines_from(const Snapshot& before, std::uint64_t before_line,
                                std::uint64_t before_last, const Snapshot& after,
                                std::uint64_t after_line, std::uint64_t after_last) {
  const std::uint64_t most = std::min(before_last + 1 - before_line, after_last + 1 - after_line);
  const std::uint64_t before_begin = before.byte_offset_of(before_line);
  const std::uint64_t after_begin = after.byte_offset_of(after_line);
  const std::uint64_t before_end = before.byte_offset_of(before_line + most);
  const std::uint64_t after_end = after.byte_offset_of(after_line + most);
  const std::size_t shared =
      common_prefix(before.bytes().substr(before_begin, before_end - before_begin),
                    after.bytes().substr(after_begin, after_end - after_begin));
  std::uint64_t count = 0;
  while (count < most && after.byte_offset_of(after_line + count + 1) - after_begin <= shared) {
    ++count;
  }
  // A last line without terminator may only be how the other text's line begins.
  if (count > 0 && before.byte_offset_of(before_line + count) - before_begin !=
                       after.byte_offset_of(after_line + count) - after_begin) {
    --count;
  }
  return count;
}

std::uint64_t shared_lines_at_end(const Snapshot& before, const Snapshot& after,
                                  std::uint64_t line_count) {
  const std::uint64_t begin = before.byte_offset_of(line_count + 1);
  const std::size_t shared =
      common_suffix(before.bytes().substr(begin), after.bytes().substr(begin));
  // The byte in front of a shared line must be shared too, or else be where the rest begins.
  const std::uint64_t from = before.byte_size() - shared;
  const bool both_begin_there = from == begin && after.byte_size() - shared == begin;
  const std::uint64_t first = first_line_from(before, both_begin_there ? from : from + 1);
  return before.line_count() + 1 - std::min(first, before.line_count() + 1);
}

}  // namespace firn
