#include "notation.h"

#include <charconv>
#include <stdexcept>
#include <utility>

#include "naive_text.h"

namespace firn_test {

namespace {

/// The part of `rest` before `separator`, which is taken off with it.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t size = rest.find(separator);
  const std::string_view part = rest.substr(0, size);
  rest.remove_prefix(size == std::string_view::npos ? rest.size() : size + 1);
  return part;
}

/// What follows `separator`, taken off `rest` with it.
std::optional<std::string> take_tail(std::string_view& rest, char separator) {
  const std::size_t begin = rest.find(separator);
  if (begin == std::string_view::npos) return std::nullopt;
  std::string tail(rest.substr(begin + 1));
  rest = rest.substr(0, begin);
  return tail;
}

std::uint64_t number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    throw std::invalid_argument("not a number: " + std::string(digits));
  }
  return value;
}

std::vector<std::string> lines_in(std::string_view notation) {
  if (notation == "[]") return {};
  std::vector<std::string> lines;
  while (notation.contains('|')) lines.emplace_back(take_until(notation, '|'));
  lines.emplace_back(notation);
  return lines;
}

firn::Op op_of(char mark) {
  if (mark == '=') return firn::Op::replace_lines;
  if (mark == '-') return firn::Op::delete_lines;
  if (mark == '+') return firn::Op::insert_lines;
  throw std::invalid_argument("an op is =, - or +, not " + std::string(1, mark));
}

PatchCase parse_patch(std::string_view notation) {
  std::string_view place = take_until(notation, ':');
  PatchCase patch{.op = op_of(notation.at(0)), .line = number(take_until(place, '-'))};
  if (!place.empty()) patch.end_line = number(place);
  notation.remove_prefix(1);
  if (auto id = take_tail(notation, '#')) patch.id = *std::move(id);
  if (auto expect = take_tail(notation, '?')) {
    const std::vector<std::string> lines = lines_in(*expect);
    patch.expect = lines.front();
    for (std::size_t i = 1; i < lines.size(); ++i) *patch.expect += "\n" + lines[i];
    // A LF at the very end starts no line, so an empty last line needs one of its own.
    if (patch.expect->ends_with('\n')) *patch.expect += '\n';
  }
  if (patch.op != firn::Op::delete_lines) patch.lines = lines_in(notation);
  return patch;
}

std::string show(const firn::Error& error) {
  std::string out;
  if (error.patch) out += std::to_string(error.patch->index) + ": ";
  out += name_of(error.code);
  if (error.line) out += " at " + std::to_string(*error.line);
  if (error.limit) out += " of " + std::to_string(*error.limit);
  if (error.other) out += " with " + std::to_string(error.other->index);
  return out;
}

std::string show(firn::LineRange range) {
  return std::to_string(range.from) + "-" + std::to_string(range.to);
}

}  // namespace

std::vector<PatchCase> parse_patches(std::string_view notation) {
  std::vector<PatchCase> patches;
  while (!notation.empty()) patches.push_back(parse_patch(take_until(notation, ' ')));
  return patches;
}

firn::Batch batch_of(std::string_view notation) {
  return build({.patches = parse_patches(notation)});
}

std::string show(std::span<const firn::Error> violations) {
  std::string out;
  for (const firn::Error& error : violations) out += (out.empty() ? "" : "; ") + show(error);
  return out;
}

std::string show(const std::vector<firn::Change>& changes) {
  std::string out;
  for (const firn::Change& change : changes) {
    out += "p" + std::to_string(change.patch_index) + " " + show(change.base) + " > " +
           show(change.patched) + "; ";
  }
  return out;
}

std::string show(const std::vector<firn::Origin>& origins) {
  std::string out;
  for (const firn::Origin& origin : origins) {
    if (origin.base_line) out += std::to_string(*origin.base_line) + " ";
    if (origin.patch_index) out += "p" + std::to_string(*origin.patch_index) + " ";
  }
  return out;
}

std::string show(const firn::Plan& plan) {
  std::string out;
  for (const firn::Edit& edit : plan.edits()) {
    out += "[" + std::to_string(edit.begin) + "," + std::to_string(edit.end) + ") > " +
           literal(edit.text) + "; ";
  }
  return out;
}

}  // namespace firn_test
