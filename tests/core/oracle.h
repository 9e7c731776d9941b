#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "case.h"
#include "naive_text.h"

/// What Firn must do, written a second time and as plainly as can be: an array of lines, spliced
/// from the last patch to the first, and the laws patch against patch. It shares no code with the
/// engine; of its headers it uses only the enumerations.
namespace firn_test::oracle {

struct Violation {
  firn::ErrorCode code{};
  std::optional<std::uint64_t> patch{};
  std::optional<std::uint64_t> other{};
  std::optional<std::uint64_t> line{};
  std::optional<std::uint64_t> limit{};
  std::optional<std::string> expected{};
  std::optional<std::string> found{};

  friend bool operator==(const Violation&, const Violation&) = default;
};

/// A line of the result and where it comes from: one of the two is given.
struct Line {
  std::string content{};
  std::string terminator{};
  std::optional<std::uint64_t> base_line{};
  std::optional<std::uint64_t> patch{};
  bool bare = false;  ///< Given without a terminator of its own.
};

struct Outcome {
  bool applied = false;                 ///< False: refused as a whole; only `violations` counts.
  std::vector<Violation> violations{};  ///< In batch order; under best_effort what was left out.
  std::string bytes{};
  std::vector<Line> lines{};  ///< Content and terminator as pieced together, before a reader sees
                              ///< a lone CR and a LF after it as one terminator.
  std::vector<firn::Change> changes{};
  std::uint64_t revision = 0;
};

/// The lines that a patch writes. Those of a verbatim one bring their terminators, or "" where a
/// last one lacks it; others have none of their own.
[[nodiscard]] std::vector<TextLine> new_lines(const PatchCase& patch);

/// What apply() must make of the case.
[[nodiscard]] Outcome apply(const Case& given);

/// Every violation, in batch order, whatever the policy: what check() must report.
[[nodiscard]] std::vector<Violation> check(const Case& given);

}  // namespace firn_test::oracle
