#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace firn {

/// An owned, fixed-size run of bytes.
///
/// Unlike std::string it is not zero-filled first, and running out of memory is a value, not an
/// exception: texts may be as large as the machine, and a WebAssembly instance must survive one
/// that is larger.
///
/// Lifetime: owns its storage; data() is stable until the object is destroyed or released.
/// Threads: a const Bytes may be read from any thread.
class Bytes {
 public:
  Bytes() noexcept = default;
  Bytes(Bytes&& other) noexcept
      : storage_(std::move(other.storage_)), size_(std::exchange(other.size_, 0)) {}
  Bytes& operator=(Bytes&& other) noexcept {
    storage_ = std::move(other.storage_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  /// `byte_count` bytes of unspecified content; nothing when the memory is not there. O(1).
  [[nodiscard]] static std::optional<Bytes> allocate(std::size_t byte_count) noexcept;

  /// A copy of `source`; nothing when the memory is not there. O(n).
  [[nodiscard]] static std::optional<Bytes> copy_of(std::string_view source) noexcept;

  [[nodiscard]] char* data() noexcept { return storage_.get(); }
  [[nodiscard]] const char* data() const noexcept { return storage_.get(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::string_view view() const noexcept { return {storage_.get(), size_}; }

  /// Forgets the bytes past the first `byte_count`; the storage stays as large as it was.
  /// REQUIRES byte_count <= size().
  void truncate(std::size_t byte_count) noexcept { size_ = byte_count; }

  /// Gives the storage away: the caller frees it with std::free. Null only when nothing was held.
  [[nodiscard]] char* release() noexcept {
    size_ = 0;
    return storage_.release();
  }

 private:
  struct Free {
    void operator()(char* storage) const noexcept { std::free(storage); }
  };

  std::unique_ptr<char, Free> storage_;
  std::size_t size_ = 0;
};

}  // namespace firn
