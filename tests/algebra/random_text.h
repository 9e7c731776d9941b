#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "firn/firn.h"

namespace firn_test {

/// From FIRN_SEED, or a fixed one. Tests print it with SCOPED_TRACE(seed_note(seed)).
[[nodiscard]] std::uint64_t seed_of_run();
[[nodiscard]] std::string seed_note(std::uint64_t seed);

/// How often a comparison with another program is made: FIRN_ROUNDS, or as often as is usual.
[[nodiscard]] std::uint64_t rounds_of_run(std::uint64_t usual);

/// Throws what the engine refuses.
[[nodiscard]] firn::Snapshot frozen(std::string_view text);
[[nodiscard]] std::string applied(const firn::Snapshot& snapshot, const firn::Batch& batch);

/// Random texts that differ in a few places, drawn from few lines so that they repeat.
class RandomText {
 public:
  explicit RandomText(std::uint64_t seed) : rng_(seed) {}

  using Lines = std::vector<std::string>;

  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return rng_() % bound; }
  [[nodiscard]] bool one_in(std::uint64_t bound) { return below(bound) == 0; }

  [[nodiscard]] std::string line(std::uint64_t letters);
  [[nodiscard]] Lines lines(std::uint64_t count, std::uint64_t letters);
  [[nodiscard]] Lines edited(Lines lines, std::uint64_t edits, std::uint64_t letters);

  /// Every line ended with `line_end`; the last one not, now and then.
  [[nodiscard]] std::string joined(const Lines& lines, std::string_view line_end);

  /// Any bytes at all: mixed line ends, NUL, bytes that are no UTF-8.
  [[nodiscard]] std::string wild(std::uint64_t max_lines);

 private:
  std::mt19937_64 rng_;
};

}  // namespace firn_test
