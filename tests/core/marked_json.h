#pragma once

#include <string>
#include <string_view>

namespace firn_test {

/// JSON with a backtick where an error is expected to point: no JSON of these tests has one of its
/// own.
struct MarkedJson {
  explicit MarkedJson(std::string_view marked) : text(marked), byte_offset(marked.find('`')) {
    if (byte_offset != std::string::npos) text.erase(byte_offset, 1);
  }

  std::string text;
  std::size_t byte_offset;
};

}  // namespace firn_test
