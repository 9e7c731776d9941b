#include "parts.h"

#include "crossing.h"

namespace firn::wasm {

namespace {

/// Null where the verb gives no such thing.
template <typename Value>
Value* held_part(const std::optional<Value>& part) {
  return part ? held(*part) : nullptr;
}

}  // namespace

extern "C" {

Batch* parts_batch(const js::Parts& parts) { return held_part(parts.batch); }
Batch* parts_inverse(const js::Parts& parts) { return held_part(parts.inverse); }
Patched* parts_patched(const js::Parts& parts) { return held_part(parts.patched); }
History* parts_history(const js::Parts& parts) { return held_part(parts.history); }
bool parts_json(const js::Parts& parts) { return leave_borrowed(parts.json); }
bool parts_bytes(const js::Parts& parts) { return leave_borrowed(parts.bytes.view()); }
void parts_delete(const js::Parts* parts) { delete parts; }
}

}  // namespace firn::wasm
