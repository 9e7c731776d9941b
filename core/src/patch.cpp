#include "firn/patch.h"

#include "firn/plan.h"
#include "freeze_without_fingerprint.h"

namespace firn {

std::expected<PatchedText, Violations> patch(Bytes text, const Batch& batch,
                                             const ApplyOptions& options) {
  // Nothing else asks for it before the snapshot is gone.
  auto snapshot = batch.base().fingerprint ? freeze(std::move(text))
                                           : freeze_without_fingerprint(std::move(text));
  if (!snapshot) return std::unexpected(Violations{std::move(snapshot.error())});
  // Not by apply(): no report will say what the time was spent on.
  auto normalized = normalize(*snapshot, batch, options);
  if (!normalized) return std::unexpected(std::move(normalized.error()));
  return PatchedText(Patched(std::move(normalized->plan)));
}

}  // namespace firn
