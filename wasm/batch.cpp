#include "firn/batch.h"

#include "crossing.h"
#include "firn/to_json.h"
#include "places.h"

namespace firn::wasm {

extern "C" {

bool batch_id(const Batch& batch) { return leave_borrowed(batch.id()); }
bool batch_file(const Batch& batch) { return leave_borrowed(batch.file()); }
double batch_patch_count(const Batch& batch) { return static_cast<double>(batch.patches().size()); }
bool batch_json(const Batch& batch) { return leave(to_json(batch)); }
Batch* batch_select(const Batch& batch, Bytes& places) {
  const Bytes bytes = taken(places);
  return held(batch.select(js::places_in(bytes.view())));
}
void batch_delete(const Batch* batch) { delete batch; }
}

}  // namespace firn::wasm
