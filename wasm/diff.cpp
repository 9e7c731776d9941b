#include <emscripten/bind.h>

#include "firn/file_diff.h"
#include "firn/place.h"
#include "firn/to_json.h"
#include "numbers.h"
#include "parts.h"
#include "types.h"

using firn::Diff;
using firn::Result;
using firn::Snapshot;
using namespace firn::js;    // NOLINT
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

BytesOrError files(const Diff& diff) { return BytesOrError(bytes_out(to_json(diff))); }

PartsOrError place(const Diff& diff, double file_index, const Snapshot& snapshot, double placement,
                   double max_fuzz, double white_space, bool ignore_line_ends, bool reverse,
                   double policy) {
  const auto file = file_in(diff, file_index);
  const Result<firn::PlaceOptions> options =
      place_options_in(placement, max_fuzz, white_space, ignore_line_ends, reverse, policy);
  if (!file) return PartsOrError(error_out(file.error()));
  if (!options) return PartsOrError(error_out(options.error()));
  const auto placed = firn::place(snapshot, **file, *options);
  if (!placed) return PartsOrError(error_out(placed.error()));
  return PartsOrError(value_or_error(parts_of(**file, *placed)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(firn_diff) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

  class_<Diff>("Diff").function("files", &files).function("place", &place);
}
