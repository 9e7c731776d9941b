#include <emscripten/bind.h>

#include "parts.h"
#include "types.h"

using namespace firn::js;    // NOLINT
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

BatchOrNull batch(const Parts& parts) { return BatchOrNull(value_or_null(parts.batch)); }
BatchOrNull inverse(const Parts& parts) { return BatchOrNull(value_or_null(parts.inverse)); }
PatchedOrNull patched(const Parts& parts) { return PatchedOrNull(value_or_null(parts.patched)); }
HistoryOrNull history(const Parts& parts) { return HistoryOrNull(value_or_null(parts.history)); }
BytesOrError json(const Parts& parts) { return BytesOrError(bytes_out(parts.json)); }
BytesOrError bytes(const Parts& parts) { return BytesOrError(bytes_out(parts.bytes.view())); }

}  // namespace

EMSCRIPTEN_BINDINGS(firn_parts) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

  class_<Parts>("Parts")
      .function("batch", &batch)
      .function("inverse", &inverse)
      .function("patched", &patched)
      .function("history", &history)
      .function("json", &json)
      .function("bytes", &bytes);
}
