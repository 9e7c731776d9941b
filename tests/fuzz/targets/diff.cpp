#include "firn/diff.h"

#include <algorithm>
#include <vector>

#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::DiffAlgorithm;
using firn::DiffHunk;
using firn::DiffOptions;
using firn::Slide;
using firn::Snapshot;

/// Texts up to here are compared by the table of all pairs of lines.
constexpr std::uint64_t kMaxCells = 4096;

/// As few lines as can be removed and added: the table of longest common subsequences.
std::uint64_t least_changes(const Snapshot& a, const Snapshot& b) {
  std::vector<std::uint64_t> common(b.line_count() + 1, 0);
  for (std::uint64_t i = 1; i <= a.line_count(); ++i) {
    std::uint64_t diagonal = 0;
    for (std::uint64_t j = 1; j <= b.line_count(); ++j) {
      const std::uint64_t above = common[j];
      common[j] = a.lines(i, i) == b.lines(j, j) ? diagonal + 1 : std::max(above, common[j - 1]);
      diagonal = above;
    }
  }
  return a.line_count() + b.line_count() - 2 * common[b.line_count()];
}

/// Between hunks both texts are equal, line by line; hunks are ascending, apart and not empty.
void must_be_all_that_differs(const Snapshot& a, const Snapshot& b,
                              const std::vector<DiffHunk>& hunks) {
  std::uint64_t a_line = 1;
  std::uint64_t b_line = 1;
  const auto must_be_equal_until = [&](std::uint64_t a_end, std::uint64_t b_end) {
    must(a_end >= a_line && a_end - a_line == b_end - b_line, "between hunks texts run in step");
    for (; a_line < a_end; ++a_line, ++b_line) {
      must(a.lines(a_line, a_line) == b.lines(b_line, b_line), "between hunks lines are equal");
    }
  };
  for (const DiffHunk& hunk : hunks) {
    must(hunk.before.line_count() + hunk.after.line_count() > 0, "a hunk is not empty");
    must(a_line == 1 || hunk.before.from > a_line, "hunks have an equal line between them");
    must_be_equal_until(hunk.before.from, hunk.after.from);
    a_line = hunk.before.to + 1;
    b_line = hunk.after.to + 1;
  }
  must_be_equal_until(a.line_count() + 1, b.line_count() + 1);
}

std::uint64_t changes_of(const std::vector<DiffHunk>& hunks) {
  std::uint64_t changes = 0;
  for (const DiffHunk& hunk : hunks) changes += hunk.before.line_count() + hunk.after.line_count();
  return changes;
}

}  // namespace

/// Settings: slide. Texts: before, after. Each algorithm is asked.
void diff(std::string_view bytes) {
  Input input(bytes);
  const auto slide = input.setting_of<Slide>(3);
  const Snapshot a = frozen(input.text(0));
  const Snapshot b = frozen(input.text(1));
  for (const auto algorithm :
       {DiffAlgorithm::minimal, DiffAlgorithm::myers, DiffAlgorithm::histogram}) {
    const DiffOptions options = {.algorithm = algorithm, .slide = slide};
    const auto hunks = made(firn::diff_lines(a, b, options));
    must_be_all_that_differs(a, b, hunks);
    const auto batch = made(firn::diff(a, b, options));
    must(batch.patches().size() == hunks.size(), "a batch has one patch a hunk");
    must(result_of(a, batch) == b, "apply(diff(a, b), a) is b");
    if (algorithm != DiffAlgorithm::minimal || a.line_count() * b.line_count() > kMaxCells)
      continue;
    must(changes_of(hunks) == least_changes(a, b), "minimal is minimal");
  }
  must(made(firn::diff_lines(a, a)).empty(), "a text does not differ from itself");
}

}  // namespace firn_test::fuzz
