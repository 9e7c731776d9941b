#include "packed_batch.h"

#include <optional>
#include <span>
#include <utility>

#include "crossing.h"
#include "firn/patch.h"
#include "numbers.h"

namespace firn::wasm {

namespace {

std::optional<Batch> packed_batch(const Bytes& numbers, const Bytes& texts) {
  const auto* const first = reinterpret_cast<const double*>(numbers.data());
  const std::span<const double> all(first, numbers.size() / sizeof(double));
  return js::PackedBatchReader(js::counted(all), texts.view()).read();
}

/// No value, and no word of why.
bool nothing() {
  leave_borrowed("");
  return false;
}

}  // namespace

extern "C" {

Batch* engine_read_packed_batch(Bytes& numbers, Bytes& texts) {
  std::optional<Batch> batch = packed_batch(taken(numbers), taken(texts));
  if (batch) return held(*std::move(batch));
  nothing();
  return nullptr;
}

bool engine_patch_text(Bytes& numbers, Bytes& text, Bytes& texts, double policy, double ties,
                       double revision) {
  const std::optional<Batch> batch = packed_batch(taken(numbers), taken(texts));
  Bytes frozen = taken(text);
  const Result<ApplyOptions> options = js::options_in(policy, ties, revision);
  if (!batch || !options) return nothing();
  const auto patched = patch(std::move(frozen), *batch, *options);
  return patched ? leave(patched->bytes()) : nothing();
}
}

}  // namespace firn::wasm
