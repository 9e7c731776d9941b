#pragma once

#include <cstdint>
#include <optional>

#include "file.h"
#include "firn/place.h"
#include "firn/snapshot.h"
#include "plain_diff.h"

namespace firn::tree {

/// A file as it was read, and what the diff makes of it.
struct PatchedFile {
  Identity identity;
  std::uint32_t permissions = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  Snapshot old;
  Bytes renewed;
  std::uint32_t renewed_crc32 = 0;
  Placed placed;
};

/// Reads a file and patches it in memory. Nothing when that is not plain: it is no regular file, it
/// is not this user's to write, its mode changes, a hunk finds no place, its bytes stay as they
/// are.
[[nodiscard]] std::optional<PatchedFile> read_and_patch(int folder, const PlainFile& file,
                                                        const PlaceOptions& options);

}  // namespace firn::tree
