#pragma once

#include "firn/snapshot.h"

namespace firn {

/// As freeze(), for a snapshot that does not leave the call that made it: its fingerprint, and
/// whether it equals another, mean nothing.
[[nodiscard]] Result<Snapshot> freeze_without_fingerprint(Bytes bytes);

}  // namespace firn
