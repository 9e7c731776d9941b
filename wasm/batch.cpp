#include "firn/batch.h"

#include "crossing.h"
#include "firn/to_json.h"

namespace firn::wasm {

extern "C" {

bool batch_id(const Batch& batch) { return leave_borrowed(batch.id()); }
bool batch_file(const Batch& batch) { return leave_borrowed(batch.file()); }
double batch_patch_count(const Batch& batch) { return static_cast<double>(batch.patches().size()); }
bool batch_json(const Batch& batch) { return leave(to_json(batch)); }
void batch_delete(const Batch* batch) { delete batch; }
}

}  // namespace firn::wasm
