#include "random_case.h"

#include <array>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "naive_text.h"

namespace firn_test {

namespace {

using namespace std::string_literals;

enum class Ends : std::uint8_t { lf, crlf, mixed };

std::string random_content(Dice& dice) {
  static const std::array contents = {""s,
                                      ""s,
                                      ""s,
                                      "a"s,
                                      "a"s,
                                      "b"s,
                                      "line"s,
                                      " \t"s,
                                      "\r"s,
                                      "a\r"s,
                                      "\rb"s,
                                      "\r\r"s,
                                      "\0"s,
                                      "x\0y"s,
                                      "\xFF\xFE"s,
                                      "\xC3"s,
                                      "caf\xC3\xA9"s,
                                      "\xEF\xBB\xBF"s,
                                      "-- a"s,
                                      "@@ -1 +1 @@"s,
                                      "\\ No newline at end of file"s};
  if (dice.one_in(30))
    return std::string(dice.between(20, 200), static_cast<char>('a' + dice.roll(26)));
  return dice.pick(contents);
}

std::string random_terminator(Dice& dice, Ends ends) {
  const bool crlf = ends == Ends::crlf || (ends == Ends::mixed && dice.one_in(2));
  return crlf ? "\r\n" : "\n";
}

std::uint64_t random_line_count(Dice& dice) {
  if (dice.one_in(200)) return dice.between(50, 300);
  if (dice.one_in(10)) return dice.between(9, 30);
  return dice.roll(9);
}

/// New text as someone would write it: with any line ends, with or without one at the end.
std::string random_new_text(Dice& dice) {
  std::string text;
  const auto ends = static_cast<Ends>(dice.roll(3));
  for (std::uint64_t count = dice.roll(4); count > 0; --count) {
    text += random_content(dice) + random_terminator(dice, ends);
  }
  return dice.one_in(2) ? text : text + random_content(dice);
}

std::vector<std::string> random_new_lines(Dice& dice) {
  std::vector<std::string> lines(dice.roll(4));
  for (std::string& line : lines) line = random_content(dice);
  return lines;
}

std::string random_expect(Dice& dice, const PatchCase& patch, const std::vector<TextLine>& lines) {
  std::string expect;
  for (std::uint64_t line = patch.line; line <= patch.last_line() && line <= lines.size(); ++line) {
    expect +=
        lines[line - 1].content +
        (lines[line - 1].terminator.empty() || dice.one_in(2) ? "\n" : lines[line - 1].terminator);
  }
  // Wrong in any of these ways, or right; without its last LF, a CR before it becomes content.
  if (dice.one_in(8)) return expect + random_content(dice);
  if (dice.one_in(8)) return random_new_text(dice);
  if (dice.one_in(4) && !expect.empty()) expect.pop_back();
  return expect;
}

PatchCase random_patch(Dice& dice, const std::vector<TextLine>& lines) {
  PatchCase patch{.op = static_cast<firn::Op>(dice.roll(3))};
  const std::uint64_t line_count = lines.size();
  patch.line = dice.between(1, line_count + (dice.one_in(6) ? 3 : 1));
  if (dice.one_in(200)) patch.line = firn::kMaxCount - dice.roll(2);
  if (patch.op != firn::Op::insert_lines && dice.one_in(2)) {
    patch.end_line = patch.line + (dice.one_in(3) ? dice.roll(line_count + 2) : dice.roll(2));
    if (*patch.end_line > firn::kMaxCount) patch.end_line = firn::kMaxCount;
  }
  if (patch.op != firn::Op::delete_lines) {
    if (dice.one_in(2)) {
      patch.text = random_new_text(dice);
    } else {
      patch.lines = random_new_lines(dice);
    }
  }
  patch.verbatim = !patch.lines && dice.one_in(3);
  if (dice.one_in(6)) patch.expect = random_expect(dice, patch, lines);
  return patch;
}

/// A batch that stays lawful as long as its patches do not run into each other.
void make_disjoint(Dice& dice, std::uint64_t line_count, std::vector<PatchCase>& patches) {
  std::uint64_t line = 1;
  std::vector<PatchCase> kept;
  for (PatchCase& patch : patches) {
    patch.line = line + dice.roll(2);
    patch.expect.reset();
    if (patch.end_line) patch.end_line = patch.line + dice.roll(3);
    const bool is_insert = patch.op == firn::Op::insert_lines;
    if (patch.last_line() > line_count + (is_insert ? 1 : 0)) break;
    line = patch.last_line() + 1;
    kept.push_back(std::move(patch));
  }
  for (std::size_t i = 1; i < kept.size(); ++i) std::swap(kept[i], kept[dice.roll(i + 1)]);
  patches = std::move(kept);
}

void random_batch_level(Dice& dice, Case& given) {
  if (dice.one_in(4)) given.options.revision = dice.roll(3);
  if (dice.one_in(4)) given.revision = dice.roll(3);
  if (dice.one_in(500)) given.revision = firn::kMaxCount - dice.roll(2);
  if (dice.one_in(10)) given.base.fingerprint = firn::fingerprint_of(given.text);
  if (dice.one_in(10)) given.base.line_count = split_lines(given.text).size();
  if (dice.one_in(100)) given.base.fingerprint = firn::Fingerprint{.high = 1, .low = 2};
  if (dice.one_in(100)) given.base.line_count = dice.roll(9);
}

}  // namespace

std::uint64_t seed_from_environment() {
  const char* const seed = std::getenv("FIRN_SEED");
  return seed == nullptr ? 20'240'229 : std::strtoull(seed, nullptr, 10);
}

std::string random_text(Dice& dice) {
  std::string text;
  const auto ends = static_cast<Ends>(dice.roll(3));
  for (std::uint64_t count = random_line_count(dice); count > 0; --count) {
    text += random_content(dice) + random_terminator(dice, ends);
  }
  if (dice.one_in(8)) text += "\n\n";
  if (dice.one_in(2)) text += random_content(dice);
  return text;
}

Case random_case(Dice& dice) {
  Case given{.text = random_text(dice)};
  const std::vector<TextLine> lines = split_lines(given.text);
  for (std::uint64_t count = dice.roll(dice.one_in(10) ? 13 : 6); count > 0; --count) {
    given.patches.push_back(random_patch(dice, lines));
  }
  if (dice.one_in(2)) make_disjoint(dice, lines.size(), given.patches);
  for (std::size_t i = 0; i < given.patches.size(); ++i) {
    if (dice.one_in(4)) given.patches[i].id = "p" + std::to_string(i);
  }
  given.options.policy = static_cast<firn::Policy>(dice.roll(3));
  given.options.ties = static_cast<firn::Ties>(dice.roll(2));
  random_batch_level(dice, given);
  return given;
}

Case shrunk(Case failing, const std::function<bool(const Case&)>& fails) {
  const auto try_smaller = [&](Case smaller) {
    if (!fails(smaller)) return false;
    failing = std::move(smaller);
    return true;
  };
  for (std::size_t i = 0; i < failing.patches.size();) {
    Case smaller = failing;
    smaller.patches.erase(smaller.patches.begin() + static_cast<std::ptrdiff_t>(i));
    if (!try_smaller(std::move(smaller))) ++i;
  }
  for (std::size_t i = 0; i < split_lines(failing.text).size();) {
    std::vector<TextLine> lines = split_lines(failing.text);
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    Case smaller = failing;
    smaller.text = join_lines(lines);
    if (!try_smaller(std::move(smaller))) ++i;
  }
  return failing;
}

}  // namespace firn_test
