#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "firn/bytes.h"

namespace firn::tree {

/// What the system calls an error (errno); 0 is none.
using SystemError = int;

/// An open file or folder, closed with the object.
class Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    close();
    number_ = std::exchange(other.number_, -1);
    return *this;
  }
  ~Descriptor() { close(); }

  /// False when it could not be opened; errno says why.
  explicit operator bool() const noexcept { return number_ >= 0; }
  [[nodiscard]] int number() const noexcept { return number_; }
  void close() noexcept;

 private:
  int number_ = -1;
};

/// What tells that a file is still the one that was read.
struct Identity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t byte_size = 0;
  std::int64_t modified_nanoseconds = 0;
  std::int64_t changed_nanoseconds = 0;

  friend bool operator==(const Identity&, const Identity&) = default;
};

[[nodiscard]] Identity identity_of(const struct stat& stats) noexcept;

/// The folder `path` below `root` ("" is the root itself); follows no symbolic link on the way, and
/// does not leave the root.
[[nodiscard]] Descriptor open_folder(int root, const std::string& path) noexcept;

/// The same by calls that every POSIX system has: what open_folder() falls back to.
[[nodiscard]] Descriptor open_part_by_part(int root, std::string_view path) noexcept;

/// Opens `name` in `folder`; follows no symbolic link, waits for no pipe.
[[nodiscard]] Descriptor open_to_read(int folder, const std::string& name) noexcept;

/// A new file, or none: nothing that was planted there is written to. The system's umask applies.
[[nodiscard]] Descriptor create(int folder, const std::string& name, mode_t mode) noexcept;

/// Two names in `folder` change places, at once. EOPNOTSUPP where the system or the file system
/// knows no such thing.
[[nodiscard]] SystemError exchange(int folder, const std::string& one,
                                   const std::string& other) noexcept;

/// Fills `bytes` from where the file stands. False at an error, and when the file ends before.
[[nodiscard]] bool read_full(int file, Bytes& bytes) noexcept;

/// Writes all of it.
[[nodiscard]] SystemError write_full(int file, std::string_view bytes) noexcept;

}  // namespace firn::tree
