#pragma once

#include <cstdint>
#include <limits>

namespace firn_test {

/// Memory that ends in the middle of a call. It stands in front of new and, by the linker's --wrap,
/// of malloc and its kin, for all that is linked in statically. One at a time, for all threads.
class Scarcity {
 public:
  /// So many allocations are granted; then one is refused or, if it `lasts`, every one.
  Scarcity(std::int64_t granted, bool lasts) : granted_(granted), lasts_(lasts) {}

  static Scarcity none() { return {std::numeric_limits<std::int64_t>::max(), true}; }

  template <typename Call>
  auto during(Call call) {
    begin();
    auto result = call();
    end();
    return result;
  }

  /// Whether a call has met it.
  [[nodiscard]] bool was_met() const { return was_met_; }

  void begin() const;
  void end();

 private:
  std::int64_t granted_;
  bool lasts_;
  bool was_met_ = false;
};

/// Blocks that were allocated and are not freed yet.
[[nodiscard]] std::int64_t live_block_count();

}  // namespace firn_test
