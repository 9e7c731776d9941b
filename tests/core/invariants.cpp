#include "invariants.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string_view>
#include <vector>

#include "naive_diff.h"
#include "naive_text.h"

namespace firn_test {

namespace {

using firn::Change;
using firn::Edit;
using firn::LineRange;
using firn::Origin;
using firn::Patched;
using firn::Snapshot;

// A check returns as soon as something does not hold.
#define HOLDS(condition, sentence) \
  if (!(condition)) return std::string(sentence)

std::string at(std::string_view what, std::uint64_t line) {
  return std::string(what) + " at line " + std::to_string(line);
}

std::string check_edits(const Patched& patched, const Snapshot& result) {
  const std::string_view base = patched.snapshot().bytes();
  std::string bytes(base);
  std::uint64_t lowest = base.size();
  for (const Edit& edit : patched.plan().edits()) {
    HOLDS(edit.begin <= edit.end, "an edit ends before it begins");
    HOLDS(edit.end <= lowest, "edits are not strictly descending");
    lowest = edit.begin;
    bytes.replace(edit.begin, edit.end - edit.begin, edit.text);
  }
  HOLDS(bytes == result.bytes(), "edits lead to other bytes than bytes()");
  return "";
}

std::string check_bytes(const Patched& patched, const Snapshot& result) {
  const std::string_view bytes = result.bytes();
  HOLDS(patched.byte_size() == bytes.size(), "byte_size() is not the size of bytes()");
  HOLDS(patched.fingerprint() == firn::fingerprint_of(bytes),
        "fingerprint() is not that of bytes()");
  std::string written(bytes.size(), '?');
  patched.write_to(written);
  HOLDS(written == bytes, "write_to() writes other bytes than bytes()");
  // A verbatim patch may take it away on purpose.
  const bool may_go = std::ranges::any_of(patched.batch().patches(), &firn::Patch::verbatim);
  HOLDS(may_go || !patched.snapshot().ends_with_terminator() || bytes.empty() ||
            bytes.ends_with('\n'),
        "the final newline went");
  return "";
}

std::string check_range(const Patched& patched, const std::vector<TextLine>& lines,
                        LineRange range) {
  std::string expected;
  for (std::uint64_t line = range.from; line <= range.to; ++line) {
    expected += lines[line - 1].content + "\n";
  }
  const auto viewport = patched.lines(range).value();
  HOLDS(viewport.view() == expected, at("lines() differs from the bytes", range.from));
  const std::vector<Origin> origins = patched.provenance(range);
  HOLDS(origins.size() == range.line_count(), at("provenance() has another size", range.from));
  for (std::uint64_t line = range.from; line <= range.to; ++line) {
    const Origin& origin = origins[line - range.from];
    HOLDS(origin.base_line == patched.unmap_line(line),
          at("provenance() and unmap_line() disagree", line));
    HOLDS(origin.base_line.has_value() != origin.patch_index.has_value(),
          at("provenance() names both or neither", line));
  }
  return "";
}

/// Every viewport of a small text; of a large one those that begin or end it, and a few between.
std::vector<LineRange> viewports(std::uint64_t line_count) {
  constexpr std::uint64_t kSmall = 4;
  std::vector<LineRange> ranges = {{1, line_count}, {line_count + 1, line_count}};
  const std::uint64_t step = line_count <= kSmall ? 1 : line_count / 3;
  for (std::uint64_t from = 1; from <= line_count; from += step) {
    for (std::uint64_t to = from - 1; to <= line_count; to += step) ranges.push_back({from, to});
  }
  return ranges;
}

std::string check_lines(const Patched& patched, const Snapshot& result) {
  const std::vector<TextLine> lines = split_lines(result.bytes());
  HOLDS(patched.line_count() == lines.size(), "line_count() is not that of the bytes");
  for (std::uint64_t line = 1; line <= lines.size(); ++line) {
    const TextLine& expected = lines[line - 1];
    const Patched::LineParts parts = patched.line_parts(line);
    HOLDS(parts.content == expected.content, at("line_parts() has another content", line));
    HOLDS(parts.terminator == expected.terminator, at("line_parts() has another end", line));
    HOLDS(patched.line(line) == expected.content, at("line() differs from the bytes", line));
  }
  for (const LineRange range : viewports(lines.size())) {
    if (auto broken = check_range(patched, lines, range); !broken.empty()) return broken;
  }
  return "";
}

/// An untouched line keeps its content; only what ends it may change, at the end of the text.
bool is_same_line(const Snapshot& snapshot, std::uint64_t base_line, const Snapshot& result,
                  std::uint64_t line) {
  std::string_view whole = result.lines(line, line);
  const std::string_view content = snapshot.line(base_line);
  if (!whole.starts_with(content)) return false;
  whole.remove_prefix(content.size());
  return whole == snapshot.terminator(base_line) || whole.empty() || whole == "\n" ||
         whole == "\r\n";
}

std::string check_mapping(const Patched& patched, const Snapshot& result) {
  std::uint64_t last_mapped = 0;
  std::uint64_t mapped_count = 0;
  for (std::uint64_t line = 1; line <= patched.snapshot().line_count(); ++line) {
    const auto mapped = patched.map_line(line);
    if (!mapped) continue;
    HOLDS(*mapped > last_mapped, at("map_line() is not ascending", line));
    HOLDS(*mapped <= patched.line_count(), at("map_line() leaves the text", line));
    HOLDS(patched.unmap_line(*mapped) == line,
          at("unmap_line() is not map_line()'s inverse", line));
    HOLDS(is_same_line(patched.snapshot(), line, result, *mapped),
          at("map_line() leads to another line", line));
    last_mapped = *mapped;
    ++mapped_count;
  }
  for (std::uint64_t line = 1; line <= patched.line_count(); ++line) {
    const auto base_line = patched.unmap_line(line);
    if (!base_line) continue;
    HOLDS(patched.map_line(*base_line) == line,
          at("map_line() is not unmap_line()'s inverse", line));
    --mapped_count;
  }
  HOLDS(mapped_count == 0, "map_line() and unmap_line() pair up other numbers of lines");
  return "";
}

/// Between two changes both texts run in step, untouched; inside one nothing is mapped.
std::string check_changes(const Patched& patched, const Snapshot& result) {
  std::uint64_t base_line = 1;
  std::uint64_t patched_line = 1;
  for (const Change& change : patched.changes()) {
    HOLDS(change.base.from >= base_line, at("changes() overlap or descend", change.base.from));
    HOLDS(change.base.from - base_line == change.patched.from - patched_line,
          at("changes() are out of step", change.base.from));
    for (; base_line < change.base.from; ++base_line, ++patched_line) {
      HOLDS(patched.map_line(base_line) == patched_line, at("an unchanged line moved", base_line));
    }
    for (; base_line <= change.base.to; ++base_line) {
      HOLDS(!patched.map_line(base_line), at("a line taken away is mapped", base_line));
    }
    for (; patched_line <= change.patched.to; ++patched_line) {
      const Origin origin = patched.provenance({patched_line, patched_line}).front();
      HOLDS(origin.patch_index == change.patch_index,
            at("changes() and provenance() disagree", patched_line));
    }
  }
  for (; base_line <= patched.snapshot().line_count(); ++base_line, ++patched_line) {
    HOLDS(patched.map_line(base_line) == patched_line, at("an unchanged line moved", base_line));
  }
  HOLDS(patched_line == result.line_count() + 1, "changes() do not add up to line_count()");
  return "";
}

std::string check_diff(const Patched& patched, const Snapshot& result) {
  for (const std::uint64_t context : {0, 1, 3}) {
    const auto diff = firn::unified_diff(patched, {.context_lines = context}).value();
    const auto applied = apply_diff(patched.snapshot().bytes(), diff.view());
    const std::string where = " (context " + std::to_string(context) + "): ";
    HOLDS(applied.has_value(), "unified_diff() does not apply" + where + applied.error());
    HOLDS(*applied == result.bytes(), "unified_diff() leads to other bytes" + where);
    // Not the other way round: a line deleted here and inserted there may leave equal bytes.
    HOLDS(!diff.view().empty() || result == patched.snapshot(), "a change without a diff");
  }
  return "";
}

std::string check_report(const Patched& patched, const Snapshot&) {
  const auto failed = patched.failed();
  HOLDS(patched.applied_count() + failed.size() == patched.batch().patches().size(),
        "applied and failed patches do not add up");
  for (std::size_t i = 0; i < failed.size(); ++i) {
    HOLDS(failed[i].patch.has_value(), "a failed patch without its name");
    HOLDS(i == 0 || failed[i - 1].patch->index < failed[i].patch->index,
          "failed patches are not in batch order");
    HOLDS(!failed[i].message.empty(), "a failed patch without a reason");
  }
  return "";
}

}  // namespace

std::string check_invariants(const Snapshot& snapshot) {
  const std::vector<TextLine> lines = split_lines(snapshot.bytes());
  HOLDS(snapshot.line_count() == lines.size(), "line_count() is not that of the bytes");
  std::uint64_t offset = 0;
  for (std::uint64_t line = 1; line <= lines.size(); ++line) {
    const TextLine& expected = lines[line - 1];
    HOLDS(snapshot.byte_offset_of(line) == offset, at("byte_offset_of() is wrong", line));
    HOLDS(snapshot.line(line) == expected.content, at("line() differs from the bytes", line));
    HOLDS(snapshot.terminator(line) == expected.terminator, at("terminator() is wrong", line));
    HOLDS(snapshot.lines(line, line) == expected.content + expected.terminator,
          at("lines() differs from the bytes", line));
    offset += expected.content.size() + expected.terminator.size();
  }
  HOLDS(snapshot.byte_offset_of(lines.size() + 1) == offset, "the end is not where the bytes end");
  HOLDS(snapshot.byte_size() == offset, "byte_size() is not the sum of the lines");
  HOLDS(snapshot.lines(1, lines.size()) == snapshot.bytes(), "all lines are not the bytes");
  const auto crlf = std::ranges::count(lines, "\r\n", &TextLine::terminator);
  const auto lf = std::ranges::count(lines, "\n", &TextLine::terminator);
  HOLDS(snapshot.uses_only_lf() == (crlf == 0), "uses_only_lf() is wrong");
  HOLDS(snapshot.majority_terminator() == (crlf > lf ? "\r\n" : "\n"), "the majority is wrong");
  HOLDS(snapshot.ends_with_terminator() == (lines.empty() || !lines.back().terminator.empty()),
        "ends_with_terminator() is wrong");
  HOLDS(snapshot.fingerprint() == firn::fingerprint_of(snapshot.bytes()),
        "fingerprint() is not that of the bytes");
  HOLDS(snapshot.verify().has_value(), "verify() refuses what nobody changed");
  return "";
}

std::string check_invariants(const Patched& patched) {
  const Snapshot result = firn::freeze(patched.bytes().value()).value();
  if (auto broken = check_invariants(result); !broken.empty()) return "of the result: " + broken;
  // In this order: each may rely on what those before it have found to hold.
  for (const auto check : {check_edits, check_bytes, check_lines, check_mapping, check_changes,
                           check_diff, check_report}) {
    if (auto broken = check(patched, result); !broken.empty()) return broken;
  }
  HOLDS(patched.snapshot().verify().has_value(), "the snapshot changed");
  return "";
}

}  // namespace firn_test
