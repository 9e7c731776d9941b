#include <cstdlib>

#include "convert.h"
#include "firn.h"
#include "firn/version.h"

namespace firn::c {

firn_code give(firn_buffer* out, Result<Bytes> bytes, firn_error** error) {
  if (!bytes) return fail(error, std::move(bytes).error());
  out->size = bytes->size();
  out->data = bytes->release();
  return succeed(error);
}

firn_code give(firn_buffer* out, std::string_view text, firn_error** error) {
  auto bytes = Bytes::copy_of(text);
  if (!bytes) return fail(error, out_of_memory("the result", text.size()));
  return give(out, *std::move(bytes), error);
}

}  // namespace firn::c

using namespace firn::c;

firn_view firn_version(void) { return to_view(firn::version()); }

void firn_buffer_free(firn_buffer* buffer) {
  if (buffer == nullptr) return;
  std::free(buffer->data);
  clear(buffer);
}
