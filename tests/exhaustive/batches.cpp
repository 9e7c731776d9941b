#include <algorithm>
#include <array>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "case.h"
#include "naive_text.h"
#include "small_texts.h"
#include "thorough.h"
#include "versus_oracle.h"
#include "worlds.h"

namespace firn_test {

namespace {

using firn::Op;

constexpr std::size_t kMaxLines = 4;
constexpr std::size_t kMaxPatches = 3;
constexpr std::array<LineEnds, 4> kEnds = {kLf, kCrLf, kLfBare, kCrLfBare};

/// What a patch writes. The letter is another for each patch of a batch, or nobody would notice
/// which of two texts went where.
enum class Fresh : std::uint8_t { nothing, empty_line, letter };

struct Shape {
  Op op{};
  std::uint64_t line = 0;
  std::uint64_t end_line = 0;
  Fresh fresh{};
};

PatchCase patch_of(const Shape& shape, std::size_t position) {
  PatchCase patch{.op = shape.op, .line = shape.line};
  if (shape.op != Op::insert_lines) patch.end_line = shape.end_line;
  if (shape.op == Op::delete_lines) return patch;
  patch.lines.emplace();
  if (shape.fresh == Fresh::empty_line) patch.lines->emplace_back();
  if (shape.fresh == Fresh::letter) {
    patch.lines->emplace_back(1, static_cast<char>('x' + position));
  }
  return patch;
}

/// Every patch whose lines exist, those that end one line past the last, and those that begin there
/// or, an insert, one further down.
std::vector<Shape> shapes_for(std::uint64_t line_count) {
  std::vector<Shape> shapes;
  for (std::uint64_t line = 1; line <= line_count + 2; ++line) {
    for (const Fresh fresh : {Fresh::nothing, Fresh::empty_line, Fresh::letter}) {
      shapes.push_back({.op = Op::insert_lines, .line = line, .end_line = line, .fresh = fresh});
      for (std::uint64_t end = line; end <= line_count + 1; ++end) {
        shapes.push_back({.op = Op::replace_lines, .line = line, .end_line = end, .fresh = fresh});
      }
    }
    for (std::uint64_t end = line; end <= line_count + 1; ++end) {
      shapes.push_back({.op = Op::delete_lines, .line = line, .end_line = end});
    }
  }
  return shapes;
}

/// The shapes that stand for the others in a batch of three: a replace by no line is a delete in
/// the plan, and what ends past the last line is refused wherever it begins.
std::vector<Shape> telling(std::vector<Shape> shapes, std::uint64_t line_count) {
  std::erase_if(shapes, [&](const Shape& shape) {
    if (shape.op == Op::insert_lines) return false;
    return (shape.op == Op::replace_lines && shape.fresh == Fresh::nothing) ||
           (shape.end_line > line_count && shape.line < line_count);
  });
  return shapes;
}

class EveryBatch {
 public:
  explicit EveryBatch(const std::string& text) : snapshot_(frozen(text)), given_{.text = text} {}

  /// Tries every batch of `least` to `most` of the shapes; false at the first difference.
  bool try_all(const std::vector<Shape>& shapes, std::size_t least, std::size_t most) {
    if (given_.patches.size() >= least && !try_batch()) return false;
    if (given_.patches.size() == most) return true;
    for (const Shape& shape : shapes) {
      given_.patches.push_back(patch_of(shape, given_.patches.size()));
      if (!try_all(shapes, least, most)) return false;
      given_.patches.pop_back();
    }
    return true;
  }

  [[nodiscard]] std::uint64_t batch_count() const { return batch_count_; }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  bool try_batch() {
    ++batch_count_;
    const firn::Batch batch = build(given_);
    for (const firn::Ties ties : {firn::Ties::reject, firn::Ties::keep_order}) {
      given_.options.ties = ties;
      fault_ = outcome_difference_from_oracle(snapshot_, batch, given_);
      if (fault_.empty()) continue;
      fault_ += "\n" + code_of(given_);
      return false;
    }
    return true;
  }

  firn::Snapshot snapshot_;
  Case given_;
  std::uint64_t batch_count_ = 0;
  std::string fault_;
};

/// Whoever applies never looks at what a line holds, only at whether it is empty, and at that only
/// where a text has no final newline. So in batches of three, which are many, texts without empty
/// lines stand for those of four lines, and for those with a final newline.
bool stands_for_others(std::string_view text) {
  const std::vector<TextLine> lines = split_lines(text);
  if (lines.empty() || (lines.size() < kMaxLines && lines.back().terminator.empty())) return true;
  return std::ranges::none_of(lines, [](const TextLine& line) { return line.content.empty(); });
}

}  // namespace

Findings try_batches(Extent extent) {
  constexpr std::array<std::string_view, 2> contents = {"", "a"};
  std::uint64_t text_count = 0;
  std::uint64_t batch_count = 0;
  const bool is_whole = extent == Extent::whole;
  const auto ends = std::span(kEnds).first(is_whole ? 4 : 3);
  for (std::size_t line_count = 0; line_count <= kMaxLines; ++line_count) {
    const std::vector<Shape> all = shapes_for(line_count);
    const std::vector<Shape> some = telling(all, line_count);
    for (const std::string& text : texts_of(line_count, contents, ends)) {
      EveryBatch batches(text);
      ++text_count;
      bool lawful = batches.try_all(all, 0, is_whole ? kMaxPatches : kMaxPatches - 1);
      if (lawful && !is_whole && kThorough && stands_for_others(text)) {
        lawful = batches.try_all(some, kMaxPatches, kMaxPatches);
      }
      if (!lawful) return {.fault = batches.fault()};
      batch_count += batches.batch_count();
    }
  }
  constexpr std::uint64_t ways = 2ULL * 3ULL;  // Ties and policies.
  return {.counts = {{"snapshots", text_count},
                     {"batches", batch_count},
                     {"applications that do what the oracle does", batch_count * ways}}};
}

}  // namespace firn_test
