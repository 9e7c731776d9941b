#include "firn/bytes.h"

#include <cstring>

namespace firn {

std::optional<Bytes> Bytes::allocate(std::size_t byte_count) noexcept {
  Bytes bytes;
  if (byte_count == 0) return bytes;
  bytes.storage_.reset(static_cast<char*>(std::malloc(byte_count)));
  if (!bytes.storage_) return std::nullopt;
  bytes.size_ = byte_count;
  return bytes;
}

std::optional<Bytes> Bytes::copy_of(std::string_view source) noexcept {
  auto bytes = allocate(source.size());
  if (bytes && !source.empty()) std::memcpy(bytes->data(), source.data(), source.size());
  return bytes;
}

}  // namespace firn
