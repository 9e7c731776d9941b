#include "firn/merge.h"

#include <string>
#include <vector>

#include "firn/to_json.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::Conflict;
using firn::ConflictStyle;
using firn::Favor;
using firn::LineRange;
using firn::Merged;
using firn::MergeOptions;
using firn::Snapshot;

Snapshot text_of(const Merged& merged) { return frozen(merged.text.view()); }

void must_be_within(LineRange range, const Snapshot& text, std::uint64_t& last) {
  must(range.from > last && range.to + 1 >= range.from && range.to <= text.line_count(),
       "the sides of conflicts are ascending lines of their texts");
  last = range.to;
}

void must_have_its_conflicts(const Merged& merged, const Snapshot& base, const Snapshot& ours,
                             const Snapshot& theirs) {
  const Snapshot text = text_of(merged);
  LineRange last_base{.from = 0, .to = 0};
  std::uint64_t last_ours = 0;
  std::uint64_t last_theirs = 0;
  std::uint64_t last_merged = 0;
  for (const Conflict& conflict : merged.conflicts) {
    // Parts of one conflict have its base, and a part that is joined with what follows has both.
    must(conflict.base.from >= last_base.from && conflict.base.to >= last_base.to,
         "what conflicts are about ascends in the base");
    std::uint64_t above = conflict.base.from - 1;
    must_be_within(conflict.base, base, above);
    last_base = conflict.base;
    must_be_within(conflict.ours, ours, last_ours);
    must_be_within(conflict.theirs, theirs, last_theirs);
    must_be_within(conflict.merged, text, last_merged);
    must(conflict.merged.line_count() >= 3, "a conflict has its three markers");
    must(text.line(conflict.merged.from).starts_with('<') &&
             text.line(conflict.merged.to).starts_with('>'),
         "a conflict stands between its markers");
  }
}

/// Whether the lines of a text are those of ours and theirs and nothing else.
void must_hold_only_lines_of(const Snapshot& text, const std::vector<const Snapshot*>& sides) {
  for (std::uint64_t line = 1; line <= text.line_count(); ++line) {
    bool found = false;
    for (const Snapshot* side : sides) {
      for (std::uint64_t i = 1; i <= side->line_count() && !found; ++i) {
        found = side->line(i) == text.line(line);
      }
    }
    // A last CR without LF is content, and is a terminator once a LF follows.
    found = found || text.terminator(line) == "\r\n" || text.line(line).ends_with('\r');
    must(found, "a merge invents no line", text.line(line));
  }
}

}  // namespace

/// Settings: style, favor, marker size. Texts: base, ours, theirs.
void merge(std::string_view bytes) {
  Input input(bytes);
  MergeOptions options;
  options.style = input.setting_of<ConflictStyle>(3);
  options.favor = input.setting_of<Favor>(4);
  options.marker_size = 1 + static_cast<std::uint32_t>((input.setting(9) + 6) % 9);
  const Snapshot base = frozen(input.text(0));
  const Snapshot ours = frozen(input.text(1));
  const Snapshot theirs = frozen(input.text(2));
  const auto merged = [&](const Snapshot& one, const Snapshot& other, const MergeOptions& how) {
    return made(firn::merge(base, one, other, how));
  };

  const Merged result = merged(ours, theirs, options);
  must(is_json(firn::to_json(result)).value_or(true), "conflicts are shown as JSON");
  must_have_its_conflicts(result, base, ours, theirs);
  if (options.favor != Favor::nobody) must(result.conflicts.empty(), "who is favored wins");
  if (result.conflicts.empty()) must_hold_only_lines_of(text_of(result), {&base, &ours, &theirs});

  must(text_of(merged(base, theirs, options)) == theirs, "whom nobody else changed is taken");
  must(text_of(merged(ours, base, options)) == ours, "whom nobody else changed is taken");
  must(text_of(merged(ours, ours, options)) == ours, "the same change is made once");

  options.favor = Favor::nobody;
  const Merged there = merged(ours, theirs, options);
  const Merged back = merged(theirs, ours, options);
  // A conflict of the style `merge` is taken apart by a diff of ours and theirs; where lines
  // repeat, git finds another one from theirs to ours.
  const bool is_whole = options.style != ConflictStyle::merge;
  if (is_whole) {
    must(there.conflicts.size() == back.conflicts.size(),
         "sides that change places conflict alike");
  }
  for (std::size_t i = 0; is_whole && i < there.conflicts.size(); ++i) {
    must(there.conflicts[i].ours == back.conflicts[i].theirs &&
             there.conflicts[i].theirs == back.conflicts[i].ours &&
             there.conflicts[i].base == back.conflicts[i].base,
         "sides that change places change places in each conflict");
  }
  if (there.conflicts.empty()) {
    must(there.text.view() == back.text.view(), "a clean merge does not ask who is who");
    for (const Favor favor : {Favor::ours, Favor::theirs, Favor::both}) {
      options.favor = favor;
      must(merged(ours, theirs, options).text.view() == there.text.view(),
           "nobody is favored where nothing is in dispute");
    }
  }
}

}  // namespace firn_test::fuzz
