#include "random_drift.h"

#include <algorithm>
#include <cstddef>
#include <sstream>

namespace firn_test {

namespace {

using Lines = RandomText::Lines;

/// Lines that repeat: few different ones, one block over and over, or functions that look alike.
Lines random_lines(RandomText& random, std::uint64_t count) {
  const std::uint64_t letters = random.one_in(3) ? 2 : 3 + random.below(20);
  Lines lines = random.lines(count, letters);
  const Lines function = {"function f() {", "  if (a) {", "    b();", "  }",
                          "  return x;",    "}",          ""};
  const std::uint64_t kind = random.below(3);
  if (kind == 0) return lines;
  const Lines block = kind == 1 ? random.lines(2 + random.below(4), letters) : function;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!random.one_in(9)) lines[i] = block[i % block.size()];
  }
  return lines;
}

/// A block somewhere is moved, or comes a second time.
Lines with_block_moved(RandomText& random, Lines lines) {
  const std::uint64_t begin = random.below(lines.size() + 1);
  const auto first = lines.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto count = std::min<std::uint64_t>(random.below(8), lines.size() - begin);
  const Lines block(first, first + static_cast<std::ptrdiff_t>(count));
  if (random.one_in(2)) lines.erase(first, first + static_cast<std::ptrdiff_t>(count));
  const std::uint64_t to = random.below(lines.size() + 1);
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(to), block.begin(), block.end());
  return lines;
}

std::string with_other_blanks(RandomText& random, const std::string& line) {
  std::string other;
  for (const char byte : line)
    other += byte == ' ' ? random.one_in(2) ? "\t" : "  " : std::string(1, byte);
  return random.one_in(2) ? other : other + " \t";
}

/// What the diff is put on: `from`, as time has changed it; `to` is what the diff makes of it.
Lines drifted(RandomText& random, const Lines& from, const Lines& to) {
  Lines lines = from;
  if (random.one_in(4)) {  // The diff is applied already, as far down as a line.
    const auto end =
        static_cast<std::ptrdiff_t>(random.below(std::min(from.size(), to.size()) + 1));
    lines.assign(to.begin(), to.begin() + end);
    lines.insert(lines.end(), from.begin() + end, from.end());
  }
  if (random.one_in(2)) {
    const Lines more = random_lines(random, 1 + random.below(6));
    lines.insert(lines.begin(), more.begin(), more.end());
  }
  if (random.one_in(3)) lines = with_block_moved(random, lines);
  return random.edited(lines, random.below(4), 20);
}

}  // namespace

Drift random_drift(RandomText& random) {
  const Lines before = random_lines(random, random.below(50));
  const Lines after = random.edited(before, 1 + random.below(4), 20);
  const bool has_cr = random.one_in(4);
  const auto line_end = has_cr ? "\r\n" : "\n";
  Drift drift = {.old_text = random.joined(before, line_end),
                 .new_text = random.joined(after, line_end),
                 .target = {},
                 .context = random.one_in(5) ? 4 + random.below(7) : random.below(4),
                 .lines_off = random.one_in(4) ? random.below(9) : 0,
                 .reverse = random.one_in(3),
                 .ignore_blanks = !has_cr && random.one_in(4)};
  const std::uint64_t kind = random.below(6);
  if (kind < 2) {  // Nobody has touched it: nothing of the diff is in it, or all.
    drift.target = (kind == 0) == drift.reverse ? drift.new_text : drift.old_text;
    return drift;
  }
  Lines lines = drift.reverse ? drifted(random, after, before) : drifted(random, before, after);
  for (std::string& line : lines) {
    if (drift.ignore_blanks && random.one_in(3)) line = with_other_blanks(random, line);
  }
  drift.target = random.joined(lines, line_end);
  return drift;
}

std::string with_lines_off(const std::string& diff, std::uint64_t lines_off) {
  std::istringstream lines(diff);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    for (std::size_t at = 0; line.starts_with("@@ ") && at < line.rfind(" @@");) {
      at = line.find_first_of("-+", at) + 1;
      const std::string number = line.substr(at, line.find_first_of(", ", at) - at);
      line.replace(at, number.size(), std::to_string(std::stoull(number) + lines_off));
      at = line.find(' ', at);
    }
    text += line + "\n";
  }
  return text;
}

}  // namespace firn_test
