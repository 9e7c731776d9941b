#include "oracle.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "naive_text.h"

namespace firn_test::oracle {

namespace {

using firn::ErrorCode;
using firn::Op;
using firn::Policy;
using firn::Ties;

struct Judged {
  std::vector<Violation> violations{};
  std::vector<std::uint64_t> lawful{};  ///< Patches, in batch order.
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "" : "\n") + lines[i];
  return text;
}

std::uint64_t removed_lines(const PatchCase& patch) {
  return patch.op == Op::insert_lines ? 0 : patch.last_line() + 1 - patch.line;
}

std::optional<Violation> bounds_violation(const PatchCase& patch, std::uint64_t line_count) {
  if (patch.op == Op::insert_lines) {
    if (patch.line <= line_count + 1) return std::nullopt;
    return Violation{
        .code = ErrorCode::insert_out_of_bounds, .line = patch.line, .limit = line_count + 1};
  }
  for (const std::uint64_t line : {patch.line, patch.last_line()}) {
    if (line <= line_count) continue;
    return Violation{.code = ErrorCode::line_out_of_range, .line = line, .limit = line_count};
  }
  return std::nullopt;
}

std::optional<Violation> expect_violation(const PatchCase& patch,
                                          const std::vector<TextLine>& base) {
  if (!patch.expect) return std::nullopt;
  const std::vector<std::string> expected = lines_of_text(*patch.expect);
  std::vector<std::string> found;
  for (std::uint64_t line = patch.line; line <= patch.last_line() && line <= base.size(); ++line) {
    found.push_back(base[line - 1].content);
  }
  if (expected == found) return std::nullopt;
  const auto differs = std::ranges::mismatch(expected, found).in2 - found.begin();
  Violation violation{.code = ErrorCode::expectation_failed,
                      .line = patch.line + static_cast<std::uint64_t>(differs),
                      .expected = joined(expected)};
  if (!found.empty()) violation.found = joined(found);
  return violation;
}

/// The smallest line that `later` wants and `earlier` holds.
std::optional<std::uint64_t> collision(const PatchCase& later, const PatchCase& earlier,
                                       Ties ties) {
  const std::uint64_t line = std::max(later.line, earlier.line);
  if (line > std::min(later.last_line(), earlier.last_line())) return std::nullopt;
  if (ties == Ties::reject || earlier.op != Op::insert_lines) return line;
  // The editors' rule: an earlier insert comes out before whatever is done at its line later.
  const bool strictly_inside = later.op != Op::insert_lines && earlier.line > later.line;
  return strictly_inside ? std::optional(line) : std::nullopt;
}

std::optional<Violation> overlap_violation(const Case& given, std::uint64_t index,
                                           const std::vector<std::uint64_t>& holders) {
  std::optional<Violation> first;
  for (const std::uint64_t holder : holders) {
    const auto line = collision(given.patches[index], given.patches[holder], given.options.ties);
    if (!line || (first && *first->line <= *line)) continue;
    first = {.code = ErrorCode::overlap, .other = holder, .line = line};
  }
  return first;
}

std::vector<Violation> batch_violations(const Case& given, const std::vector<TextLine>& base) {
  std::vector<Violation> violations;
  const auto compare = [&](ErrorCode code, const std::string& expected, const std::string& found) {
    if (expected != found) {
      violations.push_back({.code = code, .expected = expected, .found = found});
    }
  };
  if (given.base.fingerprint) {
    compare(ErrorCode::snapshot_mismatch, to_hex(*given.base.fingerprint),
            to_hex(firn::fingerprint_of(given.text)));
  }
  if (given.base.line_count) {
    compare(ErrorCode::snapshot_mismatch, std::to_string(*given.base.line_count),
            std::to_string(base.size()));
  }
  const auto current = given.options.revision;
  if (given.revision && current) {
    compare(ErrorCode::stale_revision, std::to_string(*given.revision), std::to_string(*current));
  }
  if (!given.patches.empty() && current.value_or(given.revision.value_or(0)) == firn::kMaxCount) {
    violations.push_back({.code = ErrorCode::limit_exceeded, .limit = firn::kMaxCount});
  }
  return violations;
}

Judged judge(const Case& given, const std::vector<TextLine>& base, Policy policy) {
  Judged judged;
  std::vector<std::uint64_t> holders;
  for (std::uint64_t index = 0; index < given.patches.size(); ++index) {
    const PatchCase& patch = given.patches[index];
    auto violation = bounds_violation(patch, base.size());
    if (!violation) violation = expect_violation(patch, base);
    const bool lawful_alone = !violation;
    if (!violation) violation = overlap_violation(given, index, holders);
    if (!violation) judged.lawful.push_back(index);
    if (!violation || (lawful_alone && policy != Policy::best_effort)) holders.push_back(index);
    if (!violation) continue;
    violation->patch = index;
    judged.violations.push_back(*std::move(violation));
  }
  return judged;
}

/// What base line `line` ends with, or the one before it where that has no end; the majority.
std::string terminator_at(const std::vector<TextLine>& base, std::uint64_t line) {
  for (; line > 0; --line) {
    if (!base[line - 1].terminator.empty()) return base[line - 1].terminator;
  }
  const auto crlf = std::ranges::count(base, "\r\n", &TextLine::terminator);
  const auto lf = std::ranges::count(base, "\n", &TextLine::terminator);
  return crlf > lf ? "\r\n" : "\n";
}

/// The lines that a patch writes: each takes the terminator of the line it stands in for, or else
/// that of the line before it.
std::vector<Line> fresh_lines(const std::vector<TextLine>& base, const PatchCase& patch,
                              std::uint64_t index) {
  std::vector<Line> fresh;
  std::string terminator = terminator_at(base, patch.line - 1);
  std::uint64_t replaced = patch.line;
  for (const TextLine& line : new_lines(patch)) {
    if (patch.verbatim) {
      const bool bare = line.terminator.empty();
      fresh.push_back({.content = line.content,
                       .terminator = bare ? terminator : line.terminator,
                       .patch = index,
                       .bare = bare});
      continue;
    }
    if (patch.op == Op::replace_lines && replaced <= patch.last_line()) {
      const std::string& own = base[replaced++ - 1].terminator;
      if (!own.empty()) terminator = own;
    }
    fresh.push_back({.content = line.content, .terminator = terminator, .patch = index});
  }
  return fresh;
}

bool changes_nothing(const PatchCase& patch) {
  return patch.op == Op::insert_lines && new_lines(patch).empty();
}

/// Whether a verbatim patch says how the file ends: one of those that write or take away all that
/// was last in it.
bool ends_verbatim(const Case& given, std::uint64_t line_count,
                   const std::vector<std::uint64_t>& ascending) {
  for (const std::uint64_t index : ascending | std::views::reverse) {
    const PatchCase& patch = given.patches[index];
    if (changes_nothing(patch)) continue;
    const std::uint64_t last = patch.line - 1 + removed_lines(patch);
    if (last != line_count) return false;
    if (patch.verbatim) return true;
    if (!new_lines(patch).empty()) return false;
    line_count = patch.line - 1;
  }
  return false;
}

/// Terminates the last line, puts the patches in from the last to the first, so that no splice
/// moves a line that a later one names, and takes the last terminator off again.
std::vector<Line> splice(const Case& given, const std::vector<TextLine>& base,
                         const std::vector<std::uint64_t>& ascending) {
  std::vector<Line> lines;
  for (std::uint64_t line = 1; line <= base.size(); ++line) {
    lines.push_back({.content = base[line - 1].content,
                     .terminator = terminator_at(base, line),
                     .base_line = line});
  }
  for (const std::uint64_t index : ascending | std::views::reverse) {
    const PatchCase& patch = given.patches[index];
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(patch.line - 1);
    const auto end = begin + static_cast<std::ptrdiff_t>(removed_lines(patch));
    const std::vector<Line> fresh = fresh_lines(base, patch, index);
    lines.insert(lines.erase(begin, end), fresh.begin(), fresh.end());
  }
  if (lines.empty()) return lines;
  const bool was_bare = !base.empty() && base.back().terminator.empty();
  const bool is_bare = ends_verbatim(given, base.size(), ascending) ? lines.back().bare : was_bare;
  if (is_bare) lines.back().terminator.clear();
  return lines;
}

/// `line_count` is the result's, `vanished` the base line that it lost without a patch naming it.
std::vector<firn::Change> changes_of(const Case& given, const std::vector<std::uint64_t>& ascending,
                                     std::uint64_t line_count,
                                     std::optional<std::uint64_t> vanished) {
  std::vector<firn::Change> changes;
  std::uint64_t growth = 0;  // It may wrap, and wraps back.
  for (const std::uint64_t index : ascending) {
    const PatchCase& patch = given.patches[index];
    const std::uint64_t removed = removed_lines(patch);
    const std::uint64_t added = new_lines(patch).size();
    if (removed + added == 0) continue;
    firn::Change change{
        .patch_index = index,
        .base = {.from = patch.line, .to = patch.line + removed - 1},
        .patched = {.from = patch.line + growth, .to = patch.line + growth + added - 1}};
    if (vanished == patch.line - 1) change.base.from = *vanished;
    change.patched.from = std::min(change.patched.from, line_count + 1);
    change.patched.to = std::min(change.patched.to, line_count);
    changes.push_back(change);
    growth += added - removed;
  }
  return changes;
}

void put_in(const Case& given, const std::vector<TextLine>& base, std::vector<std::uint64_t> lawful,
            Outcome& outcome) {
  outcome.applied = true;
  const std::uint64_t current = given.options.revision.value_or(given.revision.value_or(0));
  outcome.revision = current + (lawful.empty() ? 0 : 1);
  // At one line, inserts come first because only those earlier in the batch are lawful there.
  std::ranges::sort(
      lawful, {}, [&](std::uint64_t index) { return std::pair(given.patches[index].line, index); });
  outcome.lines = splice(given, base, lawful);
  // Bytes have the last word: an empty line without terminator is no line.
  std::optional<std::uint64_t> vanished;
  if (!outcome.lines.empty()) {
    const Line last = outcome.lines.back();
    if (last.content.empty() && last.terminator.empty()) {
      vanished = last.base_line;
      outcome.lines.pop_back();
    }
  }
  for (const Line& line : outcome.lines) outcome.bytes += line.content + line.terminator;
  outcome.changes = changes_of(given, lawful, outcome.lines.size(), vanished);
}

}  // namespace

std::vector<TextLine> new_lines(const PatchCase& patch) {
  if (patch.verbatim) return split_lines(patch.text.value_or(""));
  std::vector<TextLine> lines;
  const auto contents = patch.lines  ? *patch.lines
                        : patch.text ? lines_of_text(*patch.text)
                                     : std::vector<std::string>{};
  for (const std::string& content : contents) lines.push_back({.content = content});
  return lines;
}

std::vector<Violation> check(const Case& given) {
  const std::vector<TextLine> base = split_lines(given.text);
  if (auto violations = batch_violations(given, base); !violations.empty()) return violations;
  return judge(given, base, Policy::atomic).violations;
}

Outcome apply(const Case& given) {
  const std::vector<TextLine> base = split_lines(given.text);
  const Policy policy = given.options.policy;
  Outcome outcome{.violations = batch_violations(given, base)};
  if (outcome.violations.empty()) {
    Judged judged = judge(given, base, policy);
    outcome.violations = std::move(judged.violations);
    if (outcome.violations.empty() || policy == Policy::best_effort) {
      put_in(given, base, std::move(judged.lawful), outcome);
      return outcome;
    }
  }
  if (policy == Policy::fail_fast) outcome.violations.resize(1);
  return outcome;
}

}  // namespace firn_test::oracle
