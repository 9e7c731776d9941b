#include "file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>

#ifdef __linux__
#include <linux/fs.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

namespace firn::tree {

namespace {

/// A system call takes 31 bits of length at most; this leaves room.
constexpr std::size_t kMaxCallBytes = std::size_t{1} << 30U;

constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/// Repeats a call that a signal has cut short.
template <typename Call>
auto uninterrupted(Call call) noexcept {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

#ifdef SYS_openat2
/// Negative with ENOSYS where the kernel is older than 5.6, and with EPERM in some sandboxes.
int open_beneath(int root, const char* path) noexcept {
  struct open_how how = {};
  how.flags = kFolder;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(
      uninterrupted([&] { return syscall(SYS_openat2, root, path, &how, sizeof how); }));
}
#endif

}  // namespace

void Descriptor::close() noexcept {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

Identity identity_of(const struct stat& stats) noexcept {
#ifdef __APPLE__
  const auto& modified = stats.st_mtimespec;
  const auto& changed = stats.st_ctimespec;
#else
  const auto& modified = stats.st_mtim;
  const auto& changed = stats.st_ctim;
#endif
  constexpr std::int64_t kSecond = 1'000'000'000;
  return {.device = static_cast<std::uint64_t>(stats.st_dev),
          .inode = static_cast<std::uint64_t>(stats.st_ino),
          .byte_size = static_cast<std::int64_t>(stats.st_size),
          .modified_nanoseconds = (modified.tv_sec * kSecond) + modified.tv_nsec,
          .changed_nanoseconds = (changed.tv_sec * kSecond) + changed.tv_nsec};
}

Descriptor open_folder(int root, const std::string& path) noexcept {
#ifdef SYS_openat2
  const int folder = open_beneath(root, path.empty() ? "." : path.c_str());
  if (folder >= 0 || (errno != ENOSYS && errno != EPERM)) return Descriptor(folder);
#endif
  return open_part_by_part(root, path);
}

Descriptor open_part_by_part(int root, std::string_view path) noexcept {
  Descriptor folder(uninterrupted([&] { return openat(root, ".", kFolder); }));
  while (folder && !path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    std::array<char, NAME_MAX + 1> name{};
    if (part == ".." || part.size() >= name.size()) {
      errno = part == ".." ? EXDEV : ENAMETOOLONG;
      return {};
    }
    std::ranges::copy(part, name.begin());
    // Nothing between two slashes is no name, which the system refuses.
    folder =
        Descriptor(uninterrupted([&] { return openat(folder.number(), name.data(), kFolder); }));
  }
  return folder;
}

Descriptor open_to_read(int folder, const std::string& name) noexcept {
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  return Descriptor(uninterrupted([&] { return openat(folder, name.c_str(), kFlags); }));
}

Descriptor create(int folder, const std::string& name, mode_t mode) noexcept {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  return Descriptor(uninterrupted([&] { return openat(folder, name.c_str(), kFlags, mode); }));
}

SystemError exchange([[maybe_unused]] int folder, [[maybe_unused]] const std::string& one,
                     [[maybe_unused]] const std::string& other) noexcept {
#ifdef SYS_renameat2
  if (syscall(SYS_renameat2, folder, one.c_str(), folder, other.c_str(), RENAME_EXCHANGE) == 0) {
    return 0;
  }
  // Of the file system, of an old kernel, of some sandboxes.
  if (errno != EINVAL && errno != ENOSYS && errno != EPERM) return errno;
#endif
  return EOPNOTSUPP;
}

bool read_full(int file, Bytes& bytes) noexcept {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t wanted = std::min(bytes.size() - at, kMaxCallBytes);
    const ssize_t count = uninterrupted([&] { return read(file, bytes.data() + at, wanted); });
    if (count <= 0) return false;
    at += static_cast<std::size_t>(count);
  }
  return true;
}

SystemError write_full(int file, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const std::size_t wanted = std::min(bytes.size(), kMaxCallBytes);
    const ssize_t count = uninterrupted([&] { return write(file, bytes.data(), wanted); });
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

}  // namespace firn::tree
