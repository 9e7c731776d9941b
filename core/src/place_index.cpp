#include "place_index.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "heap_sort.h"
#include "xxh3.h"

namespace firn {

namespace {

/// Odd, so that no power of it loses bits. The arithmetic is modulo 2^64.
constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15;

std::uint64_t hash_of(std::string_view line, const LineMatcher& matcher, std::string& scratch) {
  const std::string_view compared = matcher.compared(line, scratch);
  return XXH3_64bits(compared.data(), compared.size());
}

/// By hash, then by line, in O(n) and without a look at what cannot be guessed. REQUIRES lines that
/// ascend: sorting by the upper bits, some at a time, leaves those of one hash in order. Few
/// different hashes share all of these bits, unless someone looked for such; they are put in order
/// by themselves.
void sort_by_hash(std::vector<PlaceIndex::Line>& lines) {
  if (std::ranges::is_sorted(lines, {}, &PlaceIndex::Line::hash)) return;
  constexpr unsigned kDigitBits = 11;
  constexpr unsigned kUpperBits = 64 - 3 * kDigitBits;
  std::vector<PlaceIndex::Line> sorted(lines.size());
  for (unsigned shift = kUpperBits; shift < 64; shift += kDigitBits) {
    const auto digit = [shift](const PlaceIndex::Line& line) {
      return (line.hash >> shift) & ((1U << kDigitBits) - 1);
    };
    std::array<std::size_t, 1U << kDigitBits> places{};
    for (const PlaceIndex::Line& line : lines) ++places[digit(line)];
    std::size_t next = 0;
    for (std::size_t& place : places) place = std::exchange(next, next + place);
    for (const PlaceIndex::Line& line : lines) sorted[places[digit(line)]++] = line;
    lines.swap(sorted);
  }
  for (auto run = lines.begin(); run != lines.end();) {
    const auto run_end = std::find_if(run, lines.end(), [&](const PlaceIndex::Line& line) {
      return line.hash >> kUpperBits != run->hash >> kUpperBits;
    });
    std::ranges::subrange few(run, run_end);
    heap_sort(few, [](const PlaceIndex::Line& line) { return std::pair(line.hash, line.line); });
    run = run_end;
  }
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
  sort_by_hash(by_hash_);
}

PlaceIndex::PatternLines PlaceIndex::hashed(std::span<const std::string_view> lines) const {
  PatternLines hashed{.rolled = {0}, .powers = {1}, .places = {}};
  hashed.rolled.reserve(lines.size() + 1);
  hashed.powers.reserve(lines.size() + 1);
  hashed.places.reserve(lines.size());
  std::string scratch;
  for (const std::string_view line : lines) {
    const std::uint64_t hash = hash_of(line, matcher_, scratch);
    hashed.rolled.push_back(hashed.rolled.back() * kBase + hash);
    hashed.powers.push_back(hashed.powers.back() * kBase);
    const auto equal = std::ranges::equal_range(by_hash_, hash, {}, &Line::hash);
    hashed.places.emplace_back(equal.begin(), equal.end());
  }
  return hashed;
}

PlaceIndex::Pattern PlaceIndex::part_of(const PatternLines& lines, std::uint64_t begin,
                                        std::uint64_t end, std::uint64_t rarest) {
  const std::uint64_t power = lines.powers[end - begin];
  return {.hash = lines.rolled[end] - lines.rolled[begin] * power,
          .power = power,
          .size = end - begin,
          .rarest = rarest - begin,
          .rarest_lines = lines.places[rarest]};
}

}  // namespace firn
