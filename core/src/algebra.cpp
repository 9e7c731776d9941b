#include "firn/algebra.h"

#include <limits>
#include <span>
#include <string>
#include <utility>

#include "change_blocks.h"
#include "concat.h"
#include "line_walk.h"

namespace firn {

namespace {

BatchBuilder unlimited_builder() {
  constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();
  return BatchBuilder({.batch_bytes = kNoLimit, .patches = kNoLimit, .text_lines = kNoLimit});
}

/// Lines of the result, terminators included.
std::string patched_text(const Patched& patched, std::uint64_t line, std::uint64_t count) {
  std::string text;
  LineWalk walk(patched.plan(), line);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Patched::LineParts parts = walk.parts();
    text.append(parts.content).append(parts.terminator);
    walk.advance();
  }
  return text;
}

/// Puts `text` in place of `count` lines at `line`, which must hold `expected`.
Result<void> add_patch(BatchBuilder& builder, std::uint64_t line, std::uint64_t count,
                       std::string_view expected, std::string_view text) {
  PatchSpec spec{.line = line, .verbatim = true};
  spec.op = count == 0 ? Op::insert_lines : text.empty() ? Op::delete_lines : Op::replace_lines;
  if (spec.op != Op::delete_lines) spec.text = text;
  if (count > 0) {
    spec.end_line = line + count - 1;
    spec.expect = expected;
  }
  return builder.add(spec);
}

/// Walks two lists of blocks, the second over the result of the first, and joins what meets in the
/// text between them.
class Composition {
 public:
  Composition(std::span<const ChangeBlock> first, std::span<const ChangeBlock> second)
      : first_(first), second_(second) {}

  /// The next block from the first text to the last; false when there is none.
  bool next(ChangeBlock& block);

 private:
  [[nodiscard]] bool any_first() const { return first_at_ < first_.size(); }
  [[nodiscard]] bool any_second() const { return second_at_ < second_.size(); }

  std::span<const ChangeBlock> first_;
  std::span<const ChangeBlock> second_;
  std::size_t first_at_ = 0;
  std::size_t second_at_ = 0;
  std::uint64_t first_shift_ = 0;   ///< Middle line minus first line behind what is done; may wrap.
  std::uint64_t second_shift_ = 0;  ///< Last line minus middle line, likewise.
};

bool Composition::next(ChangeBlock& block) {
  if (!any_first() && !any_second()) return false;
  // Lines [begin, end) of the middle text, grown by every block of either list that meets them.
  const std::uint64_t begin =
      !any_second()  ? first_[first_at_].patched_line
      : !any_first() ? second_[second_at_].base_line
                     : std::min(first_[first_at_].patched_line, second_[second_at_].base_line);
  std::uint64_t end = begin;
  const std::uint64_t base_begin = begin - first_shift_;
  const std::uint64_t last_begin = begin + second_shift_;
  while (true) {
    if (any_first() && first_[first_at_].patched_line <= end) {
      end = std::max(end, first_[first_at_].patched_end());
      first_shift_ = first_[first_at_].patched_end() - first_[first_at_].base_end();
      ++first_at_;
    } else if (any_second() && second_[second_at_].base_line <= end) {
      end = std::max(end, second_[second_at_].base_end());
      second_shift_ = second_[second_at_].patched_end() - second_[second_at_].base_end();
      ++second_at_;
    } else {
      break;
    }
  }
  block = {.base_line = base_begin,
           .base_count = end - first_shift_ - base_begin,
           .patched_line = last_begin,
           .patched_count = end + second_shift_ - last_begin};
  return true;
}

}  // namespace

Result<Batch> invert(const Patched& patched) {
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = patched.fingerprint(), .line_count = patched.line_count()});
  if (!patched.batch().file().empty()) builder.set_file(patched.batch().file());
  for (const ChangeBlock& block : change_blocks_of(patched)) {
    const std::string now = patched_text(patched, block.patched_line, block.patched_count);
    const std::string_view was = patched.snapshot().lines(block.base_line, block.base_end() - 1);
    auto added = add_patch(builder, block.patched_line, block.patched_count, now, was);
    if (!added) return std::unexpected(std::move(added.error()));
  }
  return builder.build();
}

Result<Batch> compose(const Patched& first, const Patched& second) {
  const std::string asked = to_hex(first.fingerprint());
  if (const std::string found = to_hex(second.snapshot().fingerprint()); asked != found) {
    return std::unexpected(
        Error{.code = ErrorCode::snapshot_mismatch,
              .message = concat("the second batch was applied to the text ", found,
                                ", not to the result of the first, ", asked),
              .expected = asked,
              .found = found});
  }
  const Snapshot& base = first.snapshot();
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = base.fingerprint(), .line_count = base.line_count()});
  if (!first.batch().file().empty()) builder.set_file(first.batch().file());
  const auto first_blocks = change_blocks_of(first);
  const auto second_blocks = change_blocks_of(second);
  Composition composition(first_blocks, second_blocks);
  for (ChangeBlock block; composition.next(block);) {
    const std::string_view was = base.lines(block.base_line, block.base_end() - 1);
    const std::string now = patched_text(second, block.patched_line, block.patched_count);
    if (was == now) continue;
    auto added = add_patch(builder, block.base_line, block.base_count, was, now);
    if (!added) return std::unexpected(std::move(added.error()));
  }
  return builder.build();
}

}  // namespace firn
