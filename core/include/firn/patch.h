#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <utility>

#include "firn/batch.h"
#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/options.h"
#include "firn/patched.h"

namespace firn {

/// A patched text of which nobody asks anything but its bytes.
///
/// Lifetime: holds all that it is made of. Threads: immutable.
class PatchedText {
 public:
  [[nodiscard]] std::uint64_t byte_size() const noexcept { return patched_.byte_size(); }

  /// As Patched::bytes().
  [[nodiscard]] Result<Bytes> bytes() const { return patched_.bytes(); }

  /// As Patched::write_to().
  void write_to(std::span<char> out) const noexcept { patched_.write_to(out); }

 private:
  friend std::expected<PatchedText, Violations> patch(Bytes text, const Batch& batch,
                                                      const ApplyOptions& options);
  explicit PatchedText(Patched patched) : patched_(std::move(patched)) {}

  Patched patched_;
};

/// Patches a text once: what freeze() and apply() do, but for the fingerprint, which is made only
/// for a batch that names the one it wants. Errors as theirs. O(n + k), O(n + k log k) for patches
/// in no order.
[[nodiscard]] std::expected<PatchedText, Violations> patch(Bytes text, const Batch& batch,
                                                           const ApplyOptions& options = {});

}  // namespace firn
