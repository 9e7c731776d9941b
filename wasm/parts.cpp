#include <emscripten/bind.h>

#include "parts.h"
#include "types.h"

using namespace firn::js;    // NOLINT
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

firn::Batch batch(const Parts& parts) { return parts.batch; }
BytesOrError json(const Parts& parts) { return BytesOrError(bytes_out(parts.json)); }
BytesOrError bytes(const Parts& parts) { return BytesOrError(bytes_out(parts.bytes.view())); }

}  // namespace

EMSCRIPTEN_BINDINGS(firn_parts) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

  class_<Parts>("Parts")
      .function("batch", &batch)
      .function("json", &json)
      .function("bytes", &bytes);
}
