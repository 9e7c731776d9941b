#include "input.h"

#include <algorithm>
#include <string>

namespace firn_test {

namespace {

/// The part of `rest` before `separator`, which is taken off with it.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t size = rest.find(separator);
  const std::string_view part = rest.substr(0, size);
  rest.remove_prefix(size == std::string_view::npos ? rest.size() : size + 1);
  return part;
}

/// A digit's value, and of any other byte some number.
std::uint64_t number_of(char byte) { return static_cast<std::uint8_t>(byte - '0'); }

firn::Op op_of(char mark) {
  if (mark == '=') return firn::Op::replace_lines;
  if (mark == '-') return firn::Op::delete_lines;
  if (mark == '+') return firn::Op::insert_lines;
  return static_cast<firn::Op>(number_of(mark) % 3);
}

std::string new_text(std::string_view notation) {
  std::string text;
  for (const char byte : notation) {
    if (byte == '~') text += '\r';
    text += byte == '|' || byte == '~' ? '\n' : byte;
  }
  return text;
}

std::string expected_text(const PatchCase& patch, const std::vector<TextLine>& lines) {
  std::string expected;
  for (std::uint64_t line = patch.line; line <= patch.last_line() && line <= lines.size(); ++line) {
    expected += lines[line - 1].content + "\n";
  }
  return expected;
}

PatchCase patch_in(std::string_view notation, const std::vector<TextLine>& lines) {
  const auto at = [&](std::size_t place) {
    return place < notation.size() ? notation[place] : '0';
  };
  const std::uint64_t how = number_of(at(3));
  PatchCase patch{.op = op_of(at(0)), .line = number_of(at(1))};
  if ((how & kPastTheEnd) == 0) {
    const bool may_stand_behind = patch.op == firn::Op::insert_lines || lines.empty();
    patch.line %= lines.size() + (may_stand_behind ? 1 : 0);
  }
  patch.line += 1;
  if (patch.op != firn::Op::insert_lines) patch.end_line = patch.line + number_of(at(2)) % 16;
  const std::string text = new_text(notation.substr(std::min<std::size_t>(4, notation.size())));
  if (patch.op != firn::Op::delete_lines) {
    if ((how & kAsLines) != 0) {
      patch.lines = text.empty() ? std::vector<std::string>{} : lines_of_text(text);
    } else {
      patch.text = text;
    }
  }
  patch.verbatim = !patch.lines && (how & kVerbatim) != 0;
  if ((how & kExpectOther) != 0) {
    patch.expect = text;
  } else if ((how & kExpect) != 0) {
    patch.expect = expected_text(patch, lines);
  }
  return patch;
}

}  // namespace

Input::Input(std::string_view bytes) : settings_(take_until(bytes, kRecordSeparator)) {
  while (!bytes.empty()) texts_.emplace_back(take_until(bytes, kRecordSeparator));
}

std::uint64_t Input::setting(std::uint64_t bound) {
  if (settings_.empty()) return 0;
  const std::uint64_t number = number_of(settings_.front());
  settings_.remove_prefix(1);
  return number % bound;
}

std::string_view Input::text(std::size_t index) const {
  return index < texts_.size() ? texts_[index].view() : std::string_view();
}

std::vector<PatchCase> patches_in(std::string_view notation, std::string_view text) {
  constexpr std::size_t kMaxPatches = 16;
  const std::vector<TextLine> lines = split_lines(text);
  std::vector<PatchCase> patches;
  while (!notation.empty() && patches.size() < kMaxPatches) {
    patches.push_back(patch_in(take_until(notation, '\n'), lines));
  }
  return patches;
}

}  // namespace firn_test
