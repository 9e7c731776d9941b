#include "batch_list.h"

#include "arguments.h"
#include "handle.h"

namespace firn::node {

namespace {

using js::BatchList;

Napi::Value add(const Napi::CallbackInfo& info, const BatchList& list) {
  Arguments arguments(info);
  const Batch* batch = arguments.handle<Batch>();
  if (!arguments.ok()) return {};
  list.batches->push_back(*batch);
  return info.Env().Null();
}

}  // namespace

Methods Kind<BatchList>::methods() {
  using H = Handle<BatchList>;
  return {
      H::delete_method(),
      H::method<&add>("add"),
  };
}

}  // namespace firn::node
