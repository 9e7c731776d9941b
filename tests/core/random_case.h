#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>

#include "case.h"

namespace firn_test {

/// Random numbers that are the same on every machine: std::uniform_int_distribution is not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// 0 to `sides` - 1. REQUIRES sides > 0.
  std::uint64_t roll(std::uint64_t sides) { return engine_() % sides; }
  std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    return low + roll(high - low + 1);
  }
  bool one_in(std::uint64_t sides) { return roll(sides) == 0; }

  template <typename Choices>
  const auto& pick(const Choices& choices) {
    return choices[roll(choices.size())];
  }

 private:
  std::mt19937_64 engine_;
};

/// FIRN_SEED, or a fixed seed when it is not set, so that a run can be repeated.
[[nodiscard]] std::uint64_t seed_from_environment();

/// A hostile text: CR LF, mixed, lone CR, no final newline, empty lines at the end, NUL, invalid
/// UTF-8, a byte order mark; mostly short, sometimes long enough for the vector code.
[[nodiscard]] std::string random_text(Dice& dice);

/// A batch over such a text, lawful more often than not, under any options.
[[nodiscard]] Case random_case(Dice& dice);

/// `failing` without the patches and lines that it fails without just as well.
[[nodiscard]] Case shrunk(Case failing, const std::function<bool(const Case&)>& fails);

}  // namespace firn_test
