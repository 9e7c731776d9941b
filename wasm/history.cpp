#include <emscripten/bind.h>

#include "firn/history.h"
#include "firn/to_json.h"
#include "numbers.h"
#include "parts.h"
#include "types.h"

using firn::Batch;
using firn::History;
using firn::Result;
using firn::Snapshot;
using namespace firn::js;    // NOLINT
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

double revision(const History& history) { return number(history.revision()); }
Snapshot root(const History& history) { return history.root(); }
Snapshot latest(const History& history) { return history.text(); }
BytesOrError revisions(const History& history) { return BytesOrError(bytes_out(to_json(history))); }
PartsOrError append(const History& history, const Batch& batch, double policy, double ties) {
  const Result<firn::AppendOptions> options = append_options_in(policy, ties);
  if (!options) return PartsOrError(error_out(options.error()));
  return PartsOrError(value_or_error(parts_of(history.append(batch, *options))));
}
PatchedOrError at(const History& history, double revision) {
  const Result<std::uint64_t> asked = count_in(revision);
  if (!asked) return PatchedOrError(error_out(asked.error()));
  return PatchedOrError(value_or_error(history.at(*asked)));
}
BatchOrError batch_of(const History& history, double revision) {
  const Result<std::uint64_t> asked = count_in(revision);
  if (!asked) return BatchOrError(error_out(asked.error()));
  return BatchOrError(value_or_error(history.batch_of(*asked)));
}
PartsOrError undo(const History& history, double revision) {
  const Result<std::uint64_t> asked = count_in(revision);
  if (!asked) return PartsOrError(error_out(asked.error()));
  return PartsOrError(value_or_error(parts_of(history.undo(*asked))));
}

}  // namespace

EMSCRIPTEN_BINDINGS(firn_history) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.
  class_<History>("History")
      .function("revision", &revision)
      .function("root", &root)
      .function("latest", &latest)
      .function("revisions", &revisions)
      .function("append", &append)
      .function("at", &at)
      .function("batchOf", &batch_of)
      .function("undo", &undo);
}
