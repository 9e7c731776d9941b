#include "firn/patch.h"

#include "firn/apply.h"
#include "freeze_without_fingerprint.h"

namespace firn {

std::expected<PatchedText, Violations> patch(Bytes text, const Batch& batch,
                                             const ApplyOptions& options) {
  // Nothing else asks for it before the snapshot is gone.
  auto snapshot = batch.base().fingerprint ? freeze(std::move(text))
                                           : freeze_without_fingerprint(std::move(text));
  if (!snapshot) return std::unexpected(Violations{std::move(snapshot.error())});
  auto patched = apply(*snapshot, batch, options);
  if (!patched) return std::unexpected(std::move(patched.error()));
  return PatchedText(*std::move(patched));
}

}  // namespace firn
