#include <emscripten/bind.h>

#include "firn/batch.h"
#include "firn/to_json.h"
#include "types.h"

using firn::Batch;
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

JsText id(const Batch& batch) { return text(batch.id()); }
JsText file(const Batch& batch) { return text(batch.file()); }
double patch_count(const Batch& batch) { return number(batch.patches().size()); }
BytesOrError json(const Batch& batch) { return BytesOrError(bytes_out(to_json(batch))); }

}  // namespace

EMSCRIPTEN_BINDINGS(firn_batch) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

  class_<Batch>("Batch")
      .function("id", &id)
      .function("file", &file)
      .function("patchCount", &patch_count)
      .function("json", &json);
}
