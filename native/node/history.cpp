#include "firn/history.h"

#include "arguments.h"
#include "firn/to_json.h"
#include "handle.h"
#include "handle_out.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;

Napi::Value revision(const Info& info, const History& history) {
  return number_out(info.Env(), history.revision());
}

Napi::Value root(const Info& info, const History& history) {
  return Handle<Snapshot>::wrap(info.Env(), history.root());
}

Napi::Value latest(const Info& info, const History& history) {
  return Handle<Snapshot>::wrap(info.Env(), history.text());
}

Napi::Value revisions(const Info& info, const History& history) {
  return bytes_out(info.Env(), to_json(history));
}

Napi::Value append(const Info& info, const History& history) {
  Arguments arguments(info);
  const Batch* batch = arguments.handle<Batch>();
  const Result<AppendOptions> options = arguments.append_options();
  if (!arguments.ok()) return {};
  if (!options) return error_out(info.Env(), options.error());
  return handle_out(info.Env(), js::parts_of(history.append(*batch, *options)));
}

Napi::Value at(const Info& info, const History& history) {
  Arguments arguments(info);
  const Result<std::uint64_t> revision = arguments.count();
  if (!arguments.ok()) return {};
  if (!revision) return error_out(info.Env(), revision.error());
  return handle_out(info.Env(), history.at(*revision));
}

Napi::Value batch_of(const Info& info, const History& history) {
  Arguments arguments(info);
  const Result<std::uint64_t> revision = arguments.count();
  if (!arguments.ok()) return {};
  if (!revision) return error_out(info.Env(), revision.error());
  return handle_out(info.Env(), history.batch_of(*revision));
}

Napi::Value undo(const Info& info, const History& history) {
  Arguments arguments(info);
  const Result<std::uint64_t> revision = arguments.count();
  if (!arguments.ok()) return {};
  if (!revision) return error_out(info.Env(), revision.error());
  return handle_out(info.Env(), js::parts_of(history.undo(*revision)));
}

}  // namespace

Methods Kind<History>::methods() {
  using H = Handle<History>;
  return {
      H::delete_method(),
      H::method<&revision>("revision"),
      H::method<&root>("root"),
      H::method<&latest>("latest"),
      H::method<&revisions>("revisions"),
      H::method<&append>("append"),
      H::method<&at>("at"),
      H::method<&batch_of>("batchOf"),
      H::method<&undo>("undo"),
  };
}

}  // namespace firn::node
