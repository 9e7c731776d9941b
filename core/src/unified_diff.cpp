#include "firn/unified_diff.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "change_blocks.h"
#include "concat.h"
#include "diff_names.h"
#include "firn/out_of_memory.h"
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

/// Writes the diff to `Sink`, which is called with piece after piece.
template <typename Sink>
class DiffWriter {
 public:
  DiffWriter(const Patched& patched, const DiffStyle& style, Sink sink)
      : patched_(patched), style_(style), sink_(sink) {}

  void write(std::span<const ChangeBlock> blocks) {
    if (blocks.empty()) return;
    const std::string_view file = patched_.batch().file();
    write_header("--- ", style_.old_name, "a", file);
    write_header("+++ ", style_.new_name, "b", file);
    for (std::size_t first = 0; first < blocks.size();) {
      std::size_t last = first;
      while (last + 1 < blocks.size() && share_a_hunk(blocks[last], blocks[last + 1])) ++last;
      write_hunk(blocks.subspan(first, last - first + 1));
      first = last + 1;
    }
  }

 private:
  /// True when the context of the two meets. Halved, not doubled: the context may be any number.
  bool share_a_hunk(const ChangeBlock& above, const ChangeBlock& below) const {
    const std::uint64_t gap = below.base_line - above.base_end();
    return (gap + 1) / 2 <= style_.context_lines;
  }

  void write_header(std::string_view mark, std::string_view name, std::string_view side,
                    std::string_view file) {
    sink_(mark);
    if (!name.empty()) {
      sink_(header_name(name));
    } else {
      sink_(file.empty() ? std::string(side) : header_name(concat(side, "/", file)));
    }
    sink_("\n");
  }

  void write_hunk(std::span<const ChangeBlock> blocks) {
    const ChangeBlock& first = blocks.front();
    const ChangeBlock& last = blocks.back();
    const std::uint64_t before = std::min(style_.context_lines, first.base_line - 1);
    const std::uint64_t after =
        std::min(style_.context_lines, patched_.snapshot().line_count() + 1 - last.base_end());
    sink_(concat(
        "@@ -",
        hunk_range(first.base_line - before, last.base_end() + after - (first.base_line - before)),
        " +",
        hunk_range(first.patched_line - before,
                   last.patched_end() + after - (first.patched_line - before)),
        " @@\n"));
    std::uint64_t context_line = first.base_line - before;
    for (const ChangeBlock& block : blocks) {
      write_base_lines(" ", context_line, block.base_line);
      write_base_lines("-", block.base_line, block.base_end());
      write_patched_lines(block);
      context_line = block.base_end();
    }
    write_base_lines(" ", context_line, last.base_end() + after);
  }

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
  std::size_t size = 0;
  DiffWriter(patched, style, [&](std::string_view piece) { size += piece.size(); }).write(blocks);
  auto out = Bytes::allocate(size);
  if (!out) return std::unexpected(out_of_memory("the diff", size));
  char* write = out->data();
  DiffWriter(patched, style, [&](std::string_view piece) {
    if (!piece.empty()) std::memcpy(write, piece.data(), piece.size());
    write += piece.size();
  }).write(blocks);
  return *std::move(out);
}

}  // namespace firn
