#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "case.h"

/// Values in one line, so that a test is a row of a table.
namespace firn_test {

/// Patches, separated by spaces; `|` separates lines:
///
///     8-9:=X|Y     replace lines 8 to 9 by the lines X and Y
///     5:-          delete line 5
///     3:+Z         insert the line Z before line 3
///     3:+          insert one empty line           3:+[]   insert no line at all
///     8:=X?old     replace line 8, expecting that it holds "old"
///     8:=X#p1      with the id p1; after the expectation if there is one
[[nodiscard]] std::vector<PatchCase> parse_patches(std::string_view notation);

[[nodiscard]] firn::Batch batch_of(std::string_view notation);

/// "1: overlap at 3 with 0; 2: line_out_of_range at 9 of 5": patch, code, line, then the other
/// patch or the limit.
[[nodiscard]] std::string show(std::span<const firn::Error> violations);

/// "p0 2-3 > 2-2; ": patch, lines of the base, lines of the result; an empty range ends before it
/// begins.
[[nodiscard]] std::string show(const std::vector<firn::Change>& changes);

/// "1 p0 p0 3 ": base lines by number, new lines by their patch.
[[nodiscard]] std::string show(const std::vector<firn::Origin>& origins);

/// "[4,6) > "text"s; ": bytes of the base and what becomes of them, the last edit first.
[[nodiscard]] std::string show(const firn::Plan& plan);

}  // namespace firn_test
