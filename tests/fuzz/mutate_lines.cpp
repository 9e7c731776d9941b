#include "mutate_lines.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "input.h"

namespace firn_test {

namespace {

/// A line with its end, or a separator by itself, which only ever moves as a whole.
std::vector<std::string> pieces_of(const std::string& input) {
  std::vector<std::string> pieces(1);
  for (const char byte : input) {
    const bool separates = byte == kRecordSeparator;
    if (separates && !pieces.back().empty()) pieces.emplace_back();
    pieces.back() += byte;
    if (separates || byte == '\n') pieces.emplace_back();
  }
  if (pieces.back().empty()) pieces.pop_back();
  return pieces;
}

std::string with_another_end(std::string line, std::uint32_t which) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
  constexpr const char* kEnds[] = {"\n", "\r\n", "", "\r"};
  return line + kEnds[which % std::size(kEnds)];
}

void mutate(std::vector<std::string>& pieces, std::mt19937& random) {
  const auto any = [&] { return static_cast<std::ptrdiff_t>(random() % pieces.size()); };
  const auto at = pieces.begin() + any();
  switch (random() % 6) {
    case 0:
      pieces.erase(at);
      break;
    case 1:
      pieces.insert(pieces.begin() + any(), std::string(*at));
      break;
    case 2: {
      std::string line = std::move(*at);
      pieces.erase(at);
      pieces.insert(pieces.begin() + (pieces.empty() ? 0 : any()), std::move(line));
      break;
    }
    case 3:
      std::iter_swap(at, pieces.begin() + any());
      break;
    case 4:
      *at = with_another_end(std::move(*at), static_cast<std::uint32_t>(random()));
      break;
    default: {
      // A run of lines once more elsewhere: what diffs and merges have to tell apart.
      const auto end = at + std::min<std::ptrdiff_t>(1 + static_cast<std::ptrdiff_t>(random() % 8),
                                                     pieces.end() - at);
      const std::vector<std::string> run(at, end);
      pieces.insert(pieces.begin() + any(), run.begin(), run.end());
    }
  }
}

}  // namespace

std::size_t mutate_lines(std::uint8_t* data, std::size_t size, std::size_t max_size,
                         std::uint32_t seed) {
  std::vector<std::string> pieces = pieces_of(std::string(data, data + size));
  if (pieces.empty()) return size;
  std::mt19937 random(seed);
  mutate(pieces, random);
  std::string mutated;
  for (const std::string& piece : pieces) mutated += piece;
  if (mutated.empty()) return size;
  mutated.resize(std::min(mutated.size(), max_size));
  std::ranges::copy(mutated, data);
  return mutated.size();
}

}  // namespace firn_test
