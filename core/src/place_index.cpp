#include "place_index.h"

#include <algorithm>
#include <functional>
#include <string>

#include "xxh3.h"

namespace firn {

namespace {

/// Odd, so that no power of it loses bits. The arithmetic is modulo 2^64.
constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15;

std::uint64_t hash_of(std::string_view line, const LineMatcher& matcher, std::string& scratch) {
  const std::string_view compared = matcher.compared(line, scratch);
  return XXH3_64bits(compared.data(), compared.size());
}

}  // namespace

PlaceIndex::PlaceIndex(const Snapshot& text, const LineMatcher& matcher) : matcher_(matcher) {
  by_hash_.reserve(text.line_count());
  rolled_.reserve(text.line_count() + 1);
  rolled_.push_back(0);
  std::string scratch;
  for (std::uint64_t line = 1; line <= text.line_count(); ++line) {
    const std::uint64_t hash = hash_of(text.lines(line, line), matcher_, scratch);
    by_hash_.push_back({.hash = hash, .line = line});
    rolled_.push_back(rolled_.back() * kBase + hash);
  }
  std::ranges::sort(by_hash_, [](const Line& a, const Line& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.line < b.line;
  });
}

PlaceIndex::Pattern PlaceIndex::pattern_of(std::span<const std::string_view> lines) const {
  Pattern pattern{.power = 1, .size = lines.size()};
  std::string scratch;
  for (std::uint64_t i = 0; i < lines.size(); ++i) {
    const std::uint64_t hash = hash_of(lines[i], matcher_, scratch);
    pattern.hash = pattern.hash * kBase + hash;
    pattern.power *= kBase;
    const auto equal = std::ranges::equal_range(by_hash_, hash, {}, &Line::hash);
    if (i > 0 && equal.size() >= pattern.rarest_lines.size()) continue;
    pattern.rarest = i;
    pattern.rarest_lines = {equal.begin(), equal.end()};
  }
  return pattern;
}

}  // namespace firn
