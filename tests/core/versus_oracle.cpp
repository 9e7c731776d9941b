#include "versus_oracle.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "invariants.h"
#include "naive_text.h"
#include "notation.h"
#include "oracle.h"

namespace firn_test {

namespace {

using firn::Patched;
using firn::Policy;
using firn::Snapshot;
using firn::WarningCode;
using oracle::Violation;

Violation violation_of(const firn::Error& error) {
  Violation violation{.code = error.code,
                      .line = error.line,
                      .limit = error.limit,
                      .expected = error.expected,
                      .found = error.found};
  if (error.patch) violation.patch = error.patch->index;
  if (error.other) violation.other = error.other->index;
  return violation;
}

std::string describe(const Violation& violation) {
  std::string out(name_of(violation.code));
  const auto add = [&](std::string_view name, const std::optional<std::uint64_t>& field) {
    if (field) out += " " + std::string(name) + " " + std::to_string(*field);
  };
  add("patch", violation.patch);
  add("line", violation.line);
  add("limit", violation.limit);
  add("other", violation.other);
  if (violation.expected) out += " expected " + literal(*violation.expected);
  if (violation.found) out += " found " + literal(*violation.found);
  return out;
}

std::string compare(std::string_view what, std::span<const firn::Error> found,
                    const std::vector<Violation>& expected) {
  for (std::size_t i = 0; i < std::max(found.size(), expected.size()); ++i) {
    const auto mine = i < expected.size() ? std::optional(expected[i]) : std::nullopt;
    const auto engines = i < found.size() ? std::optional(violation_of(found[i])) : std::nullopt;
    if (mine == engines) continue;
    return std::string(what) + " " + std::to_string(i) + ": expected " +
           (mine ? describe(*mine) : "nothing") + ", found " +
           (engines ? describe(*engines) : "nothing");
  }
  return "";
}

std::string difference(std::string_view what, std::string_view expected, std::string_view found) {
  if (expected == found) return "";
  return std::string(what) + ": expected " + literal(expected) + ", found " + literal(found);
}

std::string compare_outcome(const Patched& patched, const oracle::Outcome& expected) {
  const auto bytes = patched.bytes().value();
  if (auto other = difference("bytes", expected.bytes, bytes.view()); !other.empty()) return other;
  if (patched.revision() != expected.revision) {
    return "revision: expected " + std::to_string(expected.revision) + ", found " +
           std::to_string(patched.revision());
  }
  if (patched.line_count() != expected.lines.size()) {
    return "lines: expected " + std::to_string(expected.lines.size()) + ", found " +
           std::to_string(patched.line_count());
  }
  return compare("failed", patched.failed(), expected.violations);
}

std::string compare_views(const Patched& patched, const oracle::Outcome& expected) {
  if (auto broken = check_invariants(patched); !broken.empty()) return broken;
  std::vector<firn::Origin> origins;
  for (const oracle::Line& line : expected.lines) {
    origins.push_back({.base_line = line.base_line, .patch_index = line.patch});
  }
  auto other =
      difference("provenance", show(origins), show(patched.provenance({1, patched.line_count()})));
  if (!other.empty()) return other;
  return difference("changes", show(expected.changes), show(patched.changes()));
}

enum class Depth : std::uint8_t { outcome, views };

std::string compare_apply(const Snapshot& snapshot, const firn::Batch& batch, const Case& given,
                          Depth depth) {
  const oracle::Outcome expected = oracle::apply(given);
  const auto patched = firn::apply(snapshot, batch, given.options);
  if (patched.has_value() != expected.applied) {
    return expected.applied
               ? "the engine refuses: " + describe(violation_of(patched.error().front()))
               : "the engine applies; expected " + describe(expected.violations.front());
  }
  if (!patched) return compare("violation", patched.error(), expected.violations);
  auto other = compare_outcome(*patched, expected);
  if (other.empty() && depth == Depth::views) other = compare_views(*patched, expected);
  return other;
}

std::string compare_policies(const Snapshot& snapshot, const firn::Batch& batch, Case given,
                             Depth depth) {
  for (const Policy policy : {Policy::fail_fast, Policy::atomic, Policy::best_effort}) {
    given.options.policy = policy;
    auto other = compare_apply(snapshot, batch, given, depth);
    if (!other.empty()) return other;
  }
  return "";
}

/// What the batch is counted to be, patch by patch.
std::string check_counts(const firn::Analysis& analysis, const Case& given) {
  firn::Analysis counted;
  for (const PatchCase& patch : given.patches) {
    const bool is_insert = patch.op == firn::Op::insert_lines;
    ++(is_insert                            ? counted.insert_count
       : patch.op == firn::Op::delete_lines ? counted.delete_count
                                            : counted.replace_count);
    if (!is_insert) counted.lines_removed += patch.last_line() + 1 - patch.line;
    counted.lines_added += oracle::new_lines(patch).size();
    if (counted.first_line == 0) counted.first_line = patch.line;
    counted.first_line = std::min(counted.first_line, patch.line);
    counted.last_line = std::max(counted.last_line, patch.last_line());
  }
  const auto fields = [](const firn::Analysis& a) {
    return std::tuple(a.replace_count, a.delete_count, a.insert_count, a.lines_removed,
                      a.lines_added, a.first_line, a.last_line);
  };
  if (fields(analysis) != fields(counted)) return "the analysis counts otherwise";
  const bool grows_as_counted =
      analysis.net_line_growth == static_cast<std::int64_t>(counted.lines_added) -
                                      static_cast<std::int64_t>(counted.lines_removed);
  return grows_as_counted ? "" : "the analysis grows otherwise";
}

std::string check_warnings(const firn::Analysis& analysis, const Case& given) {
  const std::vector<TextLine> base = split_lines(given.text);
  const bool only_lf =
      std::ranges::none_of(base, [](const TextLine& line) { return line.terminator == "\r\n"; });
  std::string expected;
  for (std::size_t index = 0; index < given.patches.size(); ++index) {
    const PatchCase& patch = given.patches[index];
    const std::vector<TextLine> fresh = oracle::new_lines(patch);
    std::vector<TextLine> old;
    for (std::uint64_t line = patch.line; line <= patch.last_line() && line <= base.size();
         ++line) {
      old.push_back(base[line - 1]);
      if (!patch.verbatim) old.back().terminator.clear();
    }
    const bool no_effect = patch.op == firn::Op::insert_lines
                               ? fresh.empty()
                               : patch.op == firn::Op::replace_lines &&
                                     patch.last_line() <= base.size() && old == fresh;
    const std::string ref = " p" + std::to_string(index) + "; ";
    if (no_effect) expected += "no_effect" + ref;
    if (only_lf && !patch.verbatim && patch.text && patch.text->contains("\r\n")) {
      expected += "line_ends_converted" + ref;
    }
  }
  std::string found;
  for (const firn::Warning& warning : analysis.warnings) {
    found += std::string(name_of(warning.code)) + " p" + std::to_string(warning.patch.index) + "; ";
  }
  return difference("warnings", expected, found);
}

std::string compare_check(const Snapshot& snapshot, const firn::Batch& batch, const Case& given) {
  const firn::CheckReport report = firn::check(snapshot, batch, given.options).value();
  auto other = compare("check: violation", report.violations, oracle::check(given));
  if (other.empty()) other = check_counts(report.analysis, given);
  if (other.empty()) other = check_warnings(report.analysis, given);
  return other;
}

}  // namespace

std::string difference_from_oracle(const Case& given) {
  const Snapshot snapshot = frozen(given.text);
  if (auto broken = check_invariants(snapshot); !broken.empty()) return "snapshot: " + broken;
  const firn::Batch batch = build(given);
  auto other = compare_check(snapshot, batch, given);
  if (other.empty()) other = compare_apply(snapshot, batch, given, Depth::views);
  if (other.empty() && snapshot.bytes() != given.text) other = "the snapshot changed";
  return other;
}

std::string difference_from_oracle(const Snapshot& snapshot, const firn::Batch& batch, Case given) {
  auto other = compare_check(snapshot, batch, given);
  if (other.empty()) other = compare_policies(snapshot, batch, std::move(given), Depth::views);
  return other;
}

std::string outcome_difference_from_oracle(const Snapshot& snapshot, const firn::Batch& batch,
                                           Case given) {
  return compare_policies(snapshot, batch, std::move(given), Depth::outcome);
}

}  // namespace firn_test
