#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "workload.h"

namespace firn_bench {

/// The workload of a benchmark whose arguments are lines and patches.
[[nodiscard]] inline const Workload& workload_for(const benchmark::State& state) {
  return workload_of({.lines = static_cast<std::uint32_t>(state.range(0)),
                      .patches = static_cast<std::uint32_t>(state.range(1))});
}

/// The variants of a workload, one after the other, over and over.
class Turn {
 public:
  explicit Turn(const Workload& workload) : variants_(workload.variants) {}

  const Variant& next() { return variants_[index_++ % variants_.size()]; }

  [[nodiscard]] std::size_t largest_output() const {
    return std::ranges::max(variants_, {}, &Variant::output_bytes).output_bytes;
  }

 private:
  const std::vector<Variant>& variants_;
  std::size_t index_ = 0;
};

}  // namespace firn_bench
