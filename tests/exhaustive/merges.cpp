#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "case.h"
#include "naive_text.h"
#include "small_texts.h"
#include "thorough.h"
#include "workshop.h"
#include "worlds.h"

namespace firn_test {

namespace {

using firn::Conflict;
using firn::ConflictStyle;
using firn::Favor;
using firn::Merged;
using firn::MergeOptions;
using firn::Snapshot;

constexpr std::size_t kMaxLines = 4;
constexpr std::array kStyles = {ConflictStyle::merge, ConflictStyle::diff3, ConflictStyle::zdiff3};

struct Triple {
  const Snapshot& base;
  const Snapshot& ours;
  const Snapshot& theirs;
};

Merged merged(const Triple& given, const MergeOptions& options) {
  return firn::merge(given.base, given.ours, given.theirs, options).value();
}

/// The text without its conflicts: of each, the lines of `side` instead.
std::string with_conflicts_as(const Merged& merged, const Snapshot& side,
                              firn::LineRange Conflict::* lines_of_side) {
  const std::vector<TextLine> lines = split_lines(merged.text.view());
  std::string text;
  std::uint64_t line = 1;
  const auto copy_to = [&](std::uint64_t end) {
    for (; line < end; ++line) text += lines[line - 1].content + lines[line - 1].terminator;
  };
  for (const Conflict& conflict : merged.conflicts) {
    copy_to(conflict.merged.from);
    const firn::LineRange chosen = conflict.*lines_of_side;
    if (chosen.line_count() > 0) text += side.lines(chosen.from, chosen.to);
    line = conflict.merged.to + 1;
  }
  copy_to(lines.size() + 1);
  return text;
}

/// A side that did nothing, or the same as the other, leaves it to the other.
std::string check_unchanged_sides(const Triple& given, const Merged& merged) {
  const std::string_view base = given.base.bytes();
  const std::string_view ours = given.ours.bytes();
  const std::string_view theirs = given.theirs.bytes();
  const bool is_theirs = base == ours || ours == theirs;
  if (!is_theirs && base != theirs) return "";
  if (!merged.conflicts.empty()) return "a conflict of one side with itself";
  return merged.text.view() == (is_theirs ? theirs : ours) ? "" : "a change of one side is lost";
}

/// The sides change places, and nothing else changes. Where conflicts are cut down to what differs,
/// that is found by a diff from ours to theirs, which the other way round may choose other lines:
/// so conflicts are compared where they stay whole.
std::string check_mirror(const Triple& given, const Merged& there, const MergeOptions& options) {
  const Merged back =
      merged({.base = given.base, .ours = given.theirs, .theirs = given.ours}, options);
  if (there.conflicts.empty() != back.conflicts.empty()) return "clean only one way round";
  if (there.conflicts.empty() && there.text.view() != back.text.view()) {
    return "another text the other way round";
  }
  if (options.style != ConflictStyle::diff3) return "";
  if (there.conflicts.size() != back.conflicts.size()) return "other conflicts the other way round";
  for (std::size_t i = 0; i < there.conflicts.size(); ++i) {
    const Conflict& one = there.conflicts[i];
    const Conflict& other = back.conflicts[i];
    if (one.base != other.base || one.ours != other.theirs || one.theirs != other.ours) {
      return "another conflict the other way round";
    }
  }
  return "";
}

/// Who is favoured gets its lines in every conflict, and nothing else changes.
std::string check_favors(const Triple& given, const Merged& open) {
  const Merged ours = merged(given, {.favor = Favor::ours});
  const Merged theirs = merged(given, {.favor = Favor::theirs});
  if (!ours.conflicts.empty() || !theirs.conflicts.empty()) return "a conflict that was decided";
  if (ours.text.view() != with_conflicts_as(open, given.ours, &Conflict::ours)) {
    return "in favour of ours is not ours in every conflict";
  }
  if (theirs.text.view() != with_conflicts_as(open, given.theirs, &Conflict::theirs)) {
    return "in favour of theirs is not theirs in every conflict";
  }
  return "";
}

std::string check_laws(const Triple& given) {
  std::string fault;
  for (const ConflictStyle style : kStyles) {
    const MergeOptions options{.style = style};
    const Merged open = merged(given, options);
    fault = check_unchanged_sides(given, open);
    if (fault.empty()) fault = check_mirror(given, open, options);
    if (fault.empty() && style == ConflictStyle::merge) fault = check_favors(given, open);
    if (!fault.empty()) break;
  }
  return fault;
}

std::string describe(const Triple& given, const std::string& fault) {
  return fault + ": base " + literal(given.base.bytes()) + ", ours " + literal(given.ours.bytes()) +
         ", theirs " + literal(given.theirs.bytes());
}

std::string difference_from_git(const Workshop& shop, const Triple& given) {
  shop.write("base", given.base.bytes());
  shop.write("ours", given.ours.bytes());
  shop.write("theirs", given.theirs.bytes());
  const int exit_code = shop.run({"git", "merge-file", "-p", "--diff3", "-L", "ours", "-L", "base",
                                  "-L", "theirs", "ours", "base", "theirs"});
  if (exit_code < 0 || exit_code > 127) return "git merge-file failed";
  const Merged mine = merged(given, {.style = ConflictStyle::diff3});
  const std::string theirs = shop.read("out");
  return mine.text.view() == theirs ? "" : "git writes " + literal(theirs);
}

std::vector<Snapshot> frozen_all(const std::vector<std::string>& texts) {
  std::vector<Snapshot> snapshots;
  for (const std::string& text : texts) snapshots.push_back(frozen(text));
  return snapshots;
}

/// Checks every triple of the snapshots; the first fault, or nothing.
template <typename Check>
std::string first_fault(const std::vector<Snapshot>& snapshots, Check&& check) {
  for (const Snapshot& base : snapshots) {
    for (const Snapshot& ours : snapshots) {
      for (const Snapshot& theirs : snapshots) {
        const Triple given{.base = base, .ours = ours, .theirs = theirs};
        const std::string fault = check(given);
        if (!fault.empty()) return describe(given, fault);
      }
    }
  }
  return "";
}

std::uint64_t triples_of(const std::vector<Snapshot>& snapshots) {
  return snapshots.size() * snapshots.size() * snapshots.size();
}

}  // namespace

Findings try_merges(Extent extent) {
  const bool is_whole = extent == Extent::whole;
  constexpr std::array<std::string_view, 2> contents = {"a", "b"};
  constexpr std::array<LineEnds, 3> ends = {kLf, kLfBare, kCrLf};
  const std::size_t max_lines = is_whole || kThorough ? kMaxLines : kMaxLines - 2;
  const std::vector<Snapshot> snapshots =
      frozen_all(texts_up_to(max_lines, contents, std::span(ends).first(is_whole ? 3 : 2)));
  Findings findings{.counts = {{"snapshots", snapshots.size()},
                               {"triples that keep the laws", triples_of(snapshots)}}};
  findings.fault = first_fault(snapshots, check_laws);
  if (!findings.fault.empty() || !is_whole || !Workshop::has_program("git")) return findings;

  const Workshop shop;
  const std::vector<Snapshot> small =
      frozen_all(texts_up_to(kMaxLines - 1, contents, std::span(ends).first(1)));
  findings.counts.emplace_back("merges that git does to the same bytes", triples_of(small));
  findings.fault =
      first_fault(small, [&](const Triple& given) { return difference_from_git(shop, given); });
  return findings;
}

}  // namespace firn_test
