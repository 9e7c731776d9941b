#include "firn/unified_diff.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "change_blocks.h"
#include "concat.h"
#include "diff_header.h"
#include "firn/out_of_memory.h"
#include "function_names.h"
#include "line_walk.h"

namespace firn {

namespace {

/// A line with its terminator, in two parts, since at the end of a file they may lie apart.
bool same_line(const Patched::LineParts& patched, std::string_view base) {
  return base.size() == patched.content.size() + patched.terminator.size() &&
         base.starts_with(patched.content) && base.ends_with(patched.terminator);
}

/// A patch may write what was there already; those lines are context, not change.
void trim_equal_lines(const Patched& patched, ChangeBlock& block) {
  const Snapshot& snapshot = patched.snapshot();
  const auto equal = [&](std::uint64_t base_line, std::uint64_t patched_line) {
    return same_line(patched.line_parts(patched_line), snapshot.lines(base_line, base_line));
  };
  while (block.base_count > 0 && block.patched_count > 0 &&
         equal(block.base_line, block.patched_line)) {
    ++block.base_line;
    --block.base_count;
    ++block.patched_line;
    --block.patched_count;
  }
  while (block.base_count > 0 && block.patched_count > 0 &&
         equal(block.base_end() - 1, block.patched_end() - 1)) {
    --block.base_count;
    --block.patched_count;
  }
}

/// Without what turns out to be no change.
std::vector<ChangeBlock> shown_blocks_of(const Patched& patched) {
  std::vector<ChangeBlock> blocks = change_blocks_of(patched);
  for (ChangeBlock& block : blocks) trim_equal_lines(patched, block);
  std::erase_if(
      blocks, [](const ChangeBlock& block) { return block.base_count + block.patched_count == 0; });
  return blocks;
}

/// "12,3", "12", or "11,0" for a gap after line 11.
std::string hunk_range(std::uint64_t line, std::uint64_t count) {
  if (count == 1) return concat(line);
  return concat(count == 0 ? line - 1 : line, ",", count);
}

/// Blocks whose context meets, and what stands behind their "@@".
struct HunkOfBlocks {
  std::span<const ChangeBlock> blocks;
  std::uint64_t lines_before = 0;  ///< Of context.
  std::string_view section{};
};

std::vector<HunkOfBlocks> grouped_in_hunks(std::span<const ChangeBlock> blocks,
                                           const Snapshot& snapshot, const DiffStyle& style) {
  // Halved, not doubled: the context may be any number.
  const auto share_a_hunk = [&](const ChangeBlock& above, const ChangeBlock& below) {
    return (below.base_line - above.base_end() + 1) / 2 <= style.context_lines;
  };
  std::vector<HunkOfBlocks> hunks;
  FunctionFinder functions(snapshot, style.function_names);
  for (std::size_t first = 0; first < blocks.size();) {
    std::size_t last = first;
    while (last + 1 < blocks.size() && share_a_hunk(blocks[last], blocks[last + 1])) ++last;
    const std::uint64_t line = blocks[first].base_line;
    const std::uint64_t before = std::min(style.context_lines, line - 1);
    hunks.push_back({.blocks = blocks.subspan(first, last - first + 1),
                     .lines_before = before,
                     .section = functions.name_above(line - before)});
    first = last + 1;
  }
  return hunks;
}

/// Writes hunks to `Sink`, which is called with piece after piece.
template <typename Sink>
class HunkWriter {
 public:
  HunkWriter(const Patched& patched, const DiffStyle& style, Sink sink)
      : patched_(patched), style_(style), sink_(sink) {}

  void write(const HunkOfBlocks& hunk) {
    const ChangeBlock& first = hunk.blocks.front();
    const ChangeBlock& last = hunk.blocks.back();
    const std::uint64_t after =
        std::min(style_.context_lines, patched_.snapshot().line_count() + 1 - last.base_end());
    const std::uint64_t base_line = first.base_line - hunk.lines_before;
    const std::uint64_t patched_line = first.patched_line - hunk.lines_before;
    sink_(concat("@@ -", hunk_range(base_line, last.base_end() + after - base_line), " +",
                 hunk_range(patched_line, last.patched_end() + after - patched_line), " @@",
                 hunk.section.empty() ? "" : " ", hunk.section, "\n"));
    std::uint64_t context_line = base_line;
    for (const ChangeBlock& block : hunk.blocks) {
      write_base_lines(" ", context_line, block.base_line);
      write_base_lines("-", block.base_line, block.base_end());
      write_patched_lines(block);
      context_line = block.base_end();
    }
    write_base_lines(" ", context_line, last.base_end() + after);
  }

 private:
  void write_base_lines(std::string_view mark, std::uint64_t line, std::uint64_t end) {
    for (; line < end; ++line) {
      write_line(mark, patched_.snapshot().lines(line, line), "");
    }
  }

  void write_patched_lines(const ChangeBlock& block) {
    if (block.patched_count == 0) return;
    LineWalk walk(patched_.plan(), block.patched_line);
    for (std::uint64_t i = 0; i < block.patched_count; ++i) {
      const Patched::LineParts parts = walk.parts();
      write_line("+", parts.content, parts.terminator);
      walk.advance();
    }
  }

  void write_line(std::string_view mark, std::string_view content, std::string_view terminator) {
    sink_(mark);
    sink_(content);
    sink_(terminator);
    if (!terminator.empty() || content.ends_with('\n')) return;
    sink_("\n\\ No newline at end of file\n");
  }

  const Patched& patched_;
  const DiffStyle& style_;
  Sink sink_;
};

}  // namespace

Result<Bytes> unified_diff(const Patched& patched, const DiffStyle& style) {
  const std::vector<ChangeBlock> blocks = shown_blocks_of(patched);
  const auto header = diff_header(patched, style, !blocks.empty());
  if (!header) return std::unexpected(header.error());
  const std::vector<HunkOfBlocks> hunks = grouped_in_hunks(blocks, patched.snapshot(), style);
  const auto write_to = [&](const auto& sink) {
    sink(*header);
    HunkWriter writer(patched, style, sink);
    for (const HunkOfBlocks& hunk : hunks) writer.write(hunk);
  };
  std::size_t size = 0;
  write_to([&](std::string_view piece) { size += piece.size(); });
  auto out = Bytes::allocate(size);
  if (!out) return std::unexpected(out_of_memory("the diff", size));
  char* write = out->data();
  write_to([&](std::string_view piece) {
    if (!piece.empty()) std::memcpy(write, piece.data(), piece.size());
    write += piece.size();
  });
  return *std::move(out);
}

}  // namespace firn
