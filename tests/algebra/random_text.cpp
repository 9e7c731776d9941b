#include "random_text.h"

#include <cstdlib>
#include <stdexcept>

namespace firn_test {

std::uint64_t seed_of_run() {
  const char* const seed = std::getenv("FIRN_SEED");
  return seed == nullptr ? 20'240'601 : std::strtoull(seed, nullptr, 10);
}

std::string seed_note(std::uint64_t seed) { return "FIRN_SEED=" + std::to_string(seed); }

std::uint64_t rounds_of_run(std::uint64_t usual) {
  const char* const rounds = std::getenv("FIRN_ROUNDS");
  return rounds == nullptr ? usual : std::strtoull(rounds, nullptr, 10);
}

firn::Snapshot frozen(std::string_view text) {
  auto snapshot = firn::freeze(text);
  if (!snapshot) throw std::runtime_error(snapshot.error().message);
  return *std::move(snapshot);
}

std::string applied(const firn::Snapshot& snapshot, const firn::Batch& batch) {
  const auto patched = firn::apply(snapshot, batch);
  if (!patched) throw std::runtime_error(patched.error().front().message);
  const auto bytes = patched->bytes();
  if (!bytes) throw std::runtime_error(bytes.error().message);
  return std::string(bytes->view());
}

std::string RandomText::line(std::uint64_t letters) {
  if (one_in(12)) return " x ";
  return std::string(below(3), static_cast<char>('a' + below(letters)));
}

RandomText::Lines RandomText::lines(std::uint64_t count, std::uint64_t letters) {
  Lines lines;
  for (std::uint64_t i = 0; i < count; ++i) lines.push_back(line(letters));
  return lines;
}

RandomText::Lines RandomText::edited(Lines lines, std::uint64_t edits, std::uint64_t letters) {
  for (; edits > 0; --edits) {
    const std::uint64_t at = below(lines.size() + 1);
    const std::uint64_t removed = std::min<std::uint64_t>(below(3), lines.size() - at);
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(at);
    lines.erase(begin, begin + static_cast<std::ptrdiff_t>(removed));
    const Lines added = this->lines(below(4), letters);
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), added.begin(), added.end());
  }
  return lines;
}

std::string RandomText::joined(const Lines& lines, std::string_view line_end) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append(line_end);
  if (!text.empty() && one_in(6)) text.resize(text.size() - line_end.size());
  return text;
}

std::string RandomText::wild(std::uint64_t max_lines) {
  static const std::string pieces[] = {"a", "b", "", std::string(1, '\0'), "\xff", "\r", "\xc3"};
  std::string text;
  const std::uint64_t count = below(max_lines + 1);
  const std::uint64_t style = below(3);
  for (std::uint64_t i = 0; i < count; ++i) {
    text += pieces[below(std::size(pieces))];
    if (i + 1 == count && one_in(3)) break;
    text += style == 0 || (style == 2 && one_in(2)) ? "\n" : "\r\n";
  }
  return text;
}

}  // namespace firn_test
