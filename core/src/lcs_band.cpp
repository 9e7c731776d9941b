#include "lcs_band.h"

#include <algorithm>
#include <array>
#include <bit>

// Highway compiles this file once per instruction set and picks at run time; in WebAssembly there
// is one, SIMD128.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lcs_band.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

#include "lcs_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

/// The band, in blocks of as many lines as a word has bits. Columns count from kBandSteps in front
/// of the second sequence, where nothing is, so that block `b` needs the words from `b` on:
///
///     lines   1 to  64    words 0 1 2 3 4 5 6 7 8
///     lines  65 to 128    words   1 2 3 4 5 6 7 8 9
///
/// What has left the band on the left grows no more, which no walk within it can tell.
class Band {
 public:
  Band(const SearchBox& box, std::vector<std::uint64_t>& memory) : box_(box), rows_(memory) {
    rows_.clear();
    skipped_.clear();
  }

  /// Fills blocks until no place of a line is within kBandSteps. False if that takes too many.
  bool fill(std::int32_t most_lines) {
    const std::int32_t most_blocks = std::min({most_lines, box_.before_end - box_.before_begin,
                                               box_.after_end - box_.after_begin - kBandSteps}) /
                                     kWordBits;
    for (std::int32_t block = 0; block < most_blocks; ++block) {
      add_block(block);
      if (is_behind_all(block)) return true;
    }
    return false;
  }

  /// How many lines differ between the corner and `point`.
  [[nodiscard]] HWY_INLINE std::int32_t distance(Point point) const {
    const std::int32_t block = point.before == 0 ? 0 : (point.before - 1) / kWordBits;
    const std::uint64_t* const row = row_of(block, point.before - block * kWordBits);
    const std::int32_t column = point.after + kBandSteps - block * kWordBits;
    const std::int32_t unmatched =
        skipped_[static_cast<std::size_t>(block)] + unmatched_before(row, column);
    return point.before - point.after + 2 * unmatched;
  }

 private:
  static constexpr std::int32_t kFirstWord = kBandSteps / kWordBits;
  static constexpr std::int32_t kWidth = 2 * kFirstWord + 1;
  static constexpr std::int32_t kRows = kWordBits + 1;

  [[nodiscard]] const std::uint64_t* row_of(std::int32_t block, std::int32_t row) const {
    return rows_.data() + (std::ptrdiff_t{block} * kRows + row) * kWidth;
  }

  void add_block(std::int32_t block) {
    rows_.resize(rows_.size() + std::size_t{kRows} * kWidth);
    std::uint64_t* row = rows_.data() + std::ptrdiff_t{block} * kRows * kWidth;
    if (block == 0) {
      std::fill_n(row, kFirstWord, 0);
      std::fill_n(row + kFirstWord, kWidth - kFirstWord, ~std::uint64_t{0});
      skipped_.push_back(0);
    } else {
      const std::uint64_t* const last = row - kWidth;
      std::copy_n(last + 1, kWidth - 1, row);
      row[kWidth - 1] = ~std::uint64_t{0};
      skipped_.push_back(skipped_.back() + std::popcount(last[0]));
    }
    const std::int32_t begin = std::max(kFirstWord - block, 0);
    const std::uint32_t* const after =
        box_.after + box_.after_begin + (std::ptrdiff_t{block} - kFirstWord) * kWordBits;
    const std::uint32_t* const before =
        box_.before + box_.before_begin + std::ptrdiff_t{block} * kWordBits;
    std::array<std::uint64_t, kWidth> matches{};
    for (std::int32_t line = 0; line < kWordBits; ++line) {
      for (std::ptrdiff_t i = begin; i < kWidth; ++i)
        matches[static_cast<std::size_t>(i)] = equal_bits(after + i * kWordBits, before[line]);
      fill_next_row(row, kWidth, matches.data());
      row += kWidth;
    }
  }

  /// Whether every place of the last line of a block is further than kBandSteps. Between two words
  /// the distance changes by one a column.
  [[nodiscard]] bool is_behind_all(std::int32_t block) const {
    const std::int32_t line = (block + 1) * kWordBits;
    const std::int32_t first = block * kWordBits - kBandSteps;
    if (first < 0) return false;
    std::int32_t left = distance({line, first});
    for (std::int32_t i = 1; i <= kWidth; ++i) {
      const std::int32_t right = distance({line, first + i * kWordBits});
      if ((left + right - kWordBits) / 2 <= kBandSteps) return false;
      left = right;
    }
    return true;
  }

  const SearchBox& box_;
  std::vector<std::uint64_t>& rows_;
  std::vector<std::int32_t> skipped_;  ///< What of each block's first row has left the band.
};

bool walk_by_table(const SearchBox& box, std::int32_t most_lines,
                   std::vector<std::uint64_t>& memory, std::vector<std::int32_t>& reached) {
  Band band(box, memory);
  if (!band.fill(most_lines)) return false;
  const auto is_reached = [&](Point point) { return band.distance(point) <= kBandSteps; };
  reached.resize(std::size_t{kBandSteps} + 1);
  Point point{kBandSteps, 0};
  for (std::int32_t i = kBandSteps; i >= 0; --i) {
    while (!is_reached(point)) {
      --point.before;
      --point.after;
    }
    while (is_reached({point.before + 1, point.after + 1})) {
      ++point.before;
      ++point.after;
    }
    reached[static_cast<std::size_t>(i)] = box.before_begin + point.before;
    --point.before;
    ++point.after;
    if (point.before < 0) point = {0, point.after + 1};
  }
  return true;
}

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace firn {

namespace {

HWY_EXPORT(walk_by_table);

}  // namespace

bool walk_by_table(const SearchBox& box, std::int32_t most_lines,
                   std::vector<std::uint64_t>& memory, std::vector<std::int32_t>& reached) {
  return HWY_DYNAMIC_DISPATCH(walk_by_table)(box, most_lines, memory, reached);
}

}  // namespace firn

#endif  // HWY_ONCE
