#include "firn/algebra.h"

#include <string>
#include <utility>

#include "change_set.h"
#include "concat.h"
#include "verbatim_patch.h"

namespace firn {

Result<Batch> invert(const Patched& patched) {
  const auto changes = ChangeSet::of(patched);
  if (!changes) return std::unexpected(changes.error());
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = patched.fingerprint(), .line_count = patched.line_count()});
  builder.set_file(patched.batch().file());
  for (std::size_t i = 0; i < changes->blocks().size(); ++i) {
    const ChangeBlock& block = changes->blocks()[i];
    const std::string_view was = patched.snapshot().lines(block.base_line, block.base_end() - 1);
    auto added =
        add_verbatim(builder, block.patched_line, block.patched_count, changes->text_of(i), was);
    if (!added) return std::unexpected(std::move(added.error()));
  }
  return builder.build();
}

Result<Batch> compose(const Patched& first, const Patched& second) {
  const std::string asked = to_hex(first.fingerprint());
  if (const std::string found = to_hex(second.snapshot().fingerprint()); asked != found) {
    return std::unexpected(
        Error{.code = ErrorCode::snapshot_mismatch,
              .message = concat("the second batch was applied to the text ", found,
                                ", not to the result of the first, ", asked),
              .expected = asked,
              .found = found});
  }
  const auto first_changes = ChangeSet::of(first);
  if (!first_changes) return std::unexpected(first_changes.error());
  const auto second_changes = ChangeSet::of(second);
  if (!second_changes) return std::unexpected(second_changes.error());
  const auto both = ChangeSet::compose(*first_changes, *second_changes);
  if (!both) return std::unexpected(both.error());
  return both->to_batch(first.snapshot(), first.batch().file());
}

}  // namespace firn
