#include "lcs_tables.h"

#include <algorithm>
#include <bit>
#include <span>

// Highway compiles this file once per instruction set and picks at run time; in WebAssembly there
// is one, SIMD128.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lcs_tables.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

#include "lcs_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

/// A part of both sequences, half-open, in places from one of the input's corners.
struct Box {
  std::int32_t before_begin;
  std::int32_t before_end;
  std::int32_t after_begin;
  std::int32_t after_end;

  [[nodiscard]] std::int32_t before_size() const { return before_end - before_begin; }
  [[nodiscard]] std::int32_t after_size() const { return after_end - after_begin; }
};

/// Where a table lies, and the corner that it begins in.
struct Table {
  Point corner{};
  std::int32_t first_word = 0;
  std::int32_t word_count = 0;
  std::size_t offset = 0;
};

/// What a table says: how many lines differ between its corner and a point. No table may be made
/// meanwhile.
class Distance {
 public:
  Distance(const Table& table, const std::vector<std::uint64_t>& memory)
      : table_(table), rows_(memory.data() + table.offset) {}

  [[nodiscard]] HWY_INLINE std::int32_t operator()(Point point) const {
    const std::int32_t lines = point.before - table_.corner.before;
    const std::uint64_t* const row = rows_ + std::ptrdiff_t{lines} * table_.word_count;
    const std::int32_t unmatched =
        unmatched_before(row, point.after - table_.first_word * kWordBits);
    return lines - (point.after - table_.corner.after) + 2 * unmatched;
  }

 private:
  Table table_;
  const std::uint64_t* rows_;
};

/// The tables of a corner of the input, in places that count from there.
class Corner {
 public:
  Corner(std::span<const std::uint64_t> matches, std::int32_t word_count,
         std::vector<std::uint64_t>& memory)
      : matches_(matches), word_count_(word_count), memory_(memory) {}

  /// Of `box`, from its first corner. It lies behind all others.
  Table table(const Box& box) {
    Table table{.corner = {box.before_begin, box.after_begin},
                .first_word = word_of(box.after_begin),
                .word_count = words_for(box.after_end) - word_of(box.after_begin),
                .offset = memory_.size()};
    const auto width = static_cast<std::size_t>(table.word_count);
    const auto height = static_cast<std::size_t>(box.before_size());
    memory_.resize(table.offset + (height + 1) * width);
    std::uint64_t* row = memory_.data() + table.offset;
    std::fill_n(row, width, ~std::uint64_t{0});
    // Bits in front of the box are clear, and stay so.
    row[0] = ~bits_below(box.after_begin);
    const std::uint64_t* matches = matches_.data() +
                                   static_cast<std::size_t>(box.before_begin) * word_count_ +
                                   table.first_word;
    for (std::size_t line = 0; line < height; ++line) {
      fill_next_row(row, width, matches);
      row += width;
      matches += word_count_;
    }
    return table;
  }

 private:
  std::span<const std::uint64_t> matches_;
  std::int32_t word_count_;
  std::vector<std::uint64_t>& memory_;
};

class Solver {
 public:
  Solver(const TablesInput& input, TablesMemory& memory)
      : input_(input),
        memory_(memory),
        word_count_(words_for(input.after_size)),
        top_(matches(0), word_count_, memory.tables),
        end_(matches(1), word_count_, memory.tables) {}

  void solve() {
    fill_matches();
    memory_.tables.clear();
    memory_.differing.clear();
    const Box all{0, input_.before_size, 0, input_.after_size};
    const Table from_top = top_.table(all);
    const std::int32_t distance =
        Distance(from_top, memory_.tables)({all.before_end, all.after_end});
    if (distance == all.before_size() + all.after_size()) {
      append(all);
      return;
    }
    solve(all, from_top, end_.table(all), distance);
  }

 private:
  /// Room for a row of bits for each token of `before`, from both corners.
  std::span<std::uint64_t> matches(std::size_t corner) {
    const std::size_t size = static_cast<std::size_t>(input_.before_size) * word_count_;
    if (memory_.matches.size() < 2 * size) memory_.matches.resize(2 * size);
    return std::span(memory_.matches).subspan(corner * size, size);
  }

  void fill_matches() {
    std::uint64_t* row = matches(0).data();
    std::uint64_t* row_from_end = matches(1).data();
    for (std::int32_t line = 0; line < input_.before_size; ++line) {
      const std::uint32_t token = input_.before[line];
      const std::uint32_t token_from_end = input_.before[input_.before_size - 1 - line];
      for (std::ptrdiff_t i = 0; i < word_count_; ++i) {
        *row++ = equal_bits(input_.after + i * kWordBits, token);
        *row_from_end++ = equal_bits(input_.after_from_end + i * kWordBits, token_from_end);
      }
    }
  }

  [[nodiscard]] Point turned(Point point) const {
    return {input_.before_size - point.before, input_.after_size - point.after};
  }

  void append(const Box& box) {
    memory_.differing.push_back(
        {static_cast<std::uint32_t>(box.before_begin), static_cast<std::uint32_t>(box.before_end),
         static_cast<std::uint32_t>(box.after_begin), static_cast<std::uint32_t>(box.after_end)});
  }

  /// Takes what is equal at both ends off `box`.
  void trim(Box& box) const {
    const std::uint32_t* const before = input_.before;
    const std::uint32_t* const after = input_.after;
    while (box.before_begin < box.before_end && box.after_begin < box.after_end &&
           before[box.before_begin] == after[box.after_begin]) {
      ++box.before_begin;
      ++box.after_begin;
    }
    while (box.before_begin < box.before_end && box.after_begin < box.after_end &&
           before[box.before_end - 1] == after[box.after_end - 1]) {
      --box.before_end;
      --box.after_end;
    }
  }

  /// Of `box`, in which `distance` lines differ: true if that is all of them.
  bool is_solved(Box& box, std::int32_t distance) {
    trim(box);
    if (distance < box.before_size() + box.after_size()) return false;
    if (distance > 0) append(box);
    return true;
  }

  void solve(const Box& box, const Table& from_top, const Table& from_end, std::int32_t distance) {
    const Point cut = meeting(box, from_top, from_end, distance);
    const std::size_t memory = memory_.tables.size();
    const std::int32_t steps = (distance + 1) / 2;
    Box above{box.before_begin, cut.before, box.after_begin, cut.after};
    if (!is_solved(above, steps)) {
      const Point end = turned({above.before_end, above.after_end});
      const Point begin = turned({above.before_begin, above.after_begin});
      solve(above, from_top, end_.table({end.before, begin.before, end.after, begin.after}), steps);
      memory_.tables.resize(memory);
    }
    Box below{cut.before, box.before_end, cut.after, box.after_end};
    if (!is_solved(below, distance - steps)) {
      solve(below, top_.table(below), from_end, distance - steps);
      memory_.tables.resize(memory);
    }
  }

  /// The highest diagonal on which both walks have come as far as each other after half of the
  /// steps, and there the place of the one that took the last step.
  [[nodiscard]] Point meeting(const Box& box, const Table& from_top, const Table& from_end,
                              std::int32_t distance) const {
    const std::int32_t steps = (distance + 1) / 2;
    const std::int32_t steps_from_end = distance - steps;
    const Distance to_top(from_top, memory_.tables);
    const Distance to_end(from_end, memory_.tables);
    const auto is_ahead = [&](Point point) { return to_top(point) <= steps; };
    const auto is_met = [&](Point point) { return to_end(turned(point)) <= steps_from_end; };
    const auto has_next = [&](Point point) {
      return point.before < box.before_end && point.after < box.after_end;
    };
    std::int32_t diagonal = std::min(steps, box.before_size() - box.after_size() + steps_from_end);
    if (diagonal > box.before_size()) {
      diagonal -= (diagonal - box.before_size() + 1) / 2 * 2;
    }
    Point point{box.before_begin + std::max(diagonal, 0), box.after_begin + std::max(-diagonal, 0)};
    while (true) {
      while (has_next(point) && is_ahead({point.before + 1, point.after + 1})) {
        ++point.before;
        ++point.after;
      }
      if (is_met(point)) break;
      // Two diagonals down, and back to where the walk from the top has been.
      --point.before;
      ++point.after;
      while (point.before < box.before_begin) {
        ++point.before;
        ++point.after;
      }
      while (point.after > box.after_end || !is_ahead(point)) {
        --point.before;
        --point.after;
      }
    }
    if (distance % 2 != 0) return point;
    while (point.before > box.before_begin && point.after > box.after_begin &&
           is_met({point.before - 1, point.after - 1})) {
      --point.before;
      --point.after;
    }
    return point;
  }

  const TablesInput& input_;
  TablesMemory& memory_;
  std::int32_t word_count_;
  Corner top_;
  Corner end_;
};

std::span<const Region> solve_by_tables(const TablesInput& input, TablesMemory& memory) {
  Solver(input, memory).solve();
  return memory.differing;
}

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace firn {

namespace {

HWY_EXPORT(solve_by_tables);

}  // namespace

std::span<const Region> solve_by_tables(const TablesInput& input, TablesMemory& memory) {
  return HWY_DYNAMIC_DISPATCH(solve_by_tables)(input, memory);
}

}  // namespace firn

#endif  // HWY_ONCE
