#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace firn::js {

/// Places of patches, as the bytes of a Uint32Array, which may lie anywhere; a rest is left out.
[[nodiscard]] inline std::vector<std::uint32_t> places_in(std::string_view bytes) {
  std::vector<std::uint32_t> places(bytes.size() / sizeof(std::uint32_t));
  if (!places.empty()) {
    std::memcpy(places.data(), bytes.data(), places.size() * sizeof(std::uint32_t));
  }
  return places;
}

}  // namespace firn::js
