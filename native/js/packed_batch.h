#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ascii.h"
#include "firn/batch.h"
#include "firn/fingerprint.h"
#include "firn/utf_sizes.h"
#include "numbers.h"

namespace firn::js {

/// Reads a batch that JavaScript had as data, laid out by js/engine's packed-batch.ts:
///
///     numbers   revision, line count of the base; units of the batch's id, file, fingerprint;
///               then for each patch: op, line, end line, verbatim; units of its id, expect, text;
///               how many lines it has, and the units of each
///     texts     all of these strings in this order, each followed by LF
///
/// kNotGiven stands for what is not given; a unit is one of UTF-16. What is no batch is refused
/// without a word: whoever sent it sends its JSON then, and read_batch() says where it is wrong.
class PackedBatchReader {
 public:
  /// REQUIRES UTF-8. Both outlive the reader.
  PackedBatchReader(std::span<const double> numbers, std::string_view texts)
      : numbers_(numbers), texts_(texts), is_ascii_(is_ascii(texts)) {}

  /// Call once. O(numbers + texts).
  [[nodiscard]] std::optional<Batch> read() {
    builder_.reserve(numbers_.size() / kFewestNumbersOfPatch, texts_.size());
    read_head();
    while (ok_ && !numbers_.empty()) read_patch();
    if (!ok_ || !texts_.empty()) return std::nullopt;
    auto batch = builder_.build();
    if (!batch) return std::nullopt;
    return *std::move(batch);
  }

 private:
  static constexpr std::size_t kFewestNumbersOfPatch = 8;

  void read_head() {
    std::optional<std::uint64_t> revision;
    Base base;
    std::optional<std::string_view> id;
    std::optional<std::string_view> file;
    std::optional<std::string_view> hex;
    take(next(), revision);
    take(next(), base.line_count);
    take(next(), id);
    take(next(), file);
    take(next(), hex);
    if (id && id->empty()) ok_ = false;
    if (file && file->empty()) ok_ = false;
    if (hex) base.fingerprint = fingerprint_from_hex(*hex);
    if (hex && !base.fingerprint) ok_ = false;
    if (revision) builder_.set_revision(*revision);
    builder_.set_base(base);
    builder_.set_id(id.value_or(""));
    builder_.set_file(file.value_or(""));
  }

  void read_patch() {
    if (numbers_.size() < kFewestNumbersOfPatch) {
      ok_ = false;
      return;
    }
    const auto numbers = numbers_.first<kFewestNumbersOfPatch>();
    numbers_ = numbers_.subspan(kFewestNumbersOfPatch);
    const std::optional<Op> op = enum_in(numbers[0], Op::insert_lines);
    if (!op) ok_ = false;
    // Filled where it stays: copying what has just been written in pieces stalls the processor.
    PatchSpec spec;
    spec.op = op.value_or(Op{});
    std::optional<std::uint64_t> line;
    take(numbers[1], line);
    spec.line = line.value_or(0);
    take(numbers[2], spec.end_line);
    if (numbers[3] != 0 && numbers[3] != 1) ok_ = false;
    spec.verbatim = numbers[3] == 1;
    take(numbers[4], spec.id);
    take(numbers[5], spec.expect);
    take(numbers[6], spec.text);
    std::optional<std::uint64_t> line_count;
    take(numbers[7], line_count);
    if (line_count) spec.lines = read_lines(*line_count);
    if (ok_ && !builder_.add(spec)) ok_ = false;
  }

  [[nodiscard]] std::span<const std::string_view> read_lines(std::uint64_t line_count) {
    lines_.clear();
    for (std::uint64_t i = 0; ok_ && i < line_count; ++i) {
      std::optional<std::string_view> line;
      take(next(), line);
      if (line) {
        lines_.push_back(*line);
      } else {
        ok_ = false;
      }
    }
    return lines_;
  }

  [[nodiscard]] double next() {
    if (numbers_.empty()) {
      ok_ = false;
      return -1;
    }
    const double number = numbers_.front();
    numbers_ = numbers_.subspan(1);
    return number;
  }

  void take(double number, std::optional<std::uint64_t>& count) {
    if (is_count(number)) {
      count.emplace(static_cast<std::uint64_t>(number));
    } else if (number != kNotGiven) {
      ok_ = false;
    }
  }

  /// A view of so many units of the texts.
  void take(double number, std::optional<std::string_view>& text) {
    std::optional<std::uint64_t> unit_count;
    take(number, unit_count);
    if (!unit_count) return;
    const std::size_t size = size_of(*unit_count);
    if (size >= texts_.size() || texts_[size] != '\n') {
      ok_ = false;
      return;
    }
    text.emplace(texts_.substr(0, size));
    texts_.remove_prefix(size + 1);
  }

  /// Bytes of the first units of what is left; too many where there are not so many.
  [[nodiscard]] std::size_t size_of(std::uint64_t unit_count) const {
    if (is_ascii_) return static_cast<std::size_t>(std::min<std::uint64_t>(unit_count, SIZE_MAX));
    std::size_t size = 0;
    for (std::uint64_t unit = 0; unit < unit_count && size < texts_.size();) {
      unit += utf16_size(texts_[size]);
      size += utf8_size(texts_[size]);
    }
    return size;
  }

  std::span<const double> numbers_;
  std::string_view texts_;
  BatchBuilder builder_;
  std::vector<std::string_view> lines_;
  bool is_ascii_;
  bool ok_ = true;
};

}  // namespace firn::js
