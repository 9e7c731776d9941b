#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firn/firn.h"

namespace firn_bench {

/// How much is patched.
struct Size {
  std::uint32_t lines = 0;
  std::uint32_t patches = 0;
};

/// One batch for a text.
struct Variant {
  firn::Batch batch;
  std::string json;  ///< The batch as read_batch() takes it.
  std::uint64_t output_bytes = 0;
};

/// A text of code-like ASCII lines, 40 bytes each on average, and batches for it: patches in
/// shuffled order, 60 % replace, 20 % insert, 20 % delete, each of 1 to 3 lines, spread evenly over
/// the text. There are several batches, for benchmarks to take in turn: a processor that sees the
/// same one ten thousand times knows every branch by heart, and no user's does.
///
/// bench/js/workload.mjs makes the same from the same numbers, byte for byte; bench/run.mjs
/// compares the fingerprints, so that both tables speak of one input.
struct Workload {
  firn::Snapshot snapshot;
  std::vector<Variant> variants;  ///< kVariantCount of them.
  std::string output;             ///< The text patched by the first.
};

inline constexpr std::uint32_t kVariantCount = 4;

/// Made once per size; lives until the process ends. Ends the process when the engine's output is
/// not what splicing lines gives: a wrong answer is not worth timing.
[[nodiscard]] const Workload& workload_of(const Size& size);

/// `line_count` lines of such a text.
[[nodiscard]] std::string make_text(std::uint32_t line_count);

}  // namespace firn_bench
