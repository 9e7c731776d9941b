#include "firn/out_of_memory.h"

#include "concat.h"

namespace firn {

Error out_of_memory(std::string_view what, std::uint64_t byte_count) {
  return {.code = ErrorCode::limit_exceeded,
          .message = concat("there is not enough memory for ", what, " (", byte_count, " bytes)"),
          .limit = byte_count};
}

Error out_of_memory() {
  return {.code = ErrorCode::limit_exceeded, .message = "there is not enough memory for this call"};
}

}  // namespace firn
