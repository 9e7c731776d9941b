#pragma once

#include <cstdint>
#include <optional>

namespace firn {

/// What to do with a batch that breaks a law. No policy half-applies a patch.
enum class Policy : std::uint8_t {
  fail_fast,    ///< Report the first violation in batch order; apply nothing.
  atomic,       ///< Report every violation; apply nothing.
  best_effort,  ///< Apply the lawful patches; of two that conflict, the later in the batch loses.
};

/// Several patches at one line.
enum class Ties : std::uint8_t {
  reject,      ///< Law 5: no two patches touch the same line; an insert touches the line it names.
  keep_order,  ///< Editors' rule: inserts at one line come out in batch order, and one replace or
               ///< delete of that line may follow them.
};

struct ApplyOptions {
  Policy policy = Policy::fail_fast;
  Ties ties = Ties::reject;
  /// The revision the text is at. Not given: the one the batch was made for, or 0.
  std::optional<std::uint64_t> revision{};
};

}  // namespace firn
