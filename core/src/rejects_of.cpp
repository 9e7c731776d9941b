#include <string>
#include <vector>

#include "concat.h"
#include "diff_names.h"
#include "firn/place.h"
#include "heap_sort.h"

namespace firn {

namespace {

void append_name(std::string_view mark, const std::optional<std::string>& name, std::string& text) {
  text += concat(mark, " ", name ? header_name(*name) : "/dev/null", "\n");
}

std::string range_of(std::uint64_t line, std::uint64_t count) {
  return count == 1 ? concat(line) : concat(line, ",", count);
}

char mark_of(HunkLine::Kind kind) {
  switch (kind) {
    case HunkLine::Kind::context:
      return ' ';
    case HunkLine::Kind::removed:
      return '-';
    case HunkLine::Kind::added:
      return '+';
  }
  return ' ';
}

void append_hunk(const Hunk& hunk, std::string& text) {
  text += concat("@@ -", range_of(hunk.old_line, hunk.old_count), " +",
                 range_of(hunk.new_line, hunk.new_count), " @@");
  if (!hunk.section.empty()) text += concat(" ", hunk.section);
  text += '\n';
  for (const HunkLine& line : hunk.lines) {
    text += mark_of(line.kind);
    text += line.text;
    if (!line.text.ends_with('\n')) text += "\n\\ No newline at end of file\n";
  }
}

}  // namespace

std::string rejects_of(const FileDiff& file, const Placed& placed) {
  std::string text;
  if (placed.rejected.empty()) return text;
  append_name("---", file.old_name, text);
  append_name("+++", file.new_name, text);
  std::vector<std::uint64_t> indices;  // As the diff has them; they were tried in another order.
  indices.reserve(placed.rejected.size());
  for (const RejectedHunk& rejected : placed.rejected) indices.push_back(rejected.hunk_index);
  heap_sort(indices, [](std::uint64_t index) { return index; });
  for (const std::uint64_t index : indices) append_hunk(file.hunks[index], text);
  return text;
}

}  // namespace firn
