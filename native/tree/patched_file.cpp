#include "patched_file.h"

#include <unistd.h>

#include <cstddef>
#include <utility>

#include "crc32.h"
#include "firn/apply.h"

namespace firn::tree {

namespace {

constexpr mode_t kPermissions = 07777;

bool is_ours_to_write(const struct stat& stats) {
  return S_ISREG(stats.st_mode) && stats.st_uid == geteuid() && (stats.st_mode & S_IWUSR) != 0;
}

/// Shorter than it was, it is somebody else's work in progress.
std::optional<Snapshot> read_whole(int file, std::size_t byte_size) {
  std::optional<Bytes> bytes = Bytes::allocate(byte_size);
  if (!bytes || !read_full(file, *bytes)) return std::nullopt;
  auto snapshot = freeze(std::move(*bytes));
  return snapshot ? std::optional(std::move(*snapshot)) : std::nullopt;
}

}  // namespace

std::optional<PatchedFile> read_and_patch(int folder, const PlainFile& file,
                                          const PlaceOptions& options) {
  const Descriptor opened = open_to_read(folder, file.name);
  struct stat stats{};
  if (!opened || fstat(opened.number(), &stats) != 0 || !is_ours_to_write(stats)) return {};
  const auto permissions = static_cast<std::uint32_t>(stats.st_mode & kPermissions);
  if (!keeps_mode(file, options.reverse, permissions)) return {};
  auto old = read_whole(opened.number(), static_cast<std::size_t>(stats.st_size));
  if (!old) return {};
  auto placed = place(*old, *file.diff, options);
  if (!placed || !placed->rejected.empty()) return {};
  const auto patched = apply(*old, placed->batch);
  if (!patched) return {};
  auto renewed = patched->bytes();
  if (!renewed || renewed->view() == old->bytes()) return {};
  const std::uint32_t checksum = crc32(renewed->view());
  return PatchedFile{.identity = identity_of(stats),
                     .permissions = permissions,
                     .uid = stats.st_uid,
                     .gid = stats.st_gid,
                     .old = std::move(*old),
                     .renewed = std::move(*renewed),
                     .renewed_crc32 = checksum,
                     .placed = std::move(*placed)};
}

}  // namespace firn::tree
