#include "copy_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string_view>

#ifdef __linux__
#include <linux/fs.h>
#include <sys/ioctl.h>
#endif

namespace firn::tree {

namespace {

/// Up to here reading and writing costs less than asking the system to copy.
constexpr std::size_t kBufferBytes = std::size_t{64} << 10U;

SystemError copy_through_memory(int from, int to, std::uint64_t left) noexcept {
  std::array<char, kBufferBytes> buffer;
  while (left > 0) {
    const ssize_t count = read(from, buffer.data(), std::min<std::uint64_t>(left, buffer.size()));
    if (count == 0) return 0;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
    if (const SystemError error = write_full(to, bytes)) return error;
    left -= bytes.size();
  }
  return 0;
}

#ifdef __linux__

/// False: nothing is copied, and the file system does not do it.
bool is_reflinked(int from, int to, CopyMeans& means) noexcept {
  if (!means.reflinks) return false;
  if (ioctl(to, FICLONE, from) == 0) return true;
  // Such as a file that is just not to be shared; the next one may be.
  if (errno == EOPNOTSUPP || errno == EXDEV || errno == EINVAL || errno == ENOTTY ||
      errno == ENOSYS || errno == EPERM) {
    means.reflinks = false;
  }
  return false;
}

/// Copies what it can, up to `left` bytes. Returns what is left for who reads and writes.
std::uint64_t copy_in_kernel(int from, int to, std::uint64_t left, CopyMeans& means) noexcept {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 30U;
  while (means.in_kernel && left > 0) {
    const ssize_t count = copy_file_range(from, nullptr, to, nullptr, std::min(left, kMost), 0);
    if (count == 0) return 0;
    if (count > 0) left -= static_cast<std::uint64_t>(count);
    if (count < 0 && errno != EINTR) means.in_kernel = false;
  }
  return left;
}

#else

bool is_reflinked(int, int, CopyMeans&) noexcept { return false; }
std::uint64_t copy_in_kernel(int, int, std::uint64_t left, CopyMeans&) noexcept { return left; }

#endif

}  // namespace

SystemError copy_content(int from, int to, std::uint64_t byte_size, CopyMeans& means,
                         bool& is_shared) noexcept {
  is_shared = byte_size > 0 && is_reflinked(from, to, means);
  if (is_shared) return 0;
  const std::uint64_t left =
      byte_size > kBufferBytes ? copy_in_kernel(from, to, byte_size, means) : byte_size;
  return copy_through_memory(from, to, left);
}

SystemError copy_link(int from, int to, const std::string& name) {
  std::string target(256, '\0');
  for (;;) {
    const ssize_t length = readlinkat(from, name.c_str(), target.data(), target.size());
    if (length < 0) return errno;
    if (static_cast<std::size_t>(length) < target.size()) {
      target.resize(static_cast<std::size_t>(length));
      return symlinkat(target.c_str(), to, name.c_str()) == 0 ? 0 : errno;
    }
    target.resize(target.size() * 2);
  }
}

}  // namespace firn::tree
